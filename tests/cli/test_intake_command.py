"""``checker intake`` and the commands that read ledgers: output, files, exit codes."""

import json

import openpyxl
import pytest
from click.testing import CliRunner

from checker.cases.ledger.confirmation import digest_of
from checker.cases.ledger.mapping_yaml import read_mapping
from checker.cli.main import program

RULES = """规程 《甲》
  标识 jia
  效力 示范
  期间 次日起算；日为自然日

词汇
  机关 政法委、法院
  类型 督办
  行为 登记、办结
  行为 交办：承办单位 机关，期限 期间

规范 按期办结
  依据 测试「原文」
  当 政法委 交办
  应当 办结，自 交办 起 30日 内

规范 由政法委交办
  依据 测试「原文」
  交办 由 政法委

指标 办结数
  依据 测试「原文」
  计 办结
"""
HEAD = ["序号", "案号", "当事人", "登记日期", "转办日", "承办单位", "办结日期", "批示"]
ROWS = [
    [1, "督〔2024〕1号", "张三", "2024-3-1", "2024-3-5", "法院", "2024-4-1", "阅"],
    [2, "督（2024）2号", "李四", "2024-3-1", "2024-3-5", "市法院", None, None],
    [3, "督2024-3", "王五", "2024-3-1", "2024-3-5", "法院", "2024年4月", None],
    [4, None, "赵六", "2024-3-1", None, None, None, None],
    ["合计", 4],
]
SHOWN = """\
台账「台账.xlsx」（xlsx）

工作表「督办」：一行一案，表头在第 2 行
  序号      不读
  案号      案件编号
  当事人    不读（可能写着人名或案情）
  登记日期  「登记」的日期
  转办日    「交办」的日期
  承办单位  「交办」的「承办单位」
  办结日期  「办结」的日期
  批示      没有对照，不读
  案件类型都是「督办」
  由谁做的：交办（政法委）
  没有记录就当作没有的行为（涵盖）：登记、交办、办结
  案件或事件共 4 行：已读入 1 行，有疑问 2 行，未读入 1 行
  另有不是案件的：合计行 1 行（第 7 行）

头 3 案读成：
  B3 案件「督〔2024〕1号」：登记 2024-03-01；交办 2024-03-05，政法委，承办单位 法院；办结 2024-04-01
  B4 案件「督〔2024〕2号」：登记 2024-03-01；交办 2024-03-05，政法委
  B5 案件「督2024-3」：登记 2024-03-01；交办 2024-03-05，政法委，承办单位 法院；办结 （日期不明）

有疑问：列「承办单位」：机关「市法院」没有登记
  在 表「督办」 F4「市法院」
  此处可写：词汇或机关登记里的名称
  建议：在对照文件的「机关对照」里写上它是哪个机关
  本案已读入，这一项按不知道处理

有疑问：列「办结日期」：「2024年4月」只写到月份，没有写哪一日
  在 表「督办」 G5「2024年4月」
  此处可写：2024-03-05、2024.3.5、2024年3月5日 或 二〇二四年三月五日
  建议：补上日
  本案已读入，「办结」按有记录、日期不明处理

未读入：这一行没有案件编号
  在 表「督办」 B6「2024-3-1」
  此处可写：每行都写编号，或者合并单元格
  建议：补上编号
  这一行未读入；它可能接着上一案，上一案有没有这一行写到的行为按不知道处理

合计 4 行：已读入 1 行，有疑问 2 行，未读入 1 行；共 3 案。
最晚的日期是 2024-04-01。检查时用「--as-of」写明台账填到哪一天：写得晚了，还没有填的会当作没有记录。
"""


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "甲").mkdir()
    (tmp_path / "甲/甲.norm").write_text(RULES, encoding="utf-8")
    ledger("台账.xlsx", [["督办台账"], HEAD, *ROWS])
    return tmp_path


def ledger(path, rows, title="督办", hidden=()):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    for name, more in hidden:
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden"
        for row in more:
            sheet.append(row)
    book.save(path)


def run(*args):
    return CliRunner().invoke(program, [*args, "--rules", "甲"])


def intake(*args):
    return run("intake", *args)


def confirmed(*names):
    intake(*names)
    result = intake(*names, "--confirm")
    return result


def test_a_ledger_is_shown_and_its_mapping_written(home):
    result = intake("台账.xlsx")
    assert result.stdout == SHOWN
    assert result.stderr == ("已写对照「台账.对照.yaml」。请打开核对、修改，再运行一次，加「--confirm」确认。\n")
    assert result.exit_code == 2
    assert "  当事人列: [当事人]" in (home / "台账.对照.yaml").read_text(encoding="utf-8")


def test_what_the_rules_ask_beyond_the_ledger_is_told(home):
    """An act that is not covered makes findings unknown; one covered without a column is missed in every case."""
    rules = RULES.replace("登记、办结", "登记、办结、延期批准")
    rules = rules.replace("起 30日 内\n", "起 30日 内\n  但 期满前 有 延期批准 的，延长 30日\n")
    (home / "甲/甲.norm").write_text(rules, encoding="utf-8")
    told = intake("台账.xlsx").stdout
    assert "  规则还要看：下列行为不在涵盖里，等着它的规范只能是资料不足：延期批准（按期办结）。" in told
    assert "请核对" not in told
    mapping = home / "台账.对照.yaml"
    text = mapping.read_text(encoding="utf-8")
    mapping.write_text(text.replace("涵盖: [登记, 交办, 办结]", "涵盖: [登记, 交办, 办结, 延期批准]"), encoding="utf-8")
    told = intake("台账.xlsx").stdout
    assert "规则还要看" not in told
    assert "  请核对：延期批准：在涵盖里，却没有一列记它；这样各案都是「未见记录」。" in told


@pytest.mark.usefixtures("home")
def test_only_a_confirmed_ledger_is_checked():
    unread = run("check", "台账.xlsx", "--as-of", "2024-12-31")
    assert (unread.exit_code, "运行「checker intake 台账.xlsx --rules 规则包」" in unread.stderr) == (2, True)
    intake("台账.xlsx")
    unread = run("check", "台账.xlsx", "--as-of", "2024-12-31")
    assert (unread.exit_code, "还没有确认" in unread.stderr) == (2, True)
    assert "已确认对照「台账.对照.yaml」" in intake("台账.xlsx", "--confirm").stderr
    result = run("check", "台账.xlsx", "--as-of", "2024-12-31", "--format", "jsonl", "--brief", "--only", "all")
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(one["case"], one["norm"], one["verdict"]) for one in found] == [
        ("督〔2024〕1号", "jia/按期办结", "met"),
        ("督〔2024〕1号", "jia/由政法委交办", "met"),
        ("督〔2024〕2号", "jia/按期办结", "overdue"),
        ("督〔2024〕2号", "jia/由政法委交办", "met"),
        ("督2024-3", "jia/按期办结", "undetermined"),
        ("督2024-3", "jia/由政法委交办", "met"),
    ]
    assert result.exit_code == 2
    assert "台账.xlsx 表「督办」单元格 B6" in result.stderr


def test_nothing_is_confirmed_that_nobody_saw(home):
    result = intake("台账.xlsx", "--confirm")
    assert (result.exit_code, "还没有人看过，没有确认" in result.stderr) == (2, True)
    assert "已确认: 否" in (home / "台账.对照.yaml").read_text(encoding="utf-8")


def test_nothing_is_confirmed_that_is_open(home):
    ledger("乙.xlsx", [HEAD, ROWS[0]], hidden=[("旧", [HEAD, ROWS[1]])])
    assert confirmed("乙.xlsx").exit_code == 2
    text = (home / "乙.对照.yaml").read_text(encoding="utf-8")
    assert "已确认: 否" in text
    (home / "乙.对照.yaml").write_text(text.replace("读取: 待定", "读取: 否"), encoding="utf-8")
    result = intake("乙.xlsx", "--confirm")
    assert (result.exit_code, "工作表「旧」：不读。" in result.stdout) == (0, True)


def test_the_words_of_a_person_stay(home):
    intake("台账.xlsx")
    file = home / "台账.对照.yaml"
    mine = file.read_text(encoding="utf-8").replace("市法院:   # 是不是「法院」？", "市法院: 法院  # 问过了")
    file.write_text("# 我核对的\n" + mine, encoding="utf-8")
    intake("台账.xlsx", "--confirm")
    digest = digest_of(read_mapping("台账.对照.yaml"))
    said = f"已确认: 是\n确认时的摘要: {digest}"
    assert file.read_text(encoding="utf-8") == "# 我核对的\n" + mine.replace("已确认: 否", said)
    again = intake("台账.xlsx")
    assert "已经确认，没有改动" in again.stderr
    assert "市法院」没有登记" not in again.stdout


def test_other_headers_are_told_and_to_be_confirmed_again(home):
    confirmed("台账.xlsx")
    before = (home / "台账.对照.yaml").read_text(encoding="utf-8")
    ledger("台账.xlsx", [[*HEAD, "归档日期"], [*ROWS[0], None]])
    assert run("check", "台账.xlsx").exit_code == 2
    result = intake("台账.xlsx")
    assert "工作表「督办」多了列「归档日期」" in result.stderr
    assert (home / "台账.对照.yaml.bak").read_text(encoding="utf-8") == before
    assert "已确认: 否" in (home / "台账.对照.yaml").read_text(encoding="utf-8")
    assert intake("台账.xlsx", "--confirm").exit_code == 0


def test_a_ledger_with_equal_headers_needs_no_mapping_of_its_own(home):
    confirmed("台账.xlsx")
    ledger("11月.xlsx", [HEAD, ROWS[0]], title="11月")
    result = intake("11月.xlsx")
    assert "表头与已确认的对照「台账.对照.yaml」相同，用它，不另写。" in result.stderr
    assert not (home / "11月.对照.yaml").exists()
    assert run("check", "11月.xlsx", "--as-of", "2024-12-31").exit_code == 0


def test_looking_writes_nothing(home):
    assert intake("台账.xlsx", "--show").stdout == SHOWN
    assert not (home / "台账.对照.yaml").exists()


def test_messages_for_machines(home):
    result = intake("台账.xlsx", "--format", "jsonl", "--messages", "问题.jsonl", "--show")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    messages = [json.loads(line) for line in (home / "问题.jsonl").read_text(encoding="utf-8").splitlines()]
    assert lines[:-1] == messages
    assert [(one["level"], one["code"], one["sheet"], one["cell"]) for one in messages] == [
        ("warning", "unknown-organ", "督办", "F4"),
        ("warning", "month-only", "督办", "G5"),
        ("error", "missing-case", "督办", "B6"),
    ]
    assert lines[-1]["rows"] == {"read": 1, "doubtful": 2, "unread": 1}
    assert lines[-1]["others"] == {"total": [7]}


def test_many_messages_of_a_kind_are_counted(home):
    ledger("多.xlsx", [HEAD, *([n, f"督{n}号", None, "2024年3月", None, None, None, None] for n in range(1, 31))])
    shown = intake("多.xlsx", "--show", "--messages", "全部.jsonl").stdout
    assert "D21「2024年3月」；同样的共 30 处" in shown.replace("\n    ", "")
    assert len((home / "全部.jsonl").read_text(encoding="utf-8").splitlines()) == 30


@pytest.mark.usefixtures("home")
def test_a_header_may_be_pointed_at():
    ledger("歪.xlsx", [["案号", "登记日期"], ["督办案号", "转办日"], ["督1号", "2024-3-1"]])
    assert "表头在第 1–2 行" not in intake("歪.xlsx", "--show", "--header", "2").stdout
    assert "「交办」的日期" in intake("歪.xlsx", "--show", "--header", "督办=2").stdout
    wrong = intake("歪.xlsx", "--show", "--header", "第二行")
    assert (wrong.exit_code, "不是行号" in wrong.stderr) == (2, True)


def test_a_mapping_may_stand_elsewhere(home):
    for args in ([], ["--confirm"]):
        intake("台账.xlsx", "--mapping", "对照/督办.yaml", *args)
    assert not (home / "台账.对照.yaml").exists()
    for command in (["check", "--as-of", "2024-12-31"], ["indicators", "--as-of", "2024-12-31"]):
        result = run(command[0], "台账.xlsx", *command[1:], "--mapping", "对照/督办.yaml")
        assert "B6" in result.stderr
        assert "没有读到任何案件" not in result.stderr
    both = intake("台账.xlsx", "台账.xlsx", "--mapping", "对照/督办.yaml")
    assert both.exit_code == 2


def test_other_commands_read_ledgers(home):
    confirmed("台账.xlsx")
    counted = run("indicators", "台账.xlsx", "--as-of", "2024-12-31", "--format", "jsonl")
    assert json.loads(counted.stdout)["cases"] == 3
    run("convert", "台账.xlsx", "--output", "案.jsonl")
    cases = [json.loads(line) for line in (home / "案.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [one["case"] for one in cases] == ["督〔2024〕1号", "督〔2024〕2号", "督2024-3"]
    archive = run(
        "check", "台账.xlsx", "--as-of", "2024-12-31", "--engine", "archive", "--jobs", "1", "--format", "jsonl"
    )
    single = run("check", "台账.xlsx", "--as-of", "2024-12-31", "--engine", "row", "--format", "jsonl")
    assert archive.stdout == single.stdout != ""


@pytest.mark.usefixtures("home")
def test_a_date_that_has_not_come_is_told():
    ledger("远.xlsx", [HEAD, [1, "督1号", None, "2024-3-1", "2024-3-5", "法院", "2098-4-1", None]])
    result = intake("远.xlsx", "--show")
    assert "有疑问：「办结」的日期 2098-04-01 还没有到" in result.stdout
    assert result.exit_code == 1


def test_a_workbook_of_cases_needs_no_mapping(home):
    ledger("案.xlsx", [["案件", "日期", "行为"], ["督1号", "2024-03-01", "登记"]], title="事件")
    result = intake("案.xlsx")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "是案件工作簿" in result.stderr
    assert not (home / "案.对照.yaml").exists()


def test_what_cannot_be_opened_is_told(home):
    (home / "坏.xlsx").write_bytes(b"PK\x03\x04 damaged")
    result = intake("坏.xlsx")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "坏.xlsx" in result.stderr
    assert intake("没有.xlsx").exit_code == 2
    assert intake("台账.xlsx", "--output", "台账.xlsx").exit_code == 2


def test_text_has_no_sheets(home):
    head = "案号,登记日期,交办日期,承办单位,办结日期"
    rows = [f"督〔2024〕{n}号,2024-3-1,2024-3-5,法院,2024-4-1" for n in range(1, 5)]
    (home / "文字.csv").write_text("\n".join([head, *rows, "督〔2024〕5号,2024-3-1,2024年3月,法院,"]), encoding="utf-8")
    intake("文字.csv")
    assert intake("文字.csv", "--confirm").exit_code == 1
    found = run("check", "文字.csv", "--as-of", "2024-12-31")
    assert "  在 文字.csv 单元格 C6 第 6 行\n" in found.stderr
    assert "None" not in found.stderr
    (home / "无号.csv").write_text("\n".join(["甲,乙,丙", "一,二,三", "四,五,六"]), encoding="utf-8")
    intake("无号.csv")
    assert "工作表「」" not in intake("无号.csv", "--confirm").stderr


@pytest.mark.parametrize("engine", ["row", "durable", "archive"])
def test_a_case_in_two_ledgers_is_not_held_against_the_older_one(home, engine):
    """Ledgers that grow lie beside one another: what the first lacks, the second tells."""
    (home / "台账.xlsx").unlink()
    folder = home / "月报"
    folder.mkdir()
    old = [1, "督1号", "张三", "2024-3-1", "2024-3-5", "法院", None, None]
    new = [1, "督1号", "张三", "2024-3-1", "2024-3-5", "法院", "2024-4-1", None]
    other = [2, "督2号", "李四", "2024-3-1", "2024-3-5", "法院", None, None]
    ledger(folder / "10月.xlsx", [HEAD, old])
    ledger(folder / "11月.xlsx", [HEAD, new, other])
    confirmed(str(folder))
    words = ["--as-of", "2024-12-31", "--format", "jsonl", "--brief", "--only", "all", "--engine", engine]
    result = run("check", "月报", *words)
    found = {(one["case"], one["norm"]): one["verdict"] for one in map(json.loads, result.stdout.splitlines())}
    assert found == {
        ("督1号", "jia/按期办结"): "undetermined",
        ("督1号", "jia/由政法委交办"): "met",
        ("督2号", "jia/按期办结"): "overdue",
        ("督2号", "jia/由政法委交办"): "met",
    }
    assert result.exit_code == 2
    assert "案件「督1号」几份台账里都有，只读第一份" in result.stderr
    assert "这一份里没有的，别的里可能写着，按不知道处理" in result.stderr
    alone = run("check", "月报/10月.xlsx", *words)
    assert '"verdict":"overdue"' in alone.stdout
