"""Words of the articles that leave room to judge: they get no number, and a person remains answerable for them."""

import re
from typing import Final

WORDS: Final = (
    "及时", "尽快", "立即", "适时", "必要时", "必要的", "酌情", "适当", "合理", "一定期限", "定期", "一般", "原则上",
    "情况复杂", "情节复杂", "情况紧急", "情况重大", "重大、复杂", "重大、紧急", "情节严重", "情节较重", "严重后果",
    "特殊情况", "特殊原因", "正当理由", "重大", "疑难", "有关规定", "视情",
)  # fmt: skip

_PATTERN: Final = re.compile("|".join(sorted(map(re.escape, WORDS), key=len, reverse=True)))


def discretion_words(text: str) -> tuple[str, ...]:
    """Those that stand in the text, in order, each once."""
    return tuple(dict.fromkeys(_PATTERN.findall(text)))
