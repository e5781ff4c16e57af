"""Sources as text: the reference with the words quoted from it; the standing of what a norm rests on."""

from checker.model.norm import Norm, Pack, Rank
from checker.model.source import Source


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
    """The pack with the rank of the norm."""
    return f"{pack.id}{titled(pack)}{stamped(norm.rank, norm.draft)}"
