"""How the parts of a package refer to one another."""

from collections.abc import Callable
from xml.parsers import expat


def targets_of(relations: bytes) -> dict[str, str]:
    """The parts that a part of ``xl`` refers to, by the id of the reference."""
    found: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "Relationship":
            target = attributes.get("Target", "").replace("\\", "/")
            found[attributes.get("Id", "")] = (
                target[1:] if target.startswith("/") else f"xl/{target.removeprefix('./')}"
            )

    parsed(relations, start)
    return found


def parsed(content: bytes, start: Callable[[str, dict[str, str]], None]) -> bool:
    """Whether the XML is whole; ``start`` is called as each element begins."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError):
        return False
    return True
