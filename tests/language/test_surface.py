"""Every surface beside its core; what the writer's hand varies (width, blanks, numerals, line ends) changes nothing."""

import os
import random

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.language import Source, compile_packs
from checker.language.format import format_file
from checker.language.parse import parse
from checker.language.scan import read_lines
from language.surface import HERE, PREAMBLE, compiled, dumped, plain, shown, source_of

TABLE = HERE / "surface.yaml"
ROWS = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
NAMES = [row["name"] for row in ROWS]
SAMPLE = (HERE / "sample" / "duban.norm").read_text(encoding="utf-8")
WIDTH = str.maketrans({"，": ",", "：": ":", "；": ";", "（": "(", "）": ")", " ": "\u3000"})
FULL = str.maketrans({chr(n): chr(n + 0xFEE0) for n in (*range(0x30, 0x3A), 0x3D, 0x7B, 0x7D, 0x2D)})


def core(body):
    found = shown(compiled(body))
    for clause in found.get("exceptions", ()):
        clause.pop("text")
    return found


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_surface_lowers_to_core(row):
    assert core(row["norm"]) == row["core"]


def test_table_is_accepted():
    """CHECKER_ACCEPT=1 rewrites the cores; the diff is reviewed."""
    if os.environ.get("CHECKER_ACCEPT"):
        rows = [{**row, "core": core(row["norm"])} for row in ROWS]
        head = TABLE.read_text(encoding="utf-8").split("\n", 1)[0]
        TABLE.write_text(f"{head}\n{dumped(rows)}", encoding="utf-8")
    assert len(NAMES) == len(set(NAMES)) > 50


def test_sample_pack():
    """The pack that the language was designed on, whole."""
    rules, problems = compile_packs([Source("duban.norm", SAMPLE.encode())])
    assert not problems
    found = {
        "pack": plain(rules.packs[0]),
        "norms": [plain(norm) for norm in rules.norms],
        "strata": plain(rules.strata),
    }
    golden = HERE / "sample" / "duban.yaml"
    if os.environ.get("CHECKER_ACCEPT"):
        golden.write_text(dumped(found), encoding="utf-8")
    assert found == yaml.safe_load(golden.read_text(encoding="utf-8"))


def outside_quotes(text, change):
    """The text with ``change`` applied to every stretch that is neither quoted nor a comment."""
    shown = []
    for line in read_lines(text):
        body, rest = line.raw[: line.comment], line.raw[line.comment :]
        pieces = body.replace("「", "\0「").replace("」", "」\0").split("\0")
        shown.append("".join(p if p.startswith("「") else change(p) for p in pieces) + rest)
    return "\n".join(shown)


def packs_core(text):
    rules, problems = compile_packs([Source("x.norm", text.encode())])
    assert rules is not None, [p.message for p in problems]
    (pack,) = rules.packs
    parameters = {name: one.model_copy(update={"span": None}) for name, one in pack.parameters.items()}
    return bare(rules.norms), pack.model_copy(update={"span": None, "parameters": parameters}), rules.vocabulary


def bare(norms):
    kept = []
    for norm in norms:
        clauses = tuple(c.model_copy(update={"text": ""}) for c in norm.exceptions)
        kept.append(norm.model_copy(update={"text": "", "span": None, "exceptions": clauses}))
    return kept


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.translate(WIDTH),
        lambda t: t.translate(FULL),
        lambda t: t.replace(" ", "   ").replace("，", " ， ").replace("、", " 、 "),
        lambda t: t + "  # 注" if t and "「" not in t and "#" not in t and not t.endswith("\0") else t,
    ],
    ids=["half-width", "full-width", "blanks", "comments"],
)
@pytest.mark.parametrize("text", [SAMPLE, PREAMBLE], ids=["sample", "preamble"])
def test_width_and_blanks_do_not_matter(text, change):
    assert packs_core(outside_quotes(text, change) if "#" not in change("甲") else text + "\n# 尾注\n") == packs_core(
        text
    )


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_do_not_matter(ends):
    assert packs_core(SAMPLE.replace("\n", ends)) == packs_core(SAMPLE)


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_format_keeps_the_tree(row):
    text = source_of(row["norm"]).data.decode()
    parsed = parse("t", text)
    laid_out = format_file(parsed)
    again = parse("t", laid_out)
    assert not parsed.faults
    assert not again.faults
    assert again.tree == parsed.tree
    assert format_file(again) == laid_out
    assert bare(compile_packs([Source("t", laid_out.encode())])[0].norms) == bare(
        compile_packs([Source("t", text.encode())])[0].norms
    )


def test_format_keeps_comments():
    comments = [line.raw[line.comment :].rstrip() for line in read_lines(SAMPLE) if line.comment < len(line.raw)]
    laid_out = format_file(parse("t", SAMPLE))
    assert comments
    assert [line.raw[line.comment :] for line in read_lines(laid_out) if line.comment < len(line.raw)] == comments


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_random_writing_gives_the_same_core(seed):
    draw = random.Random(seed)

    def vary(piece):
        chars = []
        for char in piece:
            options = [char, char.translate(WIDTH), char.translate(FULL)]
            mark = char in "，、：；（）"
            chars.append((" " * draw.randint(0, 2) if mark else "") + draw.choice(options))
        return "".join(chars)

    body = "\n".join(ROWS[draw.randrange(len(ROWS))]["norm"].rstrip("\n").split("\n"))
    text = source_of(body).data.decode()
    lines = [line[: len(line) - len(line.lstrip())] + outside_quotes(line.lstrip(), vary) for line in text.split("\n")]
    assert packs_core("\n".join(lines)) == packs_core(text)


PERIODS = """
30日 三十日; 30日 30天; 5个工作日 五个工作日; 5个工作日 5工作日; 2个月 两个月; 2个月 二月; 6个月 半年; 15日 半个月;
一个半月 1个半月; 3个月 一个季度; 24小时 二十四小时; 1年6个月 一年半; 110日 一百一十日; 3日 3个自然日; 10日 十日;
12日 十二日; １５日 15日
"""


@pytest.mark.parametrize(("one", "other"), [pair.split() for pair in PERIODS.split(";")])
def test_numerals_are_alike(one, other):
    text = "当 交办\n应当 办结，自 交办 起 {} 内"
    assert core(text.format(one)) == core(text.format(other))


@pytest.mark.parametrize(("one", "other"), [("一次", "1次"), ("两次", "2 次"), ("二次", "2次")])
def test_counts_are_alike(one, other):
    text = "当 交办\n应当 办结，自 交办 起 3日 内\n但 有 延期批准 的，延长 1日，以 {} 为限"
    assert core(text.format(one)) == core(text.format(other))


@pytest.mark.parametrize(("one", "other"), [("第二次", "第2次"), ("第二次", "第 2 次"), ("首次", "第一次")])
def test_ordinals_are_alike(one, other):
    assert core(f"当 {one} 交办\n人工认定 「可否」") == core(f"当 {other} 交办\n人工认定 「可否」")


@pytest.mark.parametrize(("one", "other"), [("2024-05-01", "2024年5月1日"), ("2024-05-01", "２０２４-05-01")])
def test_dates_are_alike(one, other):
    text = "当 交办 且 截止日 早于 {}\n人工认定 「可否」"
    assert core(text.format(one)) == core(text.format(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("但 已 有 审批 的，不适用", "但 已有 审批 的 ，不适用"),
        (
            "但 来源 为 领导批示 的，不适用\n  但 急件 为 是 的，除外",
            "但 来源 为 领导批示 的，不适用\n      但 急件 为 是 的除外",
        ),
    ],
)
def test_spellings_are_alike(one, other):
    head = "当 交办\n应当 办结，自 交办 起 3日 内\n"
    assert core(head + one) == core(head + other)
