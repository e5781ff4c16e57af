"""Fingerprints of the articles that norms rest on, as they stood when the norms were last compared with them.

A character changed anywhere in such an article makes its norms stale until a person has compared them again.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from checker.drafting.articles.views import citations_of
from checker.model.diagnostic import Diagnostic
from checker.model.indicator import Indicator
from checker.model.norm import Norm, Pack, RuleSet
from checker.model.place import Place

FILE: Final = "articles.lock"
_HEAD: Final = "# 各条文与规范最近一次核对时的指纹；核对后用 checker articles --accept 重写，不要手改。\n"


def fingerprints(rules: RuleSet, pack: Pack) -> dict[str, tuple[str, tuple[str, ...]]]:
    """``《条例》第五条`` to its fingerprint and the norms of the pack that rest on it, in the order of the norms."""
    stored: dict[tuple[str, str], list[str]] = {}
    for one in pack.texts:
        for article in one.articles:
            for title in {one.title, one.short} - {""}:
                stored.setdefault((title, article.name), []).append(article.text)
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    users: tuple[Norm | Indicator, ...] = (*rules.norms, *rules.indicators)
    for norm in (user for user in users if user.pack == pack.id):
        for how, citation in citations_of(norm, pack):
            texts = stored.get((citation.title, citation.article))
            if texts:
                key = f"《{citation.title}》{citation.article}"
                _, norms = found.get(key, ("", ()))
                of_pack = isinstance(norm, Norm) and how == "期间" and norm.counting.sources == pack.counting.sources
                name = "规程的期间" if of_pack else norm.title
                names = norms if name in norms else (*norms, name)
                found[key] = (hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16], names)
    return found


def lock_text(prints: Mapping[str, tuple[str, tuple[str, ...]]]) -> str:
    """The content of the lock file."""
    return _HEAD + "".join(f"{print_} {key}\n" for key, (print_, _) in sorted(prints.items()))


def changed(rules: RuleSet, pack: Pack, file: Path) -> list[Diagnostic]:
    """What differs from the lock file: an article that was changed, one that was never compared, a line left over."""
    prints = fingerprints(rules, pack)
    if not prints and not file.is_file():
        return []
    if not file.is_file():
        message = f"规程「{pack.id}」的条文还没有核对的指纹。"
        return [_complaint("unlocked", message, file, 1, "核对全部条文之后用 checker articles --accept 写下。")]
    held = _read(file)
    found = []
    for key, (print_, norms) in prints.items():
        line, before = held.get(key, (1, ""))
        if before != print_:
            what = "与最近一次核对时不同" if before else "还没有核对过"
            message = f"{key} 所存的文字{what}，依据它的规范须重新核对：{'、'.join(norms)}。"
            help = "逐字核对条文和规范，确认无误后用 checker articles --accept 重写指纹。"
            found.append(_complaint("changed-article", message, file, line, help))
    for key, (line, _) in held.items():
        if key not in prints:
            message = f"指纹里的 {key} 已经没有规范依据它。"
            found.append(_complaint("left-over", message, file, line, "用 checker articles --accept 重写指纹。"))
    return found


def _read(file: Path) -> dict[str, tuple[int, str]]:
    found = {}
    for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        if line and not line.startswith("#"):
            print_, _, key = line.partition(" ")
            found[key] = (number, print_)
    return found


def _complaint(code: str, message: str, file: Path, line: int, help: str) -> Diagnostic:
    return Diagnostic(code=code, message=message, at=Place(file=file.as_posix(), line=line), help=help)
