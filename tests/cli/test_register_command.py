"""``checker check … --register`` and ``checker register``: what a supervisor sees over some weeks."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.cli.main import program

PACK = """规程 《督办例》
  标识 例
  效力 示范
  期间 次日起算；末日不顺延；日为自然日

词汇
  机关 法院、检察院
  类型 督办
  行为 交办：承办单位 机关
  行为 办结

规范 按期办结
  依据 测试
  当 交办
  应当 承办单位 办结，自 交办 起 10日 内
"""

OPEN = """
case: {name}
kind: 督办
events:
  - {{date: 2024-03-02, act: 交办, 承办单位: {unit}}}
"""


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A folder with a pack and two cases; commands are given as somebody types them."""
    monkeypatch.chdir(tmp_path)
    Path("例.norm").write_text(PACK, encoding="utf-8")
    Path("台账").mkdir()
    for name, unit in (("甲", "法院"), ("乙", "检察院")):
        Path(f"台账/{name}.yaml").write_text(OPEN.format(name=name, unit=unit), encoding="utf-8")


def run(line):
    result = CliRunner().invoke(program, line.split())
    assert "Traceback" not in result.output
    return result


def check(day, more=""):
    result = run(f"check 台账 --rules 例.norm --as-of 2024-{day} --register 册.sqlite --output 结果.txt {more}")
    return result.stderr.split("\n", 1)[1] if result.exit_code < 2 else result.stderr


def ids():
    found = {}
    for line in run("register export 册.sqlite").stdout.splitlines():
        one = json.loads(line)
        if one["kind"] == "finding":
            found[one["case_id"]] = one["id"]
    return found


FIRST = """\
登记册「册.sqlite」第 1 次检查，截至 2024-04-01，查了 2件：
  新发现 2，仍在 0，有变化 0，再次出现 0，已销号仍见 0，不再出现 0。
  单位    新发现  仍在  有变化  再次出现  已销号仍见  不再出现
  检察院  1       0     0       0         0           0
  法院    1       0     0       0         0           0
  规范         新发现  仍在  有变化  再次出现  已销号仍见  不再出现
  例/按期办结  2       0     0       0         0           0
"""

SHOWN = """\
编号      {id}
案件      甲
规范      例/按期办结（1）
起点      交办 2024-03-02
单位      法院
结论      逾期履行
期限      2024-03-12
首次查到  2024-04-01（第 1 次检查）
最近查到  2024-05-01（第 2 次检查）
状态      已销号

历次检查
  第 1 次  截至 2024-04-01  新发现  逾期未履行  期限 2024-03-12  20日
  第 2 次  截至 2024-05-01  有变化  逾期履行    期限 2024-03-12  24日  原为 逾期未履行

状态的变化
  2024-04-01  待核实  程序    理由：检查中发现
  2024-05-02  整改中  法制科  附记：已约谈
  2024-05-03  已销号  法制科  理由：已经办结
"""


@pytest.mark.usefixtures("desk")
def test_some_weeks():
    assert check("04-01") == FIRST
    assert check("04-01") == f"与登记册里第 1 次检查相同，没有再记；那一次是：\n{FIRST}"
    listed = run("register list 册.sqlite")
    assert listed.exit_code == 1
    assert listed.stdout == (
        "共 2项（登记册里共 2项），按期限排列。\n"
        f"  2024-03-12        {ids()['乙']}  待核实  逾期未履行（截至 2024-04-01）\n"
        "                    案件 乙，例/按期办结，检察院\n"
        f"  2024-03-12        {ids()['甲']}  待核实  逾期未履行（截至 2024-04-01）\n"
        "                    案件 甲，例/按期办结，法院\n"
    )
    # a row put in before the act, and what was done late; the other file cannot be read this week
    mended = OPEN.format(name="甲", unit="法院").replace("events:\n", "events:\n  - {date: 2024-03-01, act: 办结}\n")
    Path("台账/甲.yaml").write_text(f"{mended}  - {{date: 2024-04-05, act: 办结, actor: 法院}}\n", encoding="utf-8")
    Path("台账/乙.yaml").write_text("case: 乙\nevents: [{act: 没有的行为}]\n", encoding="utf-8")
    said = check("05-01")
    assert "  新发现 0，仍在 0，有变化 1，再次出现 0，已销号仍见 0，不再出现 0。\n" in said
    assert "  没有查到、一切照旧的：案件未读入或者没有结论 1。\n" in said
    one = ids()["甲"]
    done = run(f"register set 册.sqlite {one.lower()} --status 整改中 --by 法制科 --note 已约谈 --on 2024-05-02")
    assert done.stdout == f"{one} 的状态记为「整改中」（2024-05-02，法制科）。\n"
    done = run(f"register set 册.sqlite {one} --status 已销号 --by 法制科 --reason 已经办结 --on 2024-05-03")
    assert done.exit_code == 0
    assert run(f"register show 册.sqlite {one}").stdout == SHOWN.format(id=one)
    assert run("register list 册.sqlite --unit 法院").stdout == "共 0项（登记册里共 2项），按期限排列。\n"
    assert run("register list 册.sqlite --unit 法院").exit_code == 0
    assert run("register list 册.sqlite --all --norm 例 --case 甲").stdout.count(one) == 1
    assert run("register list 册.sqlite --status 已销号").stdout.count(one) == 1
    Path("台账/甲.yaml").write_text(OPEN.format(name="甲", unit="法院").replace("03-02", "04-28"), encoding="utf-8")
    Path("台账/乙.yaml").write_text(OPEN.format(name="乙", unit="检察院"), encoding="utf-8")
    assert "仍在 1，有变化 0，再次出现 0，已销号仍见 0，不再出现 1。" in check("05-04")
    gone = run("register list 册.sqlite --gone --all").stdout
    assert gone.startswith("共 1项")
    assert f"{one}  已销号  逾期履行，不再出现（截至 2024-05-01）" in gone
    told = run("register list 册.sqlite --run 3").stdout
    assert f"不再出现 1项\n  无期限            {one}  已销号  逾期履行 → 没有结论\n" in told


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    "more",
    ["--only all --format jsonl", "--engine durable", "--engine archive --jobs 1", "--brief", "--format parquet"],
)
def test_the_register_is_the_same_for_every_engine_and_format(more):
    check("04-01")
    plain = run("register export 册.sqlite").stdout
    os.remove("册.sqlite")
    check("04-01", more)
    assert run("register export 册.sqlite").stdout == plain


@pytest.mark.usefixtures("desk")
def test_the_export_goes_to_a_file():
    check("04-01")
    assert run("register export 册.sqlite --output 册.jsonl").stdout == ""
    assert Path("册.jsonl").read_text(encoding="utf-8") == run("register export 册.sqlite").stdout
    assert "不能写结果" in run("register export 册.sqlite --output 册.sqlite").stderr


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("check - --register 册.sqlite", "「--register」要把案件再读一遍，标准输入只能读一次"),
        ("check 台账 --register 台账/甲.yaml", "「--register」的「台账/甲.yaml」属于输入「台账」"),
        ("check 台账 --register 结果 --output 结果", "「--register」和「--output」是同一个文件「结果」"),
        ("check 台账 --register 没有/册.sqlite", "所在的文件夹不存在"),
        ("register list 没有.sqlite", "找不到登记册「没有.sqlite」"),
        ("register list 例.norm", "登记册「例.norm」已经损坏，或者不是登记册"),
        ("register list 册.sqlite 7K3Q-9ZT2-0F4M", "register list 不写编号，多余的参数「7K3Q-9ZT2-0F4M」"),
        ("register show 册.sqlite", "写作 checker register show FILE ID…"),
        ("register show 册.sqlite 甲", "「甲」不是事项的编号，写作 7K3Q-9ZT2-0F4M"),
        ("register show 册.sqlite 7K3Q-9ZT2-0F4M", "登记册里没有编号 7K3Q-9ZT2-0F4M"),
        ("register set 册.sqlite 7K3Q-9ZT2-0F4M --by 科", "register set 要写一个 --status"),
        ("register set 册.sqlite 7K3Q-9ZT2-0F4M --status 异议", "register set 要写 --by"),
        ("register set 册.sqlite 7K3Q-9ZT2-0F4M --status 异议 --by 科 --reason 一", "登记册里没有编号"),
        ("register show 册.sqlite 7K3Q-9ZT2-0F4M --status 异议", "「--status」不能与 register show 一起用"),
        ("register list 册.sqlite --by 科", "「--by」不能与 register list 一起用"),
        ("register list 册.sqlite --run 9", "登记册里没有第 9 次检查"),
        ("register list 册.sqlite --run 1 --all", "「--run」列出那一次的全部，不与其余的选项一起用"),
    ],
)
def test_what_is_refused(line, said):
    check("04-01")
    before = Path("册.sqlite").read_bytes()
    result = run(line)
    assert result.exit_code == 2
    assert said in result.stderr
    assert Path("册.sqlite").read_bytes() == before
    assert not Path("结果").exists()


@pytest.mark.usefixtures("desk")
def test_files_that_change_during_the_check_are_not_recorded(monkeypatch):
    from checker.cli import looking

    look = looking.look

    def later(*args):
        Path("台账/丙.yaml").write_text(OPEN.format(name="丙", unit="法院"), encoding="utf-8")
        return look(*args)

    monkeypatch.setattr(looking, "look", later)
    result = run("check 台账 --rules 例.norm --as-of 2024-04-01 --register 册.sqlite --record 记录.jsonl")
    assert result.exit_code == 2
    assert "检查当中有文件改动了：台账/丙.yaml" in result.stderr
    assert "逾期未履行" in result.stdout
    assert not Path("册.sqlite").exists()
    assert not Path("记录.jsonl").exists()
