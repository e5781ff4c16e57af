"""Sentences about faults of ours, the same wherever they are met."""


def uncounted(case: str, error: Exception) -> str:
    """Why a case is in no indicator."""
    return f"故障：案件「{case}」计数时程序出错（{type(error).__name__}：{error}），没有计入指标"
