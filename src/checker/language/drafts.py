"""The norms of all packs before they are lowered: by title, with what others need to know of them."""

from collections.abc import Container
from dataclasses import dataclass, field
from typing import Literal

from lark.lexer import Token

from checker.language.heads import Head
from checker.language.parse import Parsed
from checker.language.syntax import Branch, Leaf, branch, branches, names
from checker.model.place import Span

ANCHORS = ("on_event", "on_breach", "on_expiry", "on_period")
REQUIREMENTS = (
    "duty", "duty_by",
    "contain_here", "point_here", "ban_act", "ban_here", "limit_here", "by_here", "review", "precede", "ban",
    "permit", "limit", "by", "contain", "point", "at_most", "breaches_at_most", "ban_between", "deem",
)  # fmt: skip
EXCEPTIONS = ("exception_when", "exclude_span", "exclude_of")
_MOVERS = ("extend", "exclude", "restart")


@dataclass(frozen=True)
class Draft:
    """One 规范 or 指标 block: its pack, its file, its tree and its lines."""

    head: Head
    parsed: Parsed
    tree: Branch
    first_line: int
    last_line: int

    @property
    def word(self) -> str:
        """The word that heads it."""
        return "指标" if self.tree.data == "indicator" else "规范"

    @property
    def title(self) -> Token:
        """The name after it."""
        return names(self.tree)[0]

    @property
    def id(self) -> str:
        """``pack/title``."""
        return f"{self.head.id}/{self.title}"

    @property
    def is_damaged(self) -> bool:
        """Whether a line of it could not be read; what is missing is then not complained of."""
        return self.first_line in self.parsed.damaged

    def line_text(self, first: int, last: int) -> str:
        """The source lines without comments and blank lines."""
        lines = (line for line in self.parsed.lines[first - 1 : last] if not line.is_blank)
        return "\n".join(line.raw[: line.comment].rstrip() for line in lines)

    @property
    def text(self) -> str:
        """The source of the norm."""
        return self.line_text(self.first_line, self.last_line)

    @property
    def span(self) -> Span:
        """The whole block."""
        last = self.parsed.lines[self.last_line - 1]
        return Span(file=self.parsed.name, line=self.first_line, column=1, end_line=self.last_line,
                    end_column=len(last.raw[: last.comment].rstrip()) + 1)  # fmt: skip


@dataclass
class Index:
    """All drafts by norm id."""

    drafts: dict[str, list[Draft]] = field(default_factory=dict)

    def add(self, draft: Draft) -> None:
        """Register a block; several of one title are versions."""
        self.drafts.setdefault(draft.id, []).append(draft)

    def find(self, pack: str, name: str) -> str | None:
        """The id that a title means in a pack."""
        wanted = name if "/" in name else f"{pack}/{name}"
        return wanted if wanted in self.drafts else None

    def titles(self, pack: str) -> tuple[str, ...]:
        """What may be written in this pack: its own titles, and the full ids of the others."""
        return tuple(i.removeprefix(f"{pack}/") for i in self.drafts)

    def is_adjusted(self, norm: str) -> bool:
        """Whether the norm's period can be moved by extension, exclusion or restart."""
        trees = (tree for draft in self.drafts.get(norm, ()) for tree in branches(draft.tree, *EXCEPTIONS))
        return any(tree.data != "exception_when" or branches(tree)[-1].data in _MOVERS for tree in trees)

    def root_acts(self, draft: Draft, acts: Container[str]) -> tuple[str, ...] | None:
        """The acts of the event at the root of the block's anchors; None if there is none (每, or a ring)."""
        found: dict[str, None] = {}
        waiting, seen = [draft], {draft.id}
        while waiting:
            current = waiting.pop()
            base = self._base(current)
            if base is None:
                found.update((act, None) for act in subject_names(current) if act in acts)
            elif base not in seen:
                seen.add(base)
                waiting += self.drafts[base]
        return tuple(found) or None

    def _base(self, draft: Draft) -> str | None:
        """The norm whose breach or expiry opens this one."""
        tree = _first_clause(draft)
        if tree is None or tree.data not in ("on_breach", "on_expiry", "breaches_at_most"):
            return None
        return self.find(draft.head.id, str(names(tree)[0]))


def _first_clause(draft: Draft) -> Branch | None:
    return branch(draft.tree, *ANCHORS) or branch(draft.tree, *REQUIREMENTS)


def subject_names(draft: Draft) -> list[str]:
    """The names in the pattern that a block's anchor is made of, acts and actors alike."""
    tree = _first_clause(draft)
    if tree is not None and tree.data == "deem":
        tree = branches(tree)[0]
    patterns = branches(tree, "patterns") if tree is not None else []
    if tree is None or not patterns:
        return []
    return _head_names(patterns[-1] if tree.data in ("ban", "ban_act", "ban_between", "permit") else patterns[0])


def _head_names(tree: Branch) -> list[str]:
    """The names in the heads of a pattern list, conditions left out."""
    found: list[str] = []
    stack: list[Leaf] = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, Token):
            continue
        if node.data == "head":
            found += [str(n) for n in names(node)]
        stack += [c for c in node.children if not isinstance(c, Token)
                  and c.data in ("patterns", "pattern", "all_patterns", "any_patterns", "head")]  # fmt: skip
    return found


def drafts_of(head: Head, parsed: Parsed, kind: Literal["norm", "indicator"]) -> list[Draft]:
    """The blocks of a kind in one file, each reaching to the last line before the next block."""
    blocks = branches(parsed.tree)
    lines = [*(block.meta.line for block in blocks), len(parsed.lines) + 1]
    found = []
    for block, end in zip(blocks, lines[1:], strict=True):
        if block.data == kind:
            last = end - 1
            while last > block.meta.line and parsed.lines[last - 1].is_blank:
                last -= 1
            found.append(Draft(head, parsed, block, block.meta.line, last))
    return found
