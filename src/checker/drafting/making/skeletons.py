"""The text of a new pack and of a new norm, with names to be replaced; canonical, and clean of every lint."""

from collections.abc import Collection
from typing import Final, NamedTuple

KINDS: Final = ("duty", "ban", "limit", "by", "precede", "contain", "review")
_TO_DO: Final = "# 待办：改写依据和引文，改用本规程的机关、行为和条件。"


class Names(NamedTuple):
    """What the sentences of a new norm speak of; ``act`` and ``trigger`` are made from the title where not given."""

    title: str
    organ: str
    act: str
    trigger: str


def names_of(title: str, organ: str | None, act: str | None, trigger: str | None) -> Names:
    """The names given, and for the others some that say what is to stand there."""
    own = act or f"{title}的行为"
    return Names(title, organ or "承办机关", own, trigger or f"{title}的起因")


def pack_text(name: str, title: str) -> str:
    """The first file of a pack: a head, without words or norms."""
    return (
        f"# 待办：写明施行日期、期间的依据和所据的文件；条文存在旁边的 text 文件夹里。\n"
        f"规程 《{title}》\n"
        f"  标识 {name}\n"
        f"  效力 示范\n"
        f"  期间 次日起算；末日遇休假日顺延；日为自然日\n"
    )


def norm_text(kind: str, names: Names, known: Collection[str]) -> str:
    """The blocks to put behind a file: the words that are not ``known`` yet, and the norm."""
    words, quote, sentences = _SHAPES[kind](names)
    declared = [line for word, line in words if word not in known]
    vocabulary = "\n词汇\n" + "".join(f"  {line}\n" for line in declared) if declared else ""
    body = "".join(f"  {line}\n" for line in sentences)
    return f"{vocabulary}\n{_TO_DO}\n规范 {names.title}\n  依据 本规程「{quote}」\n{body}"


_Shape = tuple[list[tuple[str, str]], str, list[str]]
"""Words with the line that declares each, the quotation, the sentences."""


def _organ(names: Names) -> tuple[str, str]:
    return names.organ, f"机关 {names.organ}"


def _duty(names: Names) -> _Shape:
    words = [_organ(names), (names.trigger, f"行为 {names.trigger}"), (names.act, f"行为 {names.act}")]
    return words, "待写：应当在五日内办理", [
        f"当 {names.trigger}",
        f"应当 {names.organ} {names.act}，自 {names.trigger} 起 5日 内",
    ]  # fmt: skip


def _ban(names: Names) -> _Shape:
    words = [_organ(names), (names.act, f"行为 {names.act}：情形 {{情形一、情形二}}")]
    return words, "待写：不得", [f"{names.organ} 不得 {names.act} 且 情形 为 情形一"]


def _limit(names: Names) -> _Shape:
    words = [_organ(names), (names.act, f"行为 {names.act}：情形 {{情形一、情形二}}")]
    return words, "待写：限于", [f"{names.organ} {names.act} 限于 情形 为 情形一"]


def _by(names: Names) -> _Shape:
    words = [_organ(names), ("其他机关", "机关 其他机关"), (names.act, f"行为 {names.act}")]
    return words, "待写：由", [f"{names.act} 由 {names.organ}"]


def _precede(names: Names) -> _Shape:
    words = [_organ(names), (names.trigger, f"行为 {names.trigger}"), (names.act, f"行为 {names.act}")]
    return words, "待写：之前应当", [f"{names.act} 之前 应当 逐一 有 {names.organ} {names.trigger}"]


def _contain(names: Names) -> _Shape:
    words = [(names.act, f"行为 {names.act}：文书 {{事实、理由}}")]
    return words, "待写：应当载明", [f"{names.act} 应当 载明 事实、理由"]


def _review(names: Names) -> _Shape:
    words = [(names.act, f"行为 {names.act}")]
    return words, "待写：是否适当", [f"当 {names.act}", "人工认定 「是否适当」"]


_SHAPES: Final = {
    "duty": _duty, "ban": _ban, "limit": _limit, "by": _by, "precede": _precede, "contain": _contain, "review": _review,
}  # fmt: skip
