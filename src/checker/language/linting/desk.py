"""The rules as a lint reads them: the core, and beside it the trees and lines that it came from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

from lark.lexer import Token

from checker.language.parse import Parsed, parse
from checker.language.source import Source, decode
from checker.language.syntax import Branch, Leaf, branch, branches, complaint, names, token
from checker.model.diagnostic import Diagnostic, Level, Note
from checker.model.norm import Norm, Pack, RuleSet


@dataclass(frozen=True)
class Block:
    """One 规范 or 指标 as written. ``norm`` is None for a 可以 block and an indicator."""

    pack: Pack
    parsed: Parsed
    tree: Branch
    norm: Norm | None

    @property
    def title(self) -> Token:
        """The name after 规范 or 指标."""
        return names(self.tree)[0]

    @cached_property
    def quotes(self) -> tuple[tuple[Branch, str], ...]:
        """The sources of its 依据 with the words each quotes."""
        found = [source for line in branches(self.tree, "basis") for source in branches(line, "source")]
        return tuple((one, str(token(one, "QUOTE") or "「」")[1:-1]) for one in found)

    @property
    def quoted(self) -> str:
        """All the words quoted in its 依据."""
        return "\n".join(words for _, words in self.quotes)

    def clause(self, *kinds: str) -> Leaf:
        """The first clause of these kinds, or the title."""
        return branch(self.tree, *kinds) or self.title

    def hit(
        self,
        at: Leaf,
        message: str,
        help: str = "",
        notes: tuple[Note, ...] = (),
        level: Level = Level.ERROR,
    ) -> Diagnostic:
        """What is found at a part of it."""
        return hit(self.parsed, at, message, help, notes, level)


def hit(
    parsed: Parsed, at: Leaf, message: str, help: str = "", notes: tuple[Note, ...] = (), level: Level = Level.ERROR
) -> Diagnostic:
    """What is found at a part of a file; a lint that is lighter than ``level`` takes it down to its own."""
    return complaint(parsed.name, at, "", message, help=help, notes=notes).model_copy(update={"level": level})


@dataclass(frozen=True)
class Desk:
    """All that is looked at in one run; ``codes`` are those of all lints there are."""

    rules: RuleSet
    files: tuple[Parsed, ...]
    codes: tuple[str, ...] = ()

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Every norm and permission, in the order of the files."""
        return tuple(self._blocks("norm"))

    @cached_property
    def indicators(self) -> tuple[Block, ...]:
        """Every indicator."""
        return tuple(self._blocks("indicator"))

    @cached_property
    def heads(self) -> tuple[tuple[Pack, Parsed, Branch], ...]:
        """Every 规程 with the file it stands in."""
        found = []
        for file in self.files:
            pack = self._home.get(file.name)
            found += [(pack, file, tree) for tree in branches(file.tree, "pack") if pack is not None]
        return tuple(found)

    def homes(self) -> Iterator[tuple[Pack, Parsed]]:
        """Every file with the pack it belongs to."""
        for file in self.files:
            if file.name in self._home:
                yield self._home[file.name], file

    @cached_property
    def _home(self) -> Mapping[str, Pack]:
        packs = [pack for pack in self.rules.packs if pack.span is not None]
        own = {pack.span.file: pack for pack in packs if pack.span is not None}
        folders = {PurePath(file).parent: pack for file, pack in own.items()}
        names = [file.name for file in self.files]
        return {
            name: own.get(name) or folders[PurePath(name).parent] for name in names if PurePath(name).parent in folders
        }

    def _blocks(self, kind: str) -> Iterator[Block]:
        norms = {(n.span.file, n.span.line): n for n in self.rules.norms if n.span is not None}
        for file in self.files:
            pack = self._home.get(file.name)
            if pack is not None:
                for tree in branches(file.tree, kind):
                    yield Block(pack, file, tree, norms.get((file.name, tree.meta.line)))


def desk_of(rules: RuleSet, sources: Sequence[Source], codes: tuple[str, ...] = ()) -> Desk:
    """The rules that were compiled from these files, with their trees."""
    texts = ((source.name, decode(source)[0]) for source in sources)
    return Desk(rules, tuple(parse(name, text) for name, text in texts if text is not None), codes)
