"""What ``checker intake`` keeps from being confirmed, and from staying confirmed."""

import pytest

from cli.test_intake_command import RULES, confirmed, intake, ledger, run

EVENTS = [
    ["流水号", "督办编号", "环节", "日期", "办理单位"],
    *(
        [f"LS{3 * case + n}", f"督〔2024〕{case + 1}号", act, f"2024-3-{day}", "政法委"]
        for case in range(3)
        for n, (act, day) in enumerate([("登记", 1), ("交办", 5), ("办结", 5)])
    ),
]
QUESTION = (
    "工作表「督办」每案都只有一行：「案件」写的「流水号」一列对不对？"
    "不对的，改成案件编号那一列；对的，在这张表下写「每案一行: 是」"
)


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "甲").mkdir()
    (tmp_path / "甲/甲.norm").write_text(RULES, encoding="utf-8")
    ledger("台账.xlsx", EVENTS)
    return tmp_path


def edit(home, old, new):
    file = home / "台账.对照.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def joined(text):
    return "".join(line.strip() for line in text.splitlines())


def test_rows_that_are_a_case_each_are_asked_about(home):
    intake("台账.xlsx")
    edit(home, "案件: 督办编号", "案件: 流水号")
    told = intake("台账.xlsx")
    assert f"请核对：{QUESTION}。" in joined(told.stdout)
    refused = intake("台账.xlsx", "--confirm")
    assert refused.exit_code == 2
    assert refused.stderr == f"对照「台账.对照.yaml」还不能确认：{QUESTION}。\n"
    edit(home, "已确认: 否", "已确认: 是")  # by hand
    assert "每案都只有一行" in run("check", "台账.xlsx").stderr
    edit(home, "已确认: 是", "已确认: 否")
    edit(home, "  有序: 否", "  有序: 否\n  每案一行: 是")
    assert "已确认对照" in intake("台账.xlsx", "--confirm").stderr
    assert "请核对" not in intake("台账.xlsx").stdout


def test_the_order_of_rows_is_thought_over_with_another_column(home):
    intake("台账.xlsx")
    assert "  有序: 是" in (home / "台账.对照.yaml").read_text(encoding="utf-8")
    edit(home, "案件: 督办编号", "案件: 流水号")
    told = intake("台账.xlsx")
    assert "工作表「督办」按现在写的列，各案的行不是按先后排的，「有序」改成「否」" in told.stderr
    assert "  有序: 否\n" in (home / "台账.对照.yaml").read_text(encoding="utf-8")


def test_an_order_that_a_person_wrote_stays(home):
    ledger("台账.xlsx", [EVENTS[0], *EVENTS[:0:-1]])
    intake("台账.xlsx")
    edit(home, "  有序: 否", "  有序: 是")
    edit(home, "案件: 督办编号", "案件: 流水号")
    intake("台账.xlsx")
    assert "  有序: 是\n" in (home / "台账.对照.yaml").read_text(encoding="utf-8")


@pytest.mark.usefixtures("home")
def test_the_whole_case_is_read_by_the_numbers_that_repeat():
    assert "已确认对照" in confirmed("台账.xlsx").stderr
    assert "合规 6" in run("check", "台账.xlsx").stdout


def test_a_mapping_that_is_edited_is_to_be_confirmed_again(home):
    confirmed("台账.xlsx")
    assert "已经确认过" in intake("台账.xlsx", "--confirm").stderr
    edit(home, "    办结: 办结\n", "    办结: 交办\n")
    refused = run("check", "台账.xlsx")
    assert "对照「台账.对照.yaml」确认以后又改过，改过的还没有确认" in refused.stderr
    assert "核对后运行「checker intake 台账.xlsx --rules 规则包 --confirm」" in refused.stderr
    told = "对照「台账.对照.yaml」确认以后又改过，改过的还没有确认。核对后再运行一次，加「--confirm」。\n"
    assert intake("台账.xlsx").stderr == told
    assert "已确认对照" in intake("台账.xlsx", "--confirm").stderr
    assert run("check", "台账.xlsx").exit_code != 2


def test_nothing_wrong_is_called_unchanged(home):
    confirmed("台账.xlsx")
    edit(home, "    办结: 办结\n", "    办结: 结案了\n")
    told = intake("台账.xlsx")
    assert told.exit_code == 2
    assert "没有改动" not in told.stderr
    assert "还要定的：有没有声明的名称，见上" in told.stderr


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("suffix", ["tsv", "txt"])
def test_a_ledger_in_text_is_read_by_every_command(home, suffix, encoding):
    text = "\n".join("\t".join(row) for row in EVENTS) + "\n"
    name = f"文本.{suffix}"
    (home / name).write_text(text, encoding=encoding)
    assert "已确认对照" in confirmed(name).stderr
    assert "合规 6" in run("check", name).stdout
    for command in ("indicators", "stats"):
        assert "读入 3件，未读入 0处" in run(command, name).stdout
    assert run("convert", name, "--output", "记录.jsonl").exit_code == 0
    assert (home / "记录.jsonl").read_text(encoding="utf-8").count("\n") == 3
    (home / f"下月.{suffix}").write_text(text, encoding=encoding)
    assert "合规 6" in run("check", f"下月.{suffix}").stdout  # by the mapping of the other


def test_formulas_are_told_by_sheet_and_not_of_sheets_that_are_left_out(home):
    draft = [["案号", "说明", "合计"], ["甲", "乙", "=1+1"], ["丙", "丁", "=1+2"]]
    ledger("台账.xlsx", EVENTS, hidden=[("底稿", draft)])
    intake("台账.xlsx")
    edit(home, "读取: 待定", "读取: 否")
    told = intake("台账.xlsx", "--confirm")
    assert "公式" not in told.stdout
    assert "公式" not in run("check", "台账.xlsx").stderr
    ledger("公式.xlsx", [*EVENTS, ["LS9", "督〔2024〕4号", "登记", "=DATE(2024,3,1)", "政法委"]])
    told = run("check", "公式.xlsx").stderr
    assert "提示：表「督办」有 1 格是公式，文件里没有结果\n  在 公式.xlsx 表「督办」\n" in told
    assert "None" not in told


def test_a_cell_of_a_text_is_in_no_sheet(home):
    rows = [*EVENTS, ["LS9", "督〔2024〕4号", "登记", "2024年3月", "政法委"]]
    (home / "文本.csv").write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    confirmed("文本.csv")
    told = run("check", "文本.csv").stderr
    assert "  在 文本.csv 单元格 D11 第 11 行\n" in told


def test_a_row_of_the_header_that_a_person_wrote_is_not_passed_over_in_silence(home):
    intake("台账.xlsx")
    edit(home, "表头行: [1]", "表头行: [2]")
    told = "工作表「督办」的表头认出在第 1 行，「表头行」照此改写；认错了的，用「--header」写明"
    assert told in intake("台账.xlsx").stderr
    assert "  表头行: [1]\n" in (home / "台账.对照.yaml").read_text(encoding="utf-8")
    assert told not in intake("台账.xlsx").stderr
