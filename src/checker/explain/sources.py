"""Sources as text: the reference with the words quoted from it; the standing of what a norm rests on."""

from collections.abc import Mapping, Sequence
from typing import Final

from checker.model.norm import Norm, Pack
from checker.model.source import Rank, Source, TextStatus, cite

_WORDING: Final[Mapping[TextStatus, str]] = {
    TextStatus.VERIFIED: "文本已核对",
    TextStatus.EXCERPT: "文本为已核对的摘录",
    TextStatus.SECONDARY: "文本系转引",
    TextStatus.RECALLED: "文本系回忆，未经核实",
}
_STALE: Final = "引文与所存条文不符"


def source_text(source: Source) -> str:
    """``《条例》第五条「……」``; marks that the drafter put round the words are not doubled."""
    quote = source.quote.strip()
    if not quote:
        return source.reference
    return f"{source.reference}{quote}" if quote[0] in "“「" else f"{source.reference}「{quote}」"


def titled(pack: Pack) -> str:
    """The title of the pack in 《》."""
    return pack.title if pack.title.startswith("《") else f"《{pack.title}》"


def stamped(rank: Rank, draft: bool) -> str:
    """``（党内法规）``; templates and drafts are stamped: ``【示范】【草案】``."""
    shown = f"【{rank}】" if rank is Rank.TEMPLATE else f"（{rank}）"
    return f"{shown}【草案】" if draft else shown


def standing_text(pack: Pack, norm: Norm) -> str:
    """The pack with the rank of the norm, and how well the texts it quotes are known."""
    texts = _texts_text((*norm.sources, *norm.consequences))
    return f"{pack.id}{titled(pack)}{stamped(norm.rank, norm.draft)}{'；' if texts else ''}{texts}"


def wording_text(source: Source) -> str:
    """``现行，文本已核对``; empty where no text is stored."""
    if source.status is None:
        return ""
    return f"{source.state}，{_STALE if source.stale else _WORDING[source.status]}"


def _texts_text(sources: Sequence[Source]) -> str:
    found: dict[str, dict[str, None]] = {}
    for source in sources:
        if text := wording_text(source):
            citation = cite(source.reference)
            title = f"《{citation.title}》" if citation is not None else source.reference
            found.setdefault(text, {})[title] = None
    if len(found) == 1:
        return f"所引条文{next(iter(found))}"
    return "；".join(f"{'、'.join(titles)}{text}" for text, titles in found.items())
