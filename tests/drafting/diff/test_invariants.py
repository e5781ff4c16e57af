"""The locked list: planted weakenings are all caught, and only a reviewed entry lets them pass."""

import re
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.cli.main import program
from checker.drafting.invariants.lock import read_lock
from checker.model.diagnostic import DataError
from drafting.diff.making import edited

ROOT = Path(__file__).parents[3]
RED = """规程 《红线（示范）》
  标识 hong
  效力 示范
  施行 2024-01-01
  期间 次日起算；末日遇休假日顺延；日为自然日
  案结 以 归档 为准

词汇
  机关 党委、政法委、法院、领导机关
  党委、政法委 是 领导机关
  人员 办案人员
  行为 函告：事项 {定性、证据采信、程序进度}，力度 {提示、决定}，依照程序 是否
  行为 干预办案：干预编号 文本，种类 {请托、其他}
  行为 记录干预：干预编号 文本
  行为 归档、督查

规范 不得代替定性
  依据 样例第一条
  领导机关 不得 函告 且 事项 属于 {定性、证据采信} 且 力度 为 决定
  违反 属 越权，情节 重大

规范 记录干预
  依据 样例第二条
  同一 干预编号
  当 干预办案
  应当 办案人员 记录干预，自 干预办案 起 5日 内

规范 督查由政法委
  依据 样例第三条
  督查 由 政法委
  违反 属 越权
"""
OTHER = """规程 《别的（示范）》
  标识 bie
  效力 示范
  施行 2024-01-01
  案结 以 归档 为准

词汇
  机关 党委、政法委、法院、领导机关
  行为 函告：事项 {定性、证据采信、程序进度}，力度 {提示、决定}，依照程序 是否
  行为 归档

规范 函告留痕
  依据 样例
  归档 之前 应当 有 函告
"""
NORMS = ("hong/不得代替定性", "hong/记录干预", "hong/督查由政法委")
FORBIDS = "领导机关 不得 函告 且 事项 属于 {定性、证据采信} 且 力度 为 决定\n"
ENDS = "规范 督查由政法委"


def run(*words):
    return CliRunner().invoke(program, list(map(str, words)))


def git(*words):
    who = ("-c", "user.name=t", "-c", "user.email=t@example.invalid")
    subprocess.run(["git", *who, *words], check=True, capture_output=True)


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Two packs with a locked list, in a repository."""
    monkeypatch.chdir(tmp_path)
    for name, text in (("hong", RED), ("bie", OTHER)):
        (tmp_path / "rules" / name).mkdir(parents=True)
        (tmp_path / "rules" / name / f"{name}.norm").write_text(text, encoding="utf-8")
    digests = run("invariants", "rules", *(word for norm in NORMS for word in ("--digest", norm)))
    assert digests.exit_code == 0, digests.output
    listed = "".join(f"    {line}\n" for line in digests.stdout.splitlines())
    write(tmp_path, f"锁定:\n  红线:\n{listed}\n改动: []\n", "invariants.yaml")
    git("init", "-q", "-b", "main")
    git("add", "rules")
    git("commit", "-qm", "one")
    return tmp_path


def write(home, text, name="hong/hong.norm"):
    (home / "rules" / name).write_text(text, encoding="utf-8")


def diff(*words):
    return run("diff", "HEAD:rules", "rules", "--no-witness", *words)


PERMISSION = """
规范 可以函告
  依据 样例
  领导机关 可以 函告 且 依照程序 为 是，不受 hong/不得代替定性 限制
"""
PRIORITY = """
规范 领导批示优先
  依据 样例
  领导机关 不得 函告 且 力度 为 决定
  优先于 hong/不得代替定性 「样例」
"""
PLANTED = [
    ("the norm is gone", RED[RED.index("规范 不得代替定性") : RED.index("规范 记录干预")], "", "不得代替定性", "删去"),
    ("another title", "规范 不得代替定性", "规范 不宜代替定性", "不得代替定性", "删去"),
    ("an exception", FORBIDS, f"{FORBIDS}  但 有 归档 的，不适用\n", "不得代替定性", "新的例外：不适用：有 归档"),
    ("a value out of the set", "{定性、证据采信} 且", "{证据采信} 且", "不得代替定性", "要求有改动"),
    ("a value into the condition", "力度 为 决定\n", "力度 为 决定 且 依照程序 为 否\n", "不得代替定性", "要求有改动"),
    ("fewer actors", "领导机关 不得", "党委 不得", "不得代替定性", "触发变窄"),
    ("a kind that embraces less", "党委、政法委 是 领导机关", "党委 是 领导机关", "不得代替定性", "所用机关的从属"),
    ("the category", "越权，情节 重大", "程序违规，情节 重大", "不得代替定性", "归类降低：越权 → 程序违规"),
    ("the severity", "越权，情节 重大", "越权，情节 一般", "不得代替定性", "情节减轻：重大 → 一般"),
    ("a later first day", "施行 2024-01-01", "施行 2026-01-01", "不得代替定性", "施行期缩短"),
    ("a last day", "  施行 2024-01-01\n", "  施行 2024-01-01\n  废止 2027-01-01\n", "记录干预", "施行期缩短"),
    ("fewer cases", "  案结 以", "  适用于 类型 为 督办\n  案结 以", "督查由政法委", "适用的案件有改动"),
    ("opt-in", "  标识 hong\n", "  标识 hong\n  选用\n", "记录干预", "规程改为选用"),
    ("a longer period", "5日 内", "15日 内", "记录干预", "要求有改动"),
    ("a narrower trigger", "当 干预办案\n", "当 干预办案 且 种类 为 请托\n", "记录干预", "触发变窄"),
    ("no deadline", "，自 干预办案 起 5日 内", "", "记录干预", "要求有改动"),
    ("an extension", "5日 内\n", "5日 内\n  但 期满前 有 督查 的，延长 30日\n", "记录干预", "新的例外：延长 30日"),
    ("correlation gone", "  同一 干预编号\n", "", "记录干预", ""),
    ("one more organ may", "督查 由 政法委", "督查 由 政法委、法院", "督查由政法委", "要求有改动"),
    (
        "a duty made a question",
        "督查 由 政法委",
        "当 督查\n  人工认定 「是否由政法委督查」",
        "督查由政法委",
        "要求有改动",
    ),
    ("an attribute 同一 no longer reads", "行为 记录干预：干预编号 文本", "行为 记录干预", "记录干预", ""),
]


@pytest.mark.parametrize(("before", "after", "norm", "way"), [row[1:] for row in PLANTED], ids=[r[0] for r in PLANTED])
def test_a_planted_weakening_is_caught(home, before, after, norm, way):
    kinds = [("词汇\n", "词汇\n  类型 督办\n")] if "类型 为" in after else []
    write(home, edited((before, after), *kinds, text=RED))
    told = diff()
    assert told.exit_code == 1
    flat = told.stdout.replace("\n", "").replace(" ", "")
    assert f"「hong/{norm}」锁定的规范" in flat
    assert any(f"{word}：{way}".replace(" ", "") in flat for word in ("削弱", "改动")) or not way
    alone = run("invariants", "rules")
    assert alone.exit_code == 1
    assert f"「hong/{norm}」" in alone.stderr
    assert "rules/invariants.yaml 第" in alone.stderr


@pytest.mark.parametrize(
    ("text", "way"), [(PERMISSION, "新的许可「bie/可以函告」"), (PRIORITY, "新的优先：「bie/领导批示优先」")]
)
def test_another_pack_cannot_defeat_a_locked_norm(home, text, way):
    write(home, OTHER + text, "bie/bie.norm")
    told = diff()
    assert told.exit_code == 1
    assert way in told.stdout
    assert run("invariants", "rules").exit_code == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("依据 样例第一条", "依据 样例第一条第一款"),
        ("规范 记录干预", "# 说明\n规范 记录干预"),
        ("《红线（示范）》", "《红线规程（示范）》"),
    ],
)
def test_what_changes_no_meaning_breaks_no_lock(home, before, after):
    write(home, edited((before, after), text=RED))
    assert diff().exit_code == 0
    assert run("invariants", "rules").exit_code == 0


def test_other_norms_are_free(home):
    write(home, OTHER.replace("有 函告", "有 函告，前一日或更早"), "bie/bie.norm")
    assert run("invariants", "rules").exit_code == 0
    assert "锁定的规范 3条：都没有未登记的改动" in diff().stdout


def entry_of(result):
    """The entry that the report offers, filled in."""
    flat = "".join(line.strip() for line in result.stdout.splitlines())
    offered = flat[flat.index("- {规范: ") :].partition("}")[0]
    parts = dict(part.partition(":")[::2] for part in offered.removeprefix("- {").split(","))
    fields = {key.strip(): value.strip() for key, value in parts.items()}
    fields |= {"审定人": "政法委会议", "日期": "2026-03-02", "理由": "会议决定"}
    return "  - {" + ", ".join(f"{key}: {value}" for key, value in fields.items()) + "}\n"


def enter(home, entry):
    lock = home / "rules" / "invariants.yaml"
    lock.write_text(lock.read_text(encoding="utf-8").replace("改动: []", "改动:") + entry, encoding="utf-8")


def test_a_reviewed_entry_lets_the_change_pass(home):
    write(home, edited(("5日 内", "15日 内"), text=RED))
    enter(home, entry_of(diff("--expected", expected(home))))
    told = diff("--expected", expected(home))
    assert told.exit_code == 0, told.output
    assert run("invariants", "rules").stdout == "锁定的规范 3条：与清单相符 3，不符 0；登记的改动 1项。\n"
    git("commit", "-qam", "two")
    write(home, edited(("5日 内", "20日 内"), text=RED))
    enter(home, entry_of(diff()))
    assert diff("--expected", expected(home)).exit_code == 0
    assert "登记的改动 2项" in run("invariants", "rules").stdout


def expected(home):
    file = home / "expected.yaml"
    file.write_text("预期:\n  - {规范: hong/记录干预, 理由: 会议决定}\n", encoding="utf-8")
    return file


@pytest.mark.parametrize("lacking", ["审定人", "日期", "理由"])
def test_an_entry_that_is_not_filled_in_is_refused(home, lacking):
    write(home, edited(("5日 内", "15日 内"), text=RED))
    enter(home, re.sub(f"{lacking}: [^,}}]*", f"{lacking}: ", entry_of(diff())))
    result = run("invariants", "rules")
    assert result.exit_code == 2
    assert f"的改动缺少「{lacking}」" in result.stderr


def test_an_entry_for_something_else_is_refused(home):
    enter(home, "  - {规范: hong/记录干预, 原摘要: 甲, 新摘要: 乙, 审定人: 某, 日期: 2026-03-02, 理由: 无}\n")
    result = run("invariants", "rules")
    assert result.exit_code == 2
    assert "「hong/记录干预」的改动不从此前的摘要开始" in result.stderr


def test_the_digest_in_the_list_cannot_simply_be_written_anew(home):
    write(home, edited(("5日 内", "15日 内"), text=RED))
    new = run("invariants", "rules", "--digest", "hong/记录干预").stdout.strip()
    lock = home / "rules" / "invariants.yaml"
    lines = [f"    {new}" if "hong/记录干预:" in line else line for line in lock.read_text().splitlines()]
    lock.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert run("invariants", "rules").exit_code == 0
    told = diff("--expected", expected(home))
    assert told.exit_code == 1
    assert "「hong/记录干预」锁定的规范有改动，没有登记" in told.stdout


def test_a_norm_cannot_simply_be_taken_off_the_list(home):
    lock = home / "rules" / "invariants.yaml"
    lock.write_text(
        "".join(one for one in lock.read_text().splitlines(True) if "记录干预" not in one), encoding="utf-8"
    )
    told = diff()
    assert told.exit_code == 1
    assert "「hong/记录干预」从锁定的清单里去掉了，没有登记" in told.stdout
    enter(home, entry_of(told))
    assert diff().exit_code == 0


def test_the_list_cannot_simply_be_removed(home):
    (home / "rules" / "invariants.yaml").unlink()
    told = diff()
    assert told.exit_code == 1
    assert told.stdout.count("从锁定的清单里去掉了") == 3


def test_the_list_holds_where_one_pack_is_compared(home):
    write(home, edited(("5日 内", "15日 内"), text=RED))
    told = run("diff", "HEAD:rules/hong", "rules/hong", "--no-witness")
    assert "「hong/记录干预」锁定的规范有改动" in told.stdout


def test_a_removed_norm_passes_with_an_entry(home):
    write(home, RED[: RED.index(ENDS)])
    enter(home, entry_of(diff()))
    assert run("invariants", "rules").exit_code == 0
    (home / "e.yaml").write_text("预期:\n  - {规范: hong/督查由政法委, 改动: 删去, 理由: 会议决定}\n", encoding="utf-8")
    assert diff("--expected", home / "e.yaml").exit_code == 0


def test_a_strengthening_is_told_apart_and_must_be_entered_too(home):
    write(home, edited(("5日 内", "2日 内"), text=RED))
    told = run("diff", "HEAD:rules", "rules", "--no-proof")
    assert told.exit_code == 1
    assert "看来是加强；加强也要登记" in told.stdout
    write(home, edited(("5日 内", "15日 内"), text=RED))
    assert "看来是加强" not in run("diff", "HEAD:rules", "rules", "--no-proof").stdout


def test_the_fixture_run_holds_the_list_too(home):
    (home / "fixtures" / "bie").mkdir(parents=True)
    case = "case: 甲\nevents: [{date: 2026-03-02, act: 归档}]\nas_of: 2026-04-01\nexpect: [{norm: bie/函告留痕}]\n"
    (home / "fixtures" / "bie" / "甲.yaml").write_text(case, encoding="utf-8")
    assert "锁定的规范有" not in run("test", "rules", "--allow-uncovered").stdout
    write(home, edited(("5日 内", "15日 内"), text=RED))
    told = run("test", "rules", "--allow-uncovered")
    assert told.exit_code == 1
    assert "锁定的规范有 1条与清单不符。" in told.stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("锁定: [甲]\n", "应分组写"),
        ("锁住: {}\n", "不认识「锁住」"),
        ("锁定: {红线: {甲: }}\n", "没有摘要"),
        ("锁定: {红线: {甲: a, 甲: b}}\n", "写了两次"),
        ("改动: 甲\n", "应是一列"),
        ("改动: [{规范: 甲, 原摘要: a, 新摘要: b, 审定人: c, 日期: 三月, 理由: d}]\n", "不是日期"),
        ("- [", "不是正确的 YAML"),
        ("甲\n", "应有「锁定」「改动」两项"),
    ],
)
def test_a_malformed_list_is_refused(tmp_path, text, said):
    (tmp_path / "l.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=said):
        read_lock(tmp_path / "l.yaml")


def test_the_shipped_packs_stand_as_they_were_locked():
    result = run("invariants", ROOT / "rules")
    assert result.exit_code == 0, result.stderr
    assert len(read_lock(ROOT / "rules" / "invariants.yaml").locked) > 100


@pytest.mark.parametrize("new", ["rules/hong", "HEAD:rules/hong"])
def test_a_deleted_list_counts_where_one_pack_is_compared(home, new):
    (home / "rules" / "invariants.yaml").unlink()
    git("commit", "-qam", "two")
    told = run("diff", "HEAD~1:rules/hong", new, "--no-witness")
    assert told.exit_code == 1
    assert "「hong/记录干预」从锁定的清单里去掉了，没有登记" in told.stdout


def test_nothing_is_said_of_locked_norms_that_were_not_looked_at(home):
    loose = home / "loose"
    loose.mkdir()
    (loose / "hong.norm").write_text(RED, encoding="utf-8")
    told = run("diff", "HEAD:rules/hong", "loose", "--no-witness")
    assert told.exit_code == 0
    assert "没有核对锁定的规范" in told.stderr
    assert "锁定的规范" not in told.stdout


BY_RECORD = (
    RED.replace("  行为 归档、督查\n", "  行为 归档、督查\n  行为 交办：承办单位 机关\n")
    + """
规范 承办单位归档
  依据 样例第四条
  当 交办
  应当 承办单位 归档，自 交办 起 5日 内
"""
)


def test_who_counts_as_the_organ_that_the_record_names_is_locked(home):
    write(home, BY_RECORD)
    found = run("invariants", "rules", "--digest", "hong/承办单位归档").stdout
    write(home, f"锁定:\n  红线:\n    {found}\n改动: []\n", "invariants.yaml")
    assert run("invariants", "rules").exit_code == 0
    git("commit", "-qam", "two")
    write(home, BY_RECORD.replace("党委、政法委 是 领导机关", "党委、政法委 是 领导机关\n  政法委 是 法院"))
    assert run("invariants", "rules").exit_code == 2  # an organ is one of one kind
    write(home, BY_RECORD.replace("党委、政法委 是 领导机关", "党委、政法委 是 领导机关\n  法院 是 政法委"))
    assert run("invariants", "rules").exit_code == 1
    told = diff()
    assert told.exit_code == 1
    assert "机关的从属有改动，记录里写明的机关由谁算是它" in told.stdout.replace("\n", "").replace(" ", "")


def test_a_site_file_breaks_no_lock(home):
    (home / "site.yaml").write_text("机关:\n  虎林政法委: 政法委\n", encoding="utf-8")
    told = diff("--site", "site.yaml")
    assert told.exit_code == 0
    assert "锁定的规范 3条：都没有未登记的改动" in told.stdout
    (home / "rules" / "invariants.yaml").unlink()
    assert diff("--site", "site.yaml").exit_code == 1


@pytest.mark.parametrize(
    ("added", "told"),
    [
        ("锁定: {}\n", "「锁定」写了两次"),
        ("locked: {}\n", "「锁定」写了两次"),
        ("changes: []\n", "「改动」写了两次"),
    ],
)
def test_a_second_list_does_not_replace_the_first(home, added, told):
    lock = home / "rules" / "invariants.yaml"
    lock.write_text(lock.read_text(encoding="utf-8") + added, encoding="utf-8")
    result = run("invariants", "rules")
    assert result.exit_code == 2
    assert told in result.stderr


def test_an_entry_says_each_thing_once(home):
    enter(home, "  - {规范: hong/记录干预, 规范: 乙, 原摘要: 甲, 新摘要: 乙, 审定人: 某, 日期: 2026-03-02, 理由: 无}\n")
    result = run("invariants", "rules")
    assert result.exit_code == 2
    assert "有一项写了两次" in result.stderr
