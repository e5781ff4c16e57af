"""What a report for others does not name, in every format and from every engine."""

import datetime as dt
import io
import json
import zipfile

import pytest
from click.testing import CliRunner

from checker import api
from checker.calendars.shipped import shipped_calendar
from checker.cli.main import program
from checker.host.single import Run
from checker.model.diagnostic import Diagnostic
from checker.model.place import Place
from checker.reports.content import RunReport
from checker.reports.documents import Files, Wish, document_names, written
from checker.reports.formats import writer
from checker.reports.redaction import Profile, redacted_message
from checker.reports.showing import Listing

PACK = """
规程 《试》
  标识 shi
  效力 示范
  施行 2020-01-01
  期间 次日起算

词汇
  机关 政法委、法院
  人员 承办人
  案件 事项 文本
  行为 交办：承办单位 机关，事项编号 文本，经办 人员
  行为 作出结论：结论人员 多个 人员
  行为 复核：复核人员 多个 人员，说明 文本
  行为 办结

规范 限期办结
  依据 《办法》第一条「限期办结」
  当 政法委 交办 且 事项编号 为 "甲-12"
  应当 经办 办结，自 交办 起 30日 内

规范 换人复核
  依据 《办法》第二条「换人复核」
  复核 限于 复核人员 与 作出结论 的 结论人员 不同

规范 认可
  依据 《办法》第三条「人工认定」
  当 复核
  人工认定 「复核是否说明理由」
"""
SECRETS = ("张三", "李四", "甲-12", "王五的房子", "身份证110101199001011237", "赵六")
CASE = {
    "case": "试-2024-1",
    "attributes": {"事项": "王五的房子"},
    "events": [
        {"id": "j", "date": "2024-03-01", "act": "交办", "actor": "政法委", "事项编号": "甲-12", "经办": "张三"},
        {"id": "z", "date": "2024-03-02", "act": "作出结论", "结论人员": ["张三", "李四"]},
        {"id": "f", "date": "2024-03-03", "act": "复核", "复核人员": ["李四"], "说明": "身份证110101199001011237"},
    ],
    "answers": [{"norm": "shi/认可", "event": "f", "answer": "否", "by": "赵六", "date": "2024-03-04"}],
}  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("机密")
    (folder / "shi.norm").write_text(PACK, encoding="utf-8")
    (folder / "案.json").write_text(json.dumps(CASE, ensure_ascii=False), encoding="utf-8")
    return folder


def run(place, profile):
    rules = api.compile_rules([str(place / "shi.norm")])[0]
    listing = Listing(rules, shipped_calendar(), dt.date(2024, 7, 1), False, open_too=True, profile=profile)
    checked = Run(listing, [str(place / "案.json")], "row")
    return checked, list(checked)


def test_the_pack_says_what_these_tests_rest_on(place):
    (case,) = run(place, Profile.FULL)[1]
    assert [str(one.finding.verdict) for one in case.shown] == ["overdue", "breached", "breached"]
    told = " ".join(text for one in case.shown for _, text in one.reasons)
    assert [secret for secret in SECRETS if secret in told] == ["张三", "李四", "赵六"]
    assert [one.finding.bearer for one in case.shown] == ["张三", None, None]


def readable(found):
    """All text of a report, whatever file it is."""
    if isinstance(found, str):
        return found
    parts = [getattr(found, "content", found)]
    if isinstance(found, Files):
        parts = [*found.documents.values(), *found.beside.values()]
    texts = []
    for part in parts:
        if part.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(part)) as packed:
                texts += [packed.read(name).decode("utf-8", "replace") for name in packed.namelist()]
        else:
            texts.append(part.decode("utf-8").replace("\r\n ", ""))
    return "\n".join(texts)


@pytest.mark.parametrize("profile", [Profile.UNIT, Profile.PUBLIC])
def test_persons_and_free_texts_are_marks_and_verdicts_stay(place, profile):
    (plain,), (masked,) = (run(place, one)[1] for one in (Profile.FULL, profile))
    told = [text for one in masked.shown for _, text in one.reasons]
    assert not [secret for secret in SECRETS if secret in "".join(told)]
    assert [one.finding.bearer for one in masked.shown] == ["〔人员1〕", None, None]
    same = {"bearer": None, "explanation": ""}
    assert [one.finding.model_copy(update=same) for one in masked.shown] == [
        one.finding.model_copy(update=same) for one in plain.shown
    ]
    # Whoever was equal is still seen to be equal: 李四 checked what he had concluded himself.
    assert any(text.startswith("f 「复核人员」为 〔人员2〕，") for text in told), told
    assert masked.case.events[1].attributes["结论人员"] == ("〔人员1〕", "〔人员2〕")
    assert masked.case.id == "试-2024-1"


@pytest.mark.parametrize("name", [*document_names(), "text", "jsonl"])
def test_no_format_names_them(place, name):
    checked, (case,) = run(place, Profile.PUBLIC)
    if name in document_names():
        found = written(name, RunReport(checked.head, (case,), (), checked.totals), Wish())
    else:
        made = writer(name, False)
        found = "\n".join([*made.begin(checked.head), *made.case(case), *made.end(checked.totals)])
    text = readable(found)
    assert not [secret for secret in SECRETS if secret in text]
    assert "机密" not in text
    if name != "ics":  # there is no duty with a day before it
        assert "试-2024-1" in text
        assert "〔人员1〕" in text


@pytest.mark.parametrize("profile", list(Profile))
@pytest.mark.parametrize("name", ["html", "markdown", "xlsx", "text"])
def test_reports_for_reading_say_for_whom_they_are(place, name, profile):
    checked, (case,) = run(place, profile)
    if name == "text":
        found = "".join(line.strip() for line in writer(name, False).begin(checked.head))
    else:
        found = readable(written(name, RunReport(checked.head, (case,), (), checked.totals), Wish()))
    assert ("本报告按" in found) == (profile is not Profile.FULL)
    assert f"{profile.said}。" in found or profile is Profile.FULL


@pytest.mark.parametrize("profile", list(Profile))
def test_both_engines_tell_the_same(place, profile, tmp_path):
    made = []
    for engine in ("row", "archive"):
        target = tmp_path / f"{engine}.jsonl"
        outcome = CliRunner().invoke(program, [
            "check", str(place / "案.json"), "--rules", str(place / "shi.norm"), "--as-of", "2024-07-01",
            "--only", "all", "--redact", str(profile), "--format", "jsonl", "--engine", engine, "--output", str(target),
        ])  # fmt: skip
        assert outcome.exit_code == 1, outcome.output
        made.append(target.read_text(encoding="utf-8"))
    assert made[0] == made[1]
    assert ("张三" in made[0]) == (profile is Profile.FULL)


def test_messages_keep_their_sense_without_the_words_of_the_record():
    told = Diagnostic(code="x", message="主体「张三」没有声明", quote="张三", at=Place(file="机密/案.json", line=3))
    unit, public = (redacted_message(told, one) for one in (Profile.UNIT, Profile.PUBLIC))
    assert (unit.message, unit.quote, unit.at) == ("主体「〔略〕」没有声明", "〔略〕", told.at)
    assert public.at == Place(file="案.json", line=3)
    assert redacted_message(told, Profile.FULL) == told
