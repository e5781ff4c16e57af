"""Whatever the norm and the record: something is said, in the words of the house, on lines of the page's width."""

from hypothesis import given

from checker.calendars.shipped import shipped_calendar
from checker.engines.run import evaluate, prepare
from checker.explain.context import context_of
from checker.explain.findings import explanation_of, reasons_of
from checker.explain.norms import norm_page
from checker.model.finding import Verdict
from checker.reports.layout import WIDTH, width, wrap
from checker.reports.norm_text import norm_lines
from equality.budget import budget
from explain.making import ACCUSING
from strategies.cases import situations


@budget(150)
@given(situations())
def test_every_finding_is_explained(situation):
    rules, case, as_of = situation
    calendar = shipped_calendar("cn")
    found = evaluate(prepare(rules, calendar), case, as_of)
    context = context_of(rules, calendar, case, as_of, found.instances)
    for instance, finding in zip(found.instances, found.findings, strict=True):
        text = explanation_of(reasons_of(context, instance, finding))
        assert text.startswith("触发：")
        assert text.endswith("。")
        assert "None" not in text
        assert "\n" not in text
        assert [word for word in ACCUSING if word in text] == []
        assert (finding.verdict is Verdict.UNDETERMINED) == bool(finding.missing)
        if finding.missing:
            assert "后可判定" in text
        if finding.due is not None and not finding.provisional:
            assert str(finding.due)[:10] in text
        assert max(width(line) for line in wrap(text)) <= WIDTH


@budget(60)
@given(situations())
def test_every_norm_has_a_page(situation):
    rules, _, _ = situation
    for norm in rules.norms:
        lines = list(norm_lines(norm_page(rules, norm), colour=False))
        assert max(map(width, lines)) <= WIDTH
        assert "None" not in "\n".join(lines)
