"""To whom letters go, what their files are called, and that nothing is lost on the way."""

import pytest

from checker.model.case import Case
from checker.model.finding import Verdict
from checker.model.vocabulary import Vocabulary
from checker.reports.letters.addressees import UNKNOWN, Addressee, addressee_of
from checker.reports.letters.kinds import SOON, Kind
from checker.reports.letters.naming import file_names
from checker.reports.letters.sorting import Letter, is_in, letters_of, matters_of
from checker.reports.letters.wording import ordinal
from reports.letters.making import addressed, run_of

WORDS = Vocabulary(
    organs={"政法委": None, "法院": None, "检察院": None, "某市政法委": "政法委", "某市法院": "法院"}, persons=("院长",)
)


@pytest.mark.parametrize(
    ("bearer", "addressee"),
    [
        (None, UNKNOWN),
        ("", UNKNOWN),
        ("法院", Addressee("法院")),
        ("某市法院", Addressee("某市法院")),
        ("政法委", Addressee("政法委", is_own=True)),
        ("某市政法委", Addressee("某市政法委", is_own=True)),
        ("法院、检察院", Addressee("法院、检察院")),
        ("政法委、法院", Addressee("政法委、法院")),
        ("院长", UNKNOWN),
        ("院长、法院", Addressee("法院")),
        ("张三", UNKNOWN),
        ("〔人员1〕", UNKNOWN),
    ],
)
def test_letters_go_to_organs_and_to_no_person(bearer, addressee):
    assert addressee_of(bearer, WORDS) == addressee


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    return run_of(tmp_path_factory.mktemp("run"))


def test_every_finding_of_a_kind_is_in_exactly_one_of_its_letters(report):
    for kind in Kind:
        if not kind.is_to_unit:
            continue
        wanted = sorted(one.id for one in matters_of(report) if is_in(kind, one, report))
        held = sorted(one.id for letter in letters_of(report, [kind]) for one in letter.matters)
        assert held == wanted
        assert wanted


def test_no_letter_has_a_finding_of_another_unit(report):
    for letter in letters_of(report, [kind for kind in Kind if kind.is_to_unit]):
        assert {one.to for one in letter.matters} <= {letter.to}
        if letter.case is not None:
            assert {one.case.id for one in letter.matters} == {letter.case.id}


def test_the_supervisor_comes_first_and_the_unknown_last(report):
    orders = [letter.to.order for letter in letters_of(report, [Kind.VERIFY])]
    assert orders == sorted(orders)
    assert orders[0] == 0
    assert orders[-1] == 2


def test_the_supervisor_hands_itself_no_duty(report):
    assert not [letter for letter in letters_of(report, [Kind.HANDLE]) if letter.to.is_own]


def test_whoever_hands_a_matter_over_is_not_asked_to_handle_it(report):
    handed = {letter.case.id for letter in letters_of(report, [Kind.HANDLE])}
    assert "督办-1" in handed
    own = addressed(report, {"公安机关": "政法委、公安机关"})
    assert "督办-1" not in {letter.case.id for letter in letters_of(own, [Kind.HANDLE])}
    assert [letter.to.name for letter in letters_of(own, [Kind.URGE])][1] == "政法委、公安机关"


@pytest.mark.parametrize(("day", "is_there"), [("2026-11-21", False), ("2026-11-22", True), ("2026-12-07", True)])
def test_a_duty_is_urged_from_so_many_days_before_it_is_due(tmp_path, day, is_there):
    """期内督查 of 督办-2 is due on 2026-12-07: 2026-11-22 is 15 days before."""
    assert SOON == 15
    (letter,) = [one for one in letters_of(run_of(tmp_path, day=day), [Kind.URGE]) if one.to.is_own]
    pending = [one.case.id for one in letter.matters if one.finding.verdict is Verdict.PENDING]
    assert pending == (["督办-2"] if is_there else [])


def test_what_else_is_listed_changes_no_letter(tmp_path):
    both = [run_of(tmp_path, only_violations=only) for only in (True, False)]
    letters = [[(one.kind, one.to, [m.id for m in one.matters]) for one in letters_of(run, Kind)] for run in both]
    assert letters[0] == letters[1]


def names(*pairs):
    return list(file_names(Letter(Kind.HANDLE, Addressee(to), (), Case(id=case)) for to, case in pairs))


@pytest.mark.parametrize(
    ("pairs", "files"),
    [
        ([("法院", "一")], ["督办函-法院-一.docx"]),
        ([("法院", "../../etc/passwd")], ["督办函-法院-etc_passwd.docx"]),
        ([("法院", "（2026）甲01号")], ["督办函-法院-（2026）甲01号.docx"]),
        ([("法院", 'a\\b:c*d?e"f<g>h|i')], ["督办函-法院-a_b_c_d_e_f_g_h_i.docx"]),
        ([("法院", "\u202e反转\u0000\n尾")], ["督办函-法院-反转_尾.docx"]),
        ([("法院", "...")], ["督办函-法院-_.docx"]),
        (
            [("法院", "a"), ("法院", "A"), ("法院", "a/")],
            ["督办函-法院-a.docx", "督办函-法院-A-2.docx", "督办函-法院-a-3.docx"],
        ),
        (
            [("法院", "a-2"), ("法院", "a"), ("法院", "a.")],
            ["督办函-法院-a-2.docx", "督办函-法院-a.docx", "督办函-法院-a-2-2.docx"],
        ),
        ([("（责任机关待核）", "一")], ["督办函-责任机关待核-一.docx"]),
    ],
)
def test_files_have_names_that_every_system_keeps(pairs, files):
    assert names(*pairs) == files


def test_a_name_is_never_too_long_for_a_system():
    found = names(*[("某省某市某区" * 40, "案" * 300)] * 12)
    assert len(set(found)) == 12
    assert max(len(name.encode()) for name in found) <= 255


def test_units_of_one_name_under_another_spelling_of_the_system_keep_apart(report):
    other = addressed(report, {"法院": "甲/乙", "公安机关": "甲:乙"})
    letters = list(letters_of(other, [Kind.HANDLE]))
    files = list(file_names(letters))
    assert len({name.casefold() for name in files}) == len(letters)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"), (10, "十"), (11, "十一"), (21, "二十一"), (100, "一百"), (101, "一百零一"),
        (110, "一百一十"), (1010, "一千零一十"), (9999, "九千九百九十九"), (10000, "10000"), (0, "0"),
    ],
)  # fmt: skip
def test_headings_are_numbered_in_words(number, text):
    assert ordinal(number) == text
