"""An archive in portions over processes gives what the row evaluator gives case by case, byte by byte."""

import json
from pathlib import Path

import pytest

from archive.inputs import PACK, lines
from checker.cases import portions
from checker.host import single
from hostile.inputs import case
from hostile.program import run

ROOT = Path(__file__).parents[2]
AS_OF = ("--as-of", "2026-06-01")


@pytest.fixture
def place(tmp_path):
    (tmp_path / "x.norm").write_text(PACK, encoding="utf-8")
    return tmp_path


def archive(place, count=60, seed=0, name="many.jsonl"):
    path = place / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(lines(count, seed)), encoding="utf-8")
    return path


def check(*words, engine, jobs=1):
    more = ["--jobs", jobs] if engine == "archive" else []
    result = run("check", *words, *AS_OF, "--engine", engine, *more)
    return result.exit_code, result.stdout, result.stderr


def of_rules(place, *words, **more):
    return check(*words, "--rules", place / "x.norm", **more)


@pytest.mark.parametrize("only", ["violations", "all"])
@pytest.mark.parametrize("form", ["text", "jsonl"])
@pytest.mark.parametrize("brief", [(), ("--brief",)])
def test_the_fixtures_of_a_pack(form, only, brief, monkeypatch):
    words = [ROOT / "fixtures" / "duban", "--rules", "duban", "--format", form, "--only", only, *brief]
    wanted = check(*words, engine="row")
    assert wanted[0] == 1
    assert len(wanted[1]) > 3_000
    for size in (11, 20_000):
        monkeypatch.setattr(portions, "CASES", size)
        assert check(*words, engine="archive") == wanted


@pytest.mark.parametrize("size", [1, 7, 13, 1000])
def test_wherever_the_portions_are_cut(size, place, monkeypatch):
    for seed in (0, 1, 3):
        path = archive(place, seed=seed)
        wanted = of_rules(place, path, engine="row")
        assert "已经读过一次" in wanted[2]
        assert "故障" not in wanted[2]
        monkeypatch.setattr(portions, "CASES", size)
        assert of_rules(place, path, engine="archive") == wanted


@pytest.mark.parametrize("few", [3, 20, 1000])
def test_the_number_of_cases_in_the_head(few, place, monkeypatch):
    path = archive(place)
    monkeypatch.setattr(single, "FEW", few)
    monkeypatch.setattr(portions, "CASES", 4)
    code, text, _ = of_rules(place, path, engine="archive")
    assert (code, text) == of_rules(place, path, engine="row")[:2]
    assert ("件数较多" in text) is (few < 60)


@pytest.mark.parametrize("form", ["text", "jsonl"])
def test_several_processes_and_a_folder(form, place, monkeypatch):
    folder = place / "cases"
    for n, seed in enumerate((1, 1, 2)):
        archive(place, 40, seed, f"cases/{n}.jsonl")
    (folder / "a.yaml").write_text("case: 甲\nevents: [{date: 2024-03-05, act: 登记}]\n", encoding="utf-8")
    (folder / "z.json").write_text(f"  [{lines(1, 3)[0]},\n {lines(1, 3)[0]}]", encoding="utf-8")
    (folder / "note.txt").write_text("不是案件", encoding="utf-8")
    words = [folder, place / "没有.yaml", "--format", form]
    wanted = of_rules(place, *words, engine="row")
    assert "跳过其他格式的文件 1个" in wanted[1] + wanted[2]
    monkeypatch.setattr(portions, "CASES", 9)
    for jobs in (1, 3):
        assert of_rules(place, *words, engine="archive", jobs=jobs) == wanted


def test_a_repeated_case_counts_once_however_far_apart(place, monkeypatch):
    text = [case(name) for name in "甲乙丙"]
    (place / "twice.jsonl").write_text("\n".join(text * 3), encoding="utf-8")
    monkeypatch.setattr(portions, "CASES", 2)
    code, out, told = of_rules(place, place / "twice.jsonl", "--format", "jsonl", "--only", "all", engine="archive")
    assert code == 2
    assert told.count("已经读过一次") == 6
    assert "读入 3件，未读入 6处" in told
    findings = [(one["case"], one["norm"], one["anchor"]) for one in map(json.loads, out.splitlines())]
    assert len(findings) == len(set(findings)) > 0


def test_what_can_be_read_only_once(place, monkeypatch):
    text = "\n".join(lines(70))
    monkeypatch.setattr(portions, "CASES", 16)
    monkeypatch.setattr(single, "FEW", 10)
    words = ["check", "-", "--rules", place / "x.norm", *AS_OF]
    wanted = run(*words, "--engine", "row", stdin=text)
    for engine in ("archive", "auto"):
        found = run(*words, "--engine", engine, stdin=text)
        assert (found.exit_code, found.stdout, found.stderr) == (wanted.exit_code, wanted.stdout, wanted.stderr)


def test_nothing_at_all(place):
    (place / "none").mkdir()
    for words in ([place / "none"], [place / "没有"]):
        assert of_rules(place, *words, engine="archive") == of_rules(place, *words, engine="row")


def test_auto_takes_the_archive_engine_for_many_cases(place, monkeypatch):
    from checker.cli import archive_check

    called = []
    kept = archive_check.check_archive
    monkeypatch.setattr(archive_check, "check_archive", lambda *given: called.append(given[1:]) or kept(*given))
    path = archive(place)
    wanted = of_rules(place, path, engine="row")
    assert of_rules(place, path, engine="auto") == wanted
    assert called == []
    monkeypatch.setattr(single, "FEW", 5)
    assert of_rules(place, path, engine="auto")[::2] == wanted[::2]
    assert called == [(None,)]
    monkeypatch.setattr("checker.host.choice.LARGE", 10)
    assert of_rules(place, path, engine="auto")[::2] == wanted[::2]
    assert called == [(None,), ()]


def test_without_the_libraries_auto_goes_case_by_case(place, monkeypatch):
    monkeypatch.setattr("checker.host.choice.find_spec", lambda name: None if name == "numpy" else True)
    monkeypatch.setattr(single, "FEW", 5)
    path = archive(place)
    code, out, told = of_rules(place, path, engine="auto")
    assert (code, out) == of_rules(place, path, engine="row")[:2]
    assert told.count("批量检查（archive）需要 numpy，用「pip install checker[archive]」安装；本次改用逐案求值") == 1
    code, out, told = of_rules(place, path, engine="archive")
    assert (code, out) == (3, "")
    assert "pip install checker[archive]" in told


def test_the_counts_by_norm(place, monkeypatch):
    path = archive(place)
    monkeypatch.setattr(portions, "CASES", 8)
    found = {}
    for engine in ("row", "archive"):
        summary = place / f"{engine}.json"
        told = of_rules(place, path, "--summary", summary, "--by-norm", engine=engine)[2]
        assert "规范        未触发  违反" in told
        found[engine] = json.loads(summary.read_text(encoding="utf-8")), told
    assert found["row"] == found["archive"]
    counts, norms = found["row"][0]["counts"], found["row"][0]["norms"]
    assert [one["norm"] for one in norms] == ["x/先办结", "x/按期办结", "x/催办"]
    assert counts["read"] + counts["left_out"] == sum(1 for line in lines(60) if line)
    for verdict, n in counts["verdicts"].items():
        assert n == sum(one["verdicts"][verdict] for one in norms)
    assert counts["untriggered"] == sum(one["untriggered"] for one in norms)
    assert counts["triggered"] + counts["untriggered"] == 3 * counts["read"]


def test_an_untriggered_norm_is_only_counted(place):
    (place / "a.yaml").write_text("case: 甲\nevents: [{date: 2024-03-05, act: 办结}]\n", encoding="utf-8")
    told = of_rules(place, place / "a.yaml", "--by-norm", engine="archive")[2]
    assert told.splitlines()[-1] == "另有 3条没有一件案件触发。"


def test_brief_leaves_out_the_explanations_alone(place):
    path = archive(place)
    full = of_rules(place, path, "--format", "jsonl", engine="row")[1].splitlines()
    brief = of_rules(place, path, "--format", "jsonl", "--brief", engine="archive")[1].splitlines()
    assert [json.loads(line) | {"explanation": ""} for line in full] == [json.loads(line) for line in brief]
    assert all(json.loads(line)["explanation"] for line in full)


@pytest.mark.parametrize("jobs", [0, -1, "x", "1.5"])
def test_a_wrong_number_of_processes(jobs, place):
    code, _, told = of_rules(place, archive(place), engine="archive", jobs=jobs)
    assert (code, f"「--jobs」的值有误：「{jobs}」不是正整数" in told) == (2, True)


def test_the_time_zone_is_told(place):
    (place / "map.yaml").write_text("time_zone: Asia/Shanghai\n", encoding="utf-8")
    (place / "t.csv").write_text("案件,行为,日期\n甲,登记,2024-03-05T23:00:00Z\n", encoding="utf-8")
    for engine in ("row", "archive"):
        told = of_rules(place, place / "t.csv", "--mapping", place / "map.yaml", engine=engine)[2]
        assert told.count("按时区「Asia/Shanghai」") == 1
