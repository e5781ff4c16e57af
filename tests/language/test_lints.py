"""Every lint fires on its own example and not on its clean one; waivers; the shipped rules."""

import pytest

from checker import api
from checker.language.compile import compile_packs
from checker.language.linting.lengths import deadlines_in, lengths_in
from checker.language.linting.lint import STAGE, staged
from checker.language.lints import all_lints, lint
from checker.language.source import Source
from checker.language.tidying import tidied
from checker.model.diagnostic import Level

LINTS = {one.code: one for one in all_lints()}


def linted(text, codes=None):
    """The example, or the whole packs, each in a folder of its own."""
    texts = staged(text) if isinstance(text, str) else text
    sources = [Source(f"{n}/x.norm", one.encode()) for n, one in enumerate(texts)]
    rules, problems = compile_packs(sources)
    assert rules is not None, [p.message for p in problems]
    return lint(rules, sources, codes)


def fired(text, code):
    return [hit.message for hit in linted(text).hits if hit.code == code]


@pytest.mark.parametrize("code", LINTS)
def test_it_fires_on_its_example_and_not_on_the_clean_one(code):
    one = LINTS[code]
    assert one.code == one.check.__module__.rpartition(".")[2].replace("_", "-")
    found = [hit for hit in linted(one.bad).hits if hit.code == code]
    assert found
    assert {hit.level for hit in found} <= set(Level)
    assert min(list(Level).index(hit.level) for hit in found) == list(Level).index(one.level)
    assert fired(one.good, code) == []


@pytest.mark.parametrize("code", LINTS)
def test_its_page_is_whole(code):
    one = LINTS[code]
    assert all(text.strip() for text in one.page)
    assert one.title.endswith("。")
    for text in (*staged(one.bad), *staged(one.good)):
        source = Source("x", text.rstrip("\n").encode() + b"\n")
        assert tidied(source).data == source.data


@pytest.mark.parametrize("code", [code for code in LINTS if code != "waiver"])
def test_it_can_be_allowed_on_the_line_above(code):
    texts = [text.split("\n") for text in staged(LINTS[code].bad)]
    hits = [hit for hit in linted(LINTS[code].bad).hits if hit.code == code]
    for file, number in sorted({(hit.at.file, hit.at.line) for hit in hits}, reverse=True):
        texts[int(file[0])].insert(number - 1, f"# lint: 允许 {code} 试一试")
    report = linted(tuple("\n".join(lines) for lines in texts))
    assert [hit for hit in report.hits if hit.code in (code, "waiver")] == []
    assert len([pair for pair in report.waived if pair[0].code == code]) == len(hits)


DUTY = "规范 限期催办\n  依据 《某条例》第五条「{quote}」\n  当 交办\n{above}  应当 政法委 催办{window}\n"


@pytest.mark.parametrize(
    ("above", "message"),
    [
        ("  # lint: 允许 no-bearer 无\n", "这里允许「no-bearer」，而下一行没有这样的问题。"),
        ("  # lint: 允许 no-bearer\n", "「# lint: 允许 no-bearer」没有写明允许什么、为什么。"),
        ("  # lint: 不查 no-bearer 无\n", "「# lint: 不查 no-bearer 无」没有写明允许什么、为什么。"),
        ("  # lint：允许 no-baerer 无\n", "没有「no-baerer」这一项检查。"),
    ],
)
def test_a_waiver_that_says_nothing_or_of_nothing(above, message):
    assert fired(DUTY.format(quote="应当催办", above=above, window=""), "waiver") == [message]


def test_waivers_stack_and_reach_one_line_only():
    above = "  # lint: 允许 no-start 甲\n  # 随便\n  # lint: 允许 number-differs 乙\n"
    report = linted(DUTY.format(quote="应当在三日内催办", above=above, window="，自 交办 起 5日 内"))
    assert [hit.message for hit in report.hits if hit.code == "waiver"] == [
        "这里允许「no-start」，而下一行没有这样的问题。"
    ]
    assert [pair[0].code for pair in report.waived] == ["number-differs"]
    assert fired(DUTY.format(quote="应当在三日内催办", above=above + "  同一 来源\n", window=""), "waiver")


def test_a_waiver_of_a_lint_that_did_not_run_is_not_idle():
    above = "  # lint: 允许 no-bearer 无\n"
    assert linted(DUTY.format(quote="催办", above=above, window=""), ["waiver"]).hits == ()


@pytest.mark.parametrize(
    ("quote", "window", "codes"),
    [
        ("应当在十五日内催办", "，自 交办 起 15日 内", []),
        ("应当在15个工作日内催办", "，自 交办 起 15个工作日 内", []),
        ("应当在两周内催办", "，自 交办 起 14日 内", []),
        ("应当在半年内催办", "，自 交办 起 6个月 内", []),
        ("应当在一年内催办", "，自 交办 起 12个月 内", []),
        ("应当于次日催办", "，自 交办 起 1日 内", []),
        ("应当当场催办", "，自 交办 起 1日 内", []),
        ("应当于2024年5月3日前催办", "，自 交办 起 3日 内", ["number-unsourced"]),
        ("第十五日", "，自 交办 起 15日 内", ["number-unsourced"]),
        ("应当在十五日内催办", "，自 交办 起 5日 内", ["number-differs"]),
        ("应当在十五日内催办", "", ["no-start"]),
        ("当事人有权在十五日以内申请复议", "", []),
        ("应当尽快催办", "，自 交办 起 3日 内", ["discretion", "number-unsourced"]),
        ("原则上应当催办", "", ["discretion"]),
        ("原则上应当催办", "\n  但 已 有 政法委 通知 的，不适用", []),
    ],
)
def test_numbers_against_quotations(quote, window, codes):
    watched = ("number-unsourced", "number-differs", "no-start", "discretion")
    found = linted(DUTY.format(quote=quote, above="", window=window), watched).hits
    assert sorted({hit.code for hit in found}) == codes


LETTER = "规范 函告范围\n  依据 本规程\n  {rule}\n"


@pytest.mark.parametrize(
    ("rule", "decides"),
    [
        ("政法委 函告 限于 力度 属于 {建议、决定}", True),
        ("政法委 函告 限于 事项 属于 {定性、程序进度}", True),
        ("政法委 函告 限于 事项 为 程序进度", False),
        ("政法委 函告 限于 非 力度 为 决定", False),
        ("政法委 函告 限于 有 交办", False),
        ("法院 函告 限于 力度 属于 {建议、决定}", False),
        ("政法委 不得 函告 且 力度 为 决定", False),
        ("当 交办\n  应当 政法委 函告 且 事项 为 定性 且 力度 为 决定", True),
        ("当 交办\n  应当 政法委 函告 且 事项 为 程序进度 且 力度 为 决定", False),
        ("当 交办\n  应当 政法委 函告 且 事项 为 定性", False),
        ("政法委 函告 之前 应当 有 登记", False),
    ],
)
def test_supervisors_do_not_decide(rule, decides):
    assert bool(fired(LETTER.format(rule=rule), "supervisor-decides")) is decides


def test_a_permission_to_decide_is_found_at_the_norm_it_lifts():
    ban = LETTER.format(rule="政法委 不得 函告 且 力度 为 决定")
    permit = "\n规范 例外函告\n  依据 本规程\n  政法委 可以 函告 且 事项 为 {matter}，不受 函告范围 限制\n"
    assert fired(ban + permit.format(matter="证据采信"), "supervisor-decides")
    assert fired(ban + permit.format(matter="程序进度"), "supervisor-decides") == []


HEAD = STAGE.replace("行为 登记", "行为 裁定、登记")


def test_a_ruling_by_a_kind_of_supervisor():
    head = HEAD.replace("机关 政法委、法院", "机关 政法委、法院\n  虎林市委政法委 是 政法委")
    rule = "\n规范 定\n  依据 本规程\n  当 交办\n  应当 {who} 裁定\n"
    assert fired(head + rule.format(who="虎林市委政法委"), "supervisor-decides")
    assert fired(head + rule.format(who="法院"), "supervisor-decides") == []


BASE = LINTS["near-duplicate"].bad


@pytest.mark.parametrize(
    ("change", "twice"),
    [
        (("", ""), "只有期间的长短不同"),
        (("7日", "5日"), "完全相同"),
        (("7日", "7个工作日"), "只有期间的长短不同"),
        (("政法委 催办，自 交办 起 7日", "法院 催办，自 交办 起 7日"), ""),
        (("规范 按时催办\n", "规范 按时催办\n  适用于 类型 为 督办\n"), ""),
        (("规范 按时催办\n", "规范 限期催办\n  施行 2025-01-01\n"), ""),
    ],
)
def test_near_duplicates(change, twice):
    text = BASE.replace(*change) if change[0] else BASE
    if "施行 2025" in text:
        text = text.replace("规范 限期催办\n", "规范 限期催办\n  废止 2025-01-01\n", 1)
    found = fired(text, "near-duplicate")
    assert bool(found) is bool(twice)
    assert not twice or twice in found[0]


def test_references_in_remarks():
    remark = "# 见 demo/没有、demo/催办、other/甲；见「催办」，参见「不在」，本规程第三条\n"
    body = f"{remark}规范 催办\n  依据 本规程\n  当 交办\n  应当 政法委 催办\n"
    assert fired(body, "dead-reference") == [
        "这里说到「demo/没有」，没有这条规范。",
        "这里说到「不在」，规程里没有这个名称的规范或者指标。",
        "这里说到本规程第三条，规范没有条号，找不到是哪一条。",
    ]


@pytest.mark.parametrize(
    "remark", ["听取意见「同意」", "见 demo/demo.norm、demo/text", "意思同「及时」", "见《某法》第三条"]
)
def test_what_only_looks_like_a_reference(remark):
    assert fired(f"# {remark}\n规范 催办\n  依据 本规程\n  当 交办\n  应当 政法委 催办\n", "dead-reference") == []


def test_lengths_in_prose():
    text = "自2024年5月1日起十五日内，至迟不超过半年，一个半月、24小时、第十日、三周；10日以内"
    assert [one.text for one in lengths_in(text)] == ["十五日", "半年", "一个半月", "24小时", "三周", "10日"]
    assert [one.amount for one in lengths_in(text)] == [
        (0, 15, 0), (6, 0, 0), (1, 15, 0), (0, 0, 24), (0, 21, 0), (0, 10, 0)
    ]  # fmt: skip
    assert [one.text for one in deadlines_in(text)] == ["十五日", "10日"]


@pytest.fixture(scope="module")
def shipped_report():
    return api.lint(())[2]


def test_the_shipped_rules_are_clean(shipped_report):
    assert [(h.at.file, h.at.line, h.message) for h in shipped_report.hits if h.level is not Level.NOTE] == []


def test_what_is_allowed_in_the_shipped_rules_has_a_reason(shipped_report):
    assert shipped_report.waived
    assert [waiver.text for _, waiver in shipped_report.waived if len(waiver.reason) < 5] == []
