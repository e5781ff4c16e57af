"""JUnit's XML, as build servers read it: a suite a case, a test a finding."""

from collections import Counter
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from checker.explain.findings import explanation_of
from checker.model.finding import Verdict
from checker.reports.content import CaseReport, RunReport
from checker.reports.documents import Wish
from checker.reports.heading import heading
from checker.reports.layout import clean
from checker.reports.listed import Listed, listed
from checker.reports.sums import counts_text, one_line

_SKIPPED: Final = (Verdict.PENDING, Verdict.UNDETERMINED, Verdict.REVIEW, Verdict.EXEMPT)


def written(report: RunReport, wish: Wish) -> str:
    """Violations fail, what is open or exempt is skipped, what could not be read is an error; nothing can be wished."""
    del wish
    root = Element("testsuites", name="checker")
    for case in report.cases:
        _suite(root, report, case)
    if report.unread:
        _unread(root, report)
    _count(root, [test for suite in root for test in suite.iter("testcase")])
    SubElement(SubElement(root, "testsuite", name="小结", tests="0"), "system-out").text = one_line(report.totals)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _suite(root: Element, report: RunReport, case: CaseReport) -> None:
    suite = SubElement(root, "testsuite", name=clean(case.case.id))
    found = listed(report, case)
    tests = [_test(suite, one) for one in found]
    if case.failure is not None:
        failed = SubElement(suite, "testcase", classname="checker", name="结论")
        _said(failed, "error", case.failure, "")
        tests.append(failed)
    rest = case.verdicts.copy()
    rest.subtract(one.shown.finding.verdict for one in found)
    if case.failure is None and (not found or +rest):
        tests.append(_rest(suite, rest))
    _count(suite, tests)


def _test(suite: Element, one: Listed) -> Element:
    finding = one.shown.finding
    name = clean(f"{finding.norm}@{finding.anchor.rpartition('@')[2]}（{one.id}）")
    test = SubElement(suite, "testcase", classname=clean(finding.norm.replace("/", ".")), name=name)
    words, reasons = " · ".join(heading(finding)), explanation_of(one.shown.reasons)
    if finding.verdict.is_violation:
        _said(test, "failure", words, reasons)
    elif finding.verdict in _SKIPPED:
        _said(test, "skipped", words, reasons)
    return test


def _rest(suite: Element, rest: Counter[Verdict]) -> Element:
    """What is not listed one by one; it has not passed while any of it is open."""
    test = SubElement(suite, "testcase", classname="checker", name="其余规范实例")
    said = counts_text(rest) or "没有触发任何规范"
    if any(verdict.is_open and n for verdict, n in rest.items()):
        _said(test, "skipped", said, "")
    else:
        SubElement(test, "system-out").text = said
    return test


def _said(test: Element, tag: str, message: str, text: str) -> None:
    said = SubElement(test, tag, message=clean(message))
    said.text = clean(text)


def _unread(root: Element, report: RunReport) -> None:
    suite = SubElement(root, "testsuite", name="未读入")
    tests = []
    for number, told in enumerate(report.unread, start=1):
        at = told.at
        where = "" if at is None else f"{at.file}:{at.line or getattr(at, 'cell', None) or ''}".rstrip(":")
        test = SubElement(suite, "testcase", classname=told.code, name=clean(f"{number} {where}".strip()))
        parts = (told.quote, told.expected, told.help, told.meanwhile)
        _said(test, "error", told.message, "；".join(part for part in parts if part))
        tests.append(test)
    _count(suite, tests)


def _count(element: Element, tests: list[Element]) -> None:
    """The sums that readers show before they look at any test."""
    for name, tag in (("tests", None), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        element.set(name, str(sum(1 for _ in _with(tests, tag))))


def _with(tests: list[Element], tag: str | None) -> Iterator[Element]:
    return (test for test in tests if tag is None or test.find(tag) is not None)
