"""Compiled rule sets kept between runs: the same files and the same program give the same core.

The key covers every byte that compiling reads: rule files, texts, the site, and the code of the passes themselves.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache as once
from pathlib import Path

import pydantic

from checker import __version__
from checker.language import cache
from checker.language.compile import compile_packs
from checker.language.grammar import grammar_path
from checker.language.site import Site
from checker.language.source import Source
from checker.language.texts import load_texts, text_files
from checker.model.diagnostic import Diagnostic
from checker.model.norm import RuleSet

_MOST = 20
"""Rule sets kept; a pack or two, all packs, and the trials of an afternoon."""


def compile_kept(
    sources: Sequence[Source], site: Site | None = None, named: bool = True
) -> tuple[RuleSet | None, tuple[Diagnostic, ...]]:
    """As :func:`compile_packs` with the texts beside the rules; from the cache where nothing has changed."""
    name = f"rules-{_key(sources, site, named)}.json"
    held = cache.read(name)
    if held is not None:
        try:
            return _read(held)
        except (ValueError, KeyError, TypeError, pydantic.ValidationError):
            pass  # spoiled: compile anew
    rules, diagnostics = compile_packs(sources, site, named, load_texts(sources))
    if rules is not None:
        cache.keep(name, _written(rules, diagnostics), _MOST)
    return rules, diagnostics


def _read(held: str) -> tuple[RuleSet, tuple[Diagnostic, ...]]:
    head, _, body = held.partition("\n")
    rules = RuleSet.model_validate_json(body)
    return rules, tuple(Diagnostic.model_validate_json(one) for one in json.loads(head))


def _written(rules: RuleSet, diagnostics: Iterable[Diagnostic]) -> str:
    return f"{json.dumps([d.model_dump_json() for d in diagnostics], ensure_ascii=False)}\n{rules.model_dump_json()}"


def _key(sources: Sequence[Source], site: Site | None, named: bool) -> str:
    digest = hashlib.sha256(f"{_program()} {named} {site.model_dump_json() if site else ''}".encode())
    for name, data in (*sources, *_texts(sources)):
        digest.update(f"{name} {len(data)} ".encode(errors="surrogatepass"))
        digest.update(data)
    return digest.hexdigest()[:32]


def _texts(sources: Iterable[Source]) -> Iterator[Source]:
    for file in text_files(sources):
        try:
            yield Source(file.as_posix(), file.read_bytes())
        except OSError as error:  # reading it for good will say so
            yield Source(file.as_posix(), str(error).encode())


@once
def _program() -> str:
    """The version and the code that turns text into core."""
    package = Path(__file__).resolve().parents[1]
    files = sorted(file for room in ("language", "model", "calendars") for file in (package / room).rglob("*.py"))
    digest = hashlib.sha256(f"{__version__} {pydantic.VERSION}".encode())
    for file in (grammar_path(), *files):
        digest.update(file.read_bytes())
    return digest.hexdigest()
