"""What a template may use is what is written down, for every kind and every list."""

import pytest

from checker.reports.letters.context import context_of
from checker.reports.letters.fields import FIELDS, MATTER_LISTS
from checker.reports.letters.kinds import Kind
from checker.reports.letters.sorting import letters_of
from reports.letters.making import run_of

REVIEWED = """
---
case: 督办-6
kind: 督办
covers: [登记, 审批, 交办, 督查, 办结, 延期批准, 催办, 结果报告, 结果审查, 归档]
events:
  - {id: e3, date: 2026-11-02, act: 交办, actor: 政法委, 来源: 涉法上访, 承办单位: 法院, 期限: null, 在职权内: 是}
  - {id: e6, date: 2026-11-20, act: 结果报告, actor: 法院}
"""


@pytest.fixture(scope="module")
def contexts(tmp_path_factory):
    from reports.letters.making import CASES

    report = run_of(tmp_path_factory.mktemp("run"), CASES + REVIEWED)
    return [(letter.kind, context_of(report, letter)) for letter in letters_of(report, Kind)]


def declared(kind, of):
    return {field.name for field in FIELDS if kind in field.kinds and field.of == of}


def entries(values, kind, found):
    """Every entry of every list, under the name by which its fields are declared."""
    for name, value in values.items():
        if not isinstance(value, list):
            continue
        for one in value:
            if isinstance(one, dict):
                of = "事项" if name in MATTER_LISTS else name
                found.setdefault((kind, of), []).append(one)
                entries(one, kind, found)


@pytest.mark.parametrize("kind", Kind)
def test_a_letter_has_just_the_fields_that_are_declared(contexts, kind):
    held = [values for of, values in contexts if of is kind]
    assert held
    for values in held:
        assert set(values) == declared(kind, "")


def test_the_entries_of_every_list_have_just_the_fields_that_are_declared(contexts):
    found = {}
    for kind, values in contexts:
        entries(values, kind, found)
    for (kind, of), held in found.items():
        for one in held:
            assert set(one) == declared(kind, of), (kind, of)
    seen = {of for _, of in found}
    assert seen == {field.of for field in FIELDS if field.of}


def test_every_field_is_a_name_that_a_template_can_write():
    assert [field.name for field in FIELDS if not field.name.isidentifier()] == []
    assert [field.name for field in FIELDS if not field.meaning or not field.example] == []
