"""``checker check … --record`` and ``checker verify``: what a run rested on, and whether it still comes to the same."""

import hashlib
import json
import os
import sqlite3
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
covers: [交办, 办结]
events:
  - {{date: 2024-03-02, act: 交办, 承办单位: 法院}}
"""

CHECK = "check 台账 --rules 例.norm --as-of 2024-04-01 --record 记录.jsonl --output 结果.txt"


@pytest.fixture(autouse=True)
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("例.norm").write_text(PACK, encoding="utf-8")
    Path("台账/二月").mkdir(parents=True)
    for path in ("台账/甲.yaml", "台账/二月/乙.yaml"):
        Path(path).write_text(OPEN.format(name=path[-6]), encoding="utf-8")


def run(line):
    result = CliRunner().invoke(program, line.split())
    assert "Traceback" not in result.output
    return result


def entries():
    return [json.loads(line) for line in Path("记录.jsonl").read_text(encoding="utf-8").splitlines()]


def sha(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def test_what_is_recorded():
    said = run(CHECK).stderr
    (entry,) = entries()
    assert f"检查记录「记录.jsonl」记为第 1 行，摘要 {entry['hash']}\n" in said
    for name in ("hash", "program", "rules", "cases", "calendar", "version"):
        assert entry.pop(name)
    jsonl = run("check 台账 --rules 例.norm --as-of 2024-04-01 --only all --brief --format jsonl").stdout
    assert entry == {
        "kind": "checker-run",
        "format": 1,
        "number": 1,
        "previous": "",
        "as_of": "2024-04-01",
        "given": {
            "cases": ["台账"],
            "rules": ["例.norm"],
            "site": None,
            "calendar": "cn",
            "columns": None,
            "mapping": None,
        },
        "packs": ["例"],
        "files": [
            {"role": "案件", "file": name, "sha256": sha(name), "bytes": os.path.getsize(name)}
            for name in ("台账/二月/乙.yaml", "台账/甲.yaml")
        ]
        + [{"role": "规则", "file": "例.norm", "sha256": sha("例.norm"), "bytes": os.path.getsize("例.norm")}],
        "counts": {
            "read": 2,
            "failed": 0,
            "left_out": 0,
            "skipped": 0,
            "triggered": 2,
            "untriggered": 0,
            "verdicts": dict.fromkeys(("met", "late", "breached", "pending", "exempt", "undetermined", "review"), 0)
            | {"overdue": 2},
            "categories": {"程序违规": 2, "越权": 0},
        },
        "results": hashlib.sha256(jsonl.encode()).hexdigest(),
        "register": None,
    }


@pytest.mark.parametrize(
    "more", ["", "--engine archive --jobs 1", "--engine durable", "--only all --brief", "--format markdown"]
)
def test_the_same_inputs_give_the_same_bytes(more):
    run(f"{CHECK} --register 册.sqlite")
    first = Path("记录.jsonl").read_bytes()
    os.remove("记录.jsonl")
    run(f"{CHECK} --register 册.sqlite {more}")
    assert Path("记录.jsonl").read_bytes() == first
    assert json.loads(first)["register"] == {"name": "册.sqlite", "run": 1}


WHOLE = """\
检查记录「记录.jsonl」共 2行，各行相扣，没有改动。
另存的摘要是第 1 行的，其后又记了 1行。
第 2 行：截至 2024-04-01，程序 {version}，读入 2件，未读入 0处，没有结论 0件。
  案件文件 2个：相符 2，不符 0
  规则文件 1个：相符 1，不符 0
  重新检查：结论和数目与记录相同
"""

DIFFERENT = """\
第 2 行：截至 2024-04-01，程序 {version}，读入 2件，未读入 0处，没有结论 0件。
  案件文件 2个：相符 0，不符 2
    「台账/二月/乙.yaml」读不了文件「台账/二月/乙.yaml」：没有这个文件或文件夹
    「台账/甲.yaml」内容与记录不符（记的是 {old}字节，现为 {new}字节）
  规则文件 1个：相符 1，不符 0
  重新检查：结论和数目与记录不同
    与那次不同的：读到的案件、各项数目、全部结论
"""


def test_a_record_is_verified_and_run_again():
    for _ in range(2):
        run(CHECK)
    head = entries()[0]["hash"]
    version = entries()[0]["version"]
    result = run(f"verify 记录.jsonl --again --head {head[:16].upper()}")
    assert (result.exit_code, result.stdout) == (0, WHOLE.format(version=version))
    old = os.path.getsize("台账/甲.yaml")
    with Path("台账/甲.yaml").open("a", encoding="utf-8") as file:
        file.write("  - {date: 2024-03-05, act: 办结, actor: 法院}\n")
    os.remove("台账/二月/乙.yaml")
    result = run("verify 记录.jsonl --again")
    assert result.exit_code == 1
    new = os.path.getsize("台账/甲.yaml")
    assert result.stdout.split("\n", 2)[2] == DIFFERENT.format(version=version, old=old, new=new)
    assert f"末行的摘要 {entries()[1]['hash']}；" in result.stdout


def test_a_file_that_only_reads_otherwise_comes_to_the_same():
    run(CHECK)
    text = Path("台账/甲.yaml").read_text(encoding="utf-8")
    Path("台账/甲.yaml").write_text(f"# 一行说明\n{text}", encoding="utf-8")
    result = run("verify 记录.jsonl --again")
    assert result.exit_code == 1
    assert "「台账/甲.yaml」内容与记录不符" in result.stdout
    assert result.stdout.endswith("  重新检查：结论和数目与记录相同\n")


def test_rules_that_are_gone_or_broken_are_told():
    run(CHECK)
    Path("例.norm").write_text("规程 坏", encoding="utf-8")
    result = run("verify 记录.jsonl --again")
    assert result.exit_code == 1
    assert "「例.norm」内容与记录不符" in result.stdout
    assert "  重新检查：办不了：" in result.stdout


def test_broken_lines_are_named():
    for _ in range(3):
        run(CHECK)
    lines = Path("记录.jsonl").read_text(encoding="utf-8").splitlines()
    lines[1] = lines[1].replace("2024-04-01", "2024-03-01")
    Path("记录.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    result = run("verify 记录.jsonl")
    assert result.exit_code == 1
    assert result.stdout.startswith(
        "检查记录「记录.jsonl」共 3行，有 1处不对：\n  第 2 行：内容与自己的摘要不符：改动过\n"
    )


def test_what_somebody_made_up_is_answered_without_a_fault():
    run(CHECK)
    from checker.host.chain import canonical, digest_of

    (entry,) = entries()
    for more in (
        {"files": [{"role": "案件", "file": "/dev/zero", "sha256": "", "bytes": 0}]},
        {"files": 3},
        {"given": {}},
        {"given": {"cases": 1, "rules": 2}},
        {"counts": []},
        {"as_of": "昨天"},
    ):
        made = entry | more
        made["hash"] = digest_of(made)
        Path("记录.jsonl").write_text(canonical(made) + "\n", encoding="utf-8")
        result = run("verify 记录.jsonl --again")
        assert result.exit_code == 1, more
        assert result.stdout.startswith("检查记录「记录.jsonl」共 1行，各行相扣")


def test_shipped_packs_are_named_without_the_folder_of_this_machine():
    Path("台账/甲.yaml").write_text("case: 甲\nkind: 督办\nevents: []\n", encoding="utf-8")
    run("check 台账/甲.yaml --rules duban --as-of 2024-04-01 --record 记录.jsonl")
    (entry,) = entries()
    assert "随附:duban/duban.norm" in [one["file"] for one in entry["files"]]
    assert str(Path.cwd()) not in Path("记录.jsonl").read_text(encoding="utf-8")
    assert str(Path(__file__).parents[2]) not in Path("记录.jsonl").read_text(encoding="utf-8")
    assert run("verify 记录.jsonl --again").exit_code == 0


def test_the_mapping_of_a_ledger_is_among_its_files():
    Path("账").mkdir()
    Path("账/督办.csv").write_text("案号,交办日期,承办单位,办结日期\nDB-1,2024-03-02,法院,\n", encoding="utf-8")
    run("intake 账/督办.csv --rules 例.norm")
    run("intake 账/督办.csv --rules 例.norm --confirm")
    run("check 账 --rules 例.norm --as-of 2024-04-01 --record 记录.jsonl --register 册.sqlite")
    (entry,) = entries()
    assert [(one["role"], one["file"]) for one in entry["files"][:2]] == [
        ("案件", "账/督办.csv"),
        ("对照", "账/督办.对照.yaml"),
    ]
    assert entry["counts"]["verdicts"]["overdue"] == 1


def test_rows_of_a_database_that_changed_are_noticed_by_running_again():
    with sqlite3.connect("库.sqlite") as connection:
        connection.execute("create table 事件 (案件, 行为, 日期, 承办单位)")
        connection.execute("insert into 事件 values ('DB-1', '交办', '2024-03-02', '法院')")
    connection.close()
    Path("督办.database").write_text("地址: sqlite:///库.sqlite\n表: 事件\n", encoding="utf-8")
    run("check 督办.database --rules 例.norm --as-of 2024-04-01 --record 记录.jsonl")
    assert run("verify 记录.jsonl --again").exit_code == 0
    with sqlite3.connect("库.sqlite") as connection:
        connection.execute("update 事件 set 日期 = '2024-03-03'")
    connection.close()
    result = run("verify 记录.jsonl --again")
    assert result.exit_code == 1
    assert "  案件文件 1个：相符 1，不符 0\n" in result.stdout
    assert result.stdout.endswith("结论和数目与记录不同\n    与那次不同的：读到的案件、全部结论\n")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("check - --record 记录.jsonl", "「--record」要把案件再读一遍，标准输入只能读一次"),
        ("check 台账 --record 台账/记录.jsonl", "「--record」的「台账/记录.jsonl」属于输入「台账」"),
        ("check 台账 --record 记录.jsonl --summary 记录.jsonl", "「--record」和「--summary」是同一个文件"),
        ("check 台账 --record 册 --register 册", "「--register」和「--record」是同一个文件"),
        ("check 台账 --record 例.txt", "「例.txt」不是检查记录"),
        ("check 台账 --record 没有/记录.jsonl", "写不了检查记录「没有/记录.jsonl」：没有这个文件或文件夹"),
        ("verify 例.txt", "「例.txt」不是检查记录"),
        ("verify 没有", "读不了检查记录「没有」：没有这个文件或文件夹"),
        ("verify 记录.jsonl --head 甲", "「--head」的「甲」不是摘要"),
        ("verify 记录.jsonl --line 2", "检查记录「记录.jsonl」只有 1行"),
    ],
)
def test_what_is_refused(line, said):
    run(CHECK)
    Path("例.txt").write_text("说明\n", encoding="utf-8")
    before = Path("记录.jsonl").read_bytes()
    result = run(line)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""
    assert Path("记录.jsonl").read_bytes() == before


def test_a_half_written_line_is_told_and_kept_apart():
    run(CHECK)
    with Path("记录.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"as_of":"2024')
    result = run("verify 记录.jsonl")
    assert result.exit_code == 1
    assert "  第 2 行：没有写完（14字节），不算一次检查；下次记录时移到旁边的文件里\n" in result.stdout
    said = run(CHECK).stderr
    assert "最后一行上次没有写完，已移到「记录.jsonl.partial」。" in said
    assert run("verify 记录.jsonl").exit_code == 0
