"""The passes in order: files to a linked rule set, or every reason why there is none."""

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from checker.language.citations import counted_on_texts, rest_on_texts, stale_quotes
from checker.language.contradictions import Rule, check_contradictions
from checker.language.dependencies import check_expiries, ring_diagnostic
from checker.language.drafts import Draft, Index, drafts_of
from checker.language.families import check_family, ordered
from checker.language.heads import Head, TimeRule, complete, read_head, validity, with_id
from checker.language.indicators import lower_indicators
from checker.language.lexicon import Lexicon, declare
from checker.language.mistakes import explain
from checker.language.norms import Lowered, lower_norm, scope_of
from checker.language.parse import Parsed, parse
from checker.language.patterns import single_pattern
from checker.language.permissions import grant_permissions
from checker.language.scope import Scope
from checker.language.site import Site
from checker.language.source import Source, decode
from checker.language.suspending import suspending
from checker.language.syntax import QUOTED, Branch, Refusal, branches, complaint, span_of, token
from checker.language.texts import Texts
from checker.model.dependencies import depends_on
from checker.model.diagnostic import Diagnostic, Level
from checker.model.expressions import Pattern
from checker.model.linking import find_ring, strata
from checker.model.norm import Pack, RuleSet
from checker.model.place import Span
from checker.model.source import Rank

_Heads = list[tuple[Head, list[Parsed]]]


def compile_packs(
    sources: Sequence[Source], site: Site | None = None, named: bool = True, texts: Texts | None = None
) -> tuple[RuleSet | None, tuple[Diagnostic, ...]]:
    """The rule set of these files, and all that is to be said about them; no rule set if anything is an error.

    Files of one folder (by their names) belong to one pack, unless each has a 规程 head of its own. Packs that are
    opt-in (选用) are left out where nobody ``named`` them. ``texts`` are the instruments beside each folder of rules.
    """
    site = site or Site()
    problems: list[Diagnostic] = []
    parsed = _parse_all(sources, problems)
    heads = _heads(parsed, site, problems)
    if not named:
        heads, parsed = _without_opt_in(heads, parsed)
    lexicon = _lexicon(parsed, site, problems)
    for file in parsed:
        problems += explain(file, lexicon.words() | {name for head, _ in heads for name in head.parameters})
    index = Index()
    for head, files in heads:
        for draft in (d for file in files for d in drafts_of(head, file, "norm")):
            index.add(draft)
    lowered = [lower_norm(draft, lexicon, index) for family in index.drafts.values() for draft in family]
    for low in lowered:
        problems += low.problems
    counted = [draft for head, files in heads for file in files for draft in drafts_of(head, file, "indicator")]
    indicators, complaints = lower_indicators(counted, lexicon, index)
    problems += complaints
    packs = tuple(_pack(head, lexicon, index, texts or {}, problems) for head, _ in heads)
    rules = None if _is_broken(problems) else _link(packs, lowered, lexicon, site, problems)
    if rules is not None:
        indicators, complaints = counted_on_texts(indicators, rules.packs)
        problems += complaints
        rules = rules.model_copy(update={"indicators": indicators})
    told = (_in_own_words(problem, parsed) for problem in _first_hand(problems, parsed))
    return (None if _is_broken(problems) else rules), tuple(sorted(told, key=_place))


def _without_opt_in(heads: _Heads, parsed: list[Parsed]) -> tuple[_Heads, list[Parsed]]:
    dropped = {id(file) for head, files in heads if head.opt_in for file in files}
    return [(h, files) for h, files in heads if not h.opt_in], [file for file in parsed if id(file) not in dropped]


def _first_hand(problems: list[Diagnostic], parsed: list[Parsed]) -> Iterator[Diagnostic]:
    """The problems, without names that are unknown only because their declaration could not be read."""
    heads = ("行为", "机关", "人员", "类型", "案件", "参数", "规范", "标识")
    lost = [f.line.text for file in parsed for f in file.faults if f.line.text.strip().startswith(heads)]
    for problem in problems:
        if not (problem.code.startswith("unknown-") and problem.quote and any(problem.quote in text for text in lost)):
            yield problem


def _in_own_words(problem: Diagnostic, parsed: list[Parsed]) -> Diagnostic:
    """The problem with the user's own text, marks and all, where the tree only kept the words."""
    at = problem.at
    file = next((f for f in parsed if isinstance(at, Span) and f.name == at.file), None)
    if not isinstance(at, Span) or file is None or at.line != at.end_line or " " not in problem.quote:
        return problem
    line = file.lines[at.line - 1]
    own = line.raw[at.column - 1 : min(at.end_column - 1, line.comment)]
    own = own if len(own) <= QUOTED else own[:QUOTED] + "…"
    message = problem.message.replace(f"「{problem.quote}」", f"「{own}」")
    return problem.model_copy(update={"quote": own, "message": message})


def _is_broken(problems: list[Diagnostic]) -> bool:
    return any(problem.level is Level.ERROR for problem in problems)


def _place(problem: Diagnostic) -> tuple[str, int, int]:
    at = problem.at
    return (at.file, at.line or 0, at.column or 0) if at is not None else ("", 0, 0)


def _parse_all(sources: Sequence[Source], problems: list[Diagnostic]) -> list[Parsed]:
    if not sources:
        problems.append(Diagnostic(code="no-files", message="没有规则文件。", help="给出规程的文件夹，或 .norm 文件。"))
    found = []
    for source in sources:
        text, refusal = decode(source)
        if refusal is not None:
            problems.append(refusal)
        if text is not None:
            found.append(parse(source.name, text))
    return found


def _heads(parsed: list[Parsed], site: Site, problems: list[Diagnostic]) -> _Heads:
    overrides = {key: (setting.value, setting.source) for key, setting in site.parameters.items()}
    folders: dict[PurePath, list[Parsed]] = {}
    for file in parsed:
        folders.setdefault(PurePath(file.name).parent, []).append(file)
    found: _Heads = []
    for files in folders.values():
        for tree, file, own in _packs_of(files, problems):
            head = read_head(file.name, tree, overrides)
            head.is_damaged = tree.meta.line in file.damaged
            found.append((with_id(head, f"pack{len(found) + 1}"), own))
            problems += complete(head)
    _check_ids(found, site, problems)
    return found


def _packs_of(files: list[Parsed], problems: list[Diagnostic]) -> Iterator[tuple[Branch, Parsed, list[Parsed]]]:
    headed = [(tree, file) for file in files for tree in branches(file.tree, "pack")]
    bare = [file for file in files if not branches(file.tree, "pack")]
    if not headed:
        for file in files[:1]:
            if not file.faults:
                span = Span(file=file.name, line=1, column=1, end_line=1, end_column=1)
                message = (
                    f"「{file.name}」里没有「规程」，不是一个完整的规程。"
                    if any(file.words)
                    else f"规则文件「{file.name}」是空的。"
                )
                problems.append(Diagnostic(code="no-head", message=message, at=span, help="开头写「规程 《名称》」。"))
        return
    per_file = [file for _, file in headed]
    if len(headed) == 1:
        yield headed[0][0], headed[0][1], files
    elif not bare and len(set(map(id, per_file))) == len(headed):
        for tree, file in headed:
            yield tree, file, [file]
    else:
        tree, file = headed[1]
        message = "同一个文件夹里有几个「规程」，分不清各条规范属于哪一个。"
        problems.append(
            complaint(file.name, tree, "two-heads", message, help="一个文件夹只留一个「规程」，或分成几个文件夹。")
        )
        yield headed[0][0], headed[0][1], files


def _check_ids(heads: _Heads, site: Site, problems: list[Diagnostic]) -> None:
    seen: dict[str, Head] = {}
    for head, _ in heads:
        if head.id in seen:
            problems.append(
                complaint(head.file, head.tree, "same-id", f"两个规程都用标识「{head.id}」。", help="改其中一个。")
            )
        seen[head.id] = head
    for key in site.parameters:
        pack, _, name = key.partition("/")
        if pack in seen and name not in seen[pack].parameters:
            problems.append(Diagnostic(code="unknown-parameter", message=f"现场改的参数「{key}」，规程里没有。"))


def _lexicon(parsed: list[Parsed], site: Site, problems: list[Diagnostic]) -> Lexicon:
    lexicon = Lexicon()
    for file in parsed:
        for tree in branches(file.tree, "vocabulary"):
            declare(lexicon, file.name, tree)
    problems += lexicon.problems
    for name, kind in site.organs.items():
        if kind not in lexicon.organs and lexicon.organs:
            problems.append(
                Diagnostic(
                    code="unknown-organ",
                    level=Level.WARNING,
                    message=f"现场登记「{name}」为「{kind}」，而规程里没有这种机关。",
                )
            )
        lexicon.organs.setdefault(name, kind if kind in lexicon.organs else None)
    return lexicon


def _pack(head: Head, lexicon: Lexicon, index: Index, texts: Texts, problems: list[Diagnostic]) -> Pack:
    closing: Pattern | None = None
    if head.closing is not None:
        try:
            closing = single_pattern(_head_scope(head, lexicon, index), head.closing)
        except Refusal as refusal:
            problems.append(refusal.diagnostic)
    span = span_of(head.file, token(head.tree, "TITLE") or head.tree).model_copy(update={"column": 1})
    return Pack(id=head.id, title=head.title, rank=head.rank or Rank.TEMPLATE, draft=head.draft, opt_in=head.opt_in,
                valid=validity(head.first, head.end), counting=head.time.counting, closing=closing,
                parameters=head.parameters, texts=texts.get(PurePath(head.file).parent, ()), span=span)  # fmt: skip


def _head_scope(head: Head, lexicon: Lexicon, index: Index) -> Scope:
    stand_in = Draft(head, Parsed(head.file, []), head.tree, 1, 1)
    return scope_of(stand_in, lexicon, index, TimeRule())


def _link(
    packs: tuple[Pack, ...], lowered: list[Lowered], lexicon: Lexicon, site: Site, problems: list[Diagnostic]
) -> RuleSet | None:
    families: dict[str, list[Lowered]] = {}
    for low in lowered:
        if low.norm is not None:
            families.setdefault(low.norm.id, []).append(low)
    inorder = [low for family in families.values() for low in ordered(family)]
    for family in families.values():
        problems += check_family(ordered(family))
    granted = grant_permissions(inorder, [low for low in lowered if low.permission], problems)
    norms = tuple(granted)
    problems += check_expiries(norms)
    graph = depends_on(norms, packs)
    ring = find_ring(graph)
    if ring:
        problems.append(ring_diagnostic(ring, norms))
        return None
    vocabulary = lexicon.vocabulary(site.organs)
    rules = [Rule(low, norm, low.form.kind if low.form else "", low.form.condition if low.form else None)
             for low, norm in zip(inorder, norms, strict=True)]  # fmt: skip
    problems += check_contradictions(rules, lexicon, vocabulary)
    norms, packs = rest_on_texts(norms, packs)
    problems += stale_quotes(norms)
    words = vocabulary.model_copy(update={"suspending": suspending(norms)})
    return RuleSet(packs=packs, norms=norms, vocabulary=words, strata=strata(norms, graph))
