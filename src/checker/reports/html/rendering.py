"""Templates to pages."""

from pathlib import Path

from checker.reports.layout import clean


def render(template: str, **values: object) -> str:
    """The page that a template (``coverage.html``) makes of the values; a value that it lacks is an error."""
    # Here, since `checker --help` must not wait for it.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    pages = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates", encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalized,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return pages.get_template(template).render(values)


def _finalized(value: object) -> object:
    """Nothing for None; user text without characters that turn the writing about or vanish, its lines kept."""
    if value is None:
        return ""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return "\n".join(clean(line) for line in value.split("\n"))
    return value
