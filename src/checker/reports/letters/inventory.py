"""What became of every finding: in which letters it is, or why in none."""

from collections import Counter
from collections.abc import Iterator, Mapping

from checker.model.finding import VERDICT_NAMES, Verdict
from checker.reports.content import RunReport
from checker.reports.layout import clean
from checker.reports.letters.kinds import SOON, Kind
from checker.reports.letters.sorting import Letter, Matter, is_in, matters_of
from checker.reports.sums import one_line

NAME = "文书清单.txt"


def inventory(report: RunReport, letters: Mapping[str, Letter], kinds: frozenset[Kind]) -> list[str]:
    """The list that lies beside the letters: every letter with its findings, then the sums."""
    lines = [f"文书清单（截至 {report.head.as_of}）", "", clean(one_line(report.totals)), ""]
    for name, letter in letters.items():
        lines.append(f"{clean(name)}：{_held(letter)}")
    if not letters:
        lines.append("没有需要写的文书。")
    return [*lines, "", *summary(report, kinds)]


def summary(report: RunReport, kinds: frozenset[Kind]) -> list[str]:
    """How many findings are in which kind of letter and in none: what is told when they are written."""
    matters = matters_of(report)
    held = {
        kind: [one for one in matters if is_in(kind, one, report)] for kind in Kind if kind in kinds and kind.is_to_unit
    }
    lines = [f"{kind.value}：结论 {len(found)}项" for kind, found in held.items()]
    if Kind.SUPPLY in kinds and report.unread:
        lines.append(f"{Kind.SUPPLY.value}另列读不了的 {len(report.unread)}处")
    if Kind.REVIEW in kinds:
        lines.append(f"{Kind.REVIEW.value}：计入全部结论 {sum(report.totals.verdicts.values())}项")
    lines.append(_left(report, matters, kinds))
    return lines


def _left(report: RunReport, matters: tuple[Matter, ...], kinds: frozenset[Kind]) -> str:
    """What no letter to a unit speaks of, by the reason; one finding may be in several letters."""
    chosen = [kind for kind in kinds if kind.is_to_unit]
    left = Counter(one.finding.verdict for one in matters if not any(is_in(kind, one, report) for kind in chosen))
    for verdict in (Verdict.MET, Verdict.EXEMPT):
        left[verdict] = report.totals.verdicts[verdict]
    inside = len(matters) - sum(left[verdict] for verdict in left if verdict not in (Verdict.MET, Verdict.EXEMPT))
    reasons = "；".join(
        f"{VERDICT_NAMES[verdict]} {left[verdict]}{_why(verdict, kinds)}" for verdict in Verdict if left[verdict]
    )
    outside = sum(left.values())
    return f"写入给单位的函的 {inside}项，不写入任何函的 {outside}项{f'（{reasons}）' if reasons else ''}"


def _why(verdict: Verdict, kinds: frozenset[Kind]) -> str:
    return f"（{SOON}日内不届满，或者届满日待定）" if verdict is Verdict.PENDING and Kind.URGE in kinds else ""


def _held(letter: Letter) -> str:
    unread = f"，读不了的 {len(letter.unread)}处" if letter.unread else ""
    return f"结论 {len(letter.matters)}项{unread}"


def notes_of(report: RunReport, letters: Mapping[str, Letter], kinds: frozenset[Kind]) -> Iterator[str]:
    """What is told on standard error."""
    if not letters:
        yield f"提示：没有需要写的{'、'.join(sorted(kinds)) if len(kinds) < len(Kind) else '文书'}。"
    yield f"文书 {len(letters)}份；{'；'.join(summary(report, kinds))}。"
