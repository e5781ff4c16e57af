"""Sources as text: the reference with the words quoted from it."""

from checker.model.source import Source


def source_text(source: Source) -> str:
    """``《条例》第五条「……」``; marks that the drafter put round the words are not doubled."""
    quote = source.quote.strip()
    if not quote:
        return source.reference
    return f"{source.reference}{quote}" if quote[0] in "“「" else f"{source.reference}「{quote}」"
