"""Laying a rule file out anew changes only the layout, whatever the file looked like; doing it again does nothing."""

import random
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.language.format import format_file
from checker.language.parse import parse
from checker.language.scan import read_lines
from checker.language.source import Source
from checker.language.tidying import tidied
from language.surface import HERE, source_of

ROOT = Path(__file__).parents[2]
RULES = sorted((ROOT / "rules").rglob("*.norm"))
SHORT = [path for path in RULES if len(path.read_bytes()) < 12_000]
ROWS = yaml.safe_load((HERE / "surface.yaml").read_text(encoding="utf-8"))
HALF = str.maketrans({"，": ",", "：": ":", "；": ";", "（": "(", "）": ")"})
FULL = str.maketrans({chr(n): chr(n + 0xFEE0) for n in (*range(0x30, 0x3A), 0x3D, 0x7B, 0x7D, 0x2D)})
SAMPLE = "规程 《试》\n  标识 t\n  效力 示范\n\n词汇\n  行为 甲、乙\n\n规范 子\n  依据 本规程\n  甲 不得 乙\n"
LAYOUTS = [
    ("blanks",
     "规程   《试》 \n  标识\u3000t\n",
     "规程 《试》\n  标识 t\n"),
    ("marks",
     "词汇\n  行为 甲 、乙:x { a ､b}\n",
     "词汇\n  行为 甲、乙：x {a、b}\n"),
    ("full stop at the end",
     "规范 子\n  当 甲。\n",
     "规范 子\n  当 甲\n"),
    ("period apart from 内",
     "规范 子\n  应当 甲，自 乙 起 3日内\n",
     "规范 子\n  应当 甲，自 乙 起 3日 内\n"),
    ("前5日内 is one",
     "规范 子\n  应当 甲，在 期满 子 前 5日 内\n",
     "规范 子\n  应当 甲，在 期满 子 前5日内\n"),
    ("5日前 is one",
     "规范 子\n  应当 甲，在 期满 子 5日 前\n",
     "规范 子\n  应当 甲，在 期满 子 5日前\n"),
    ("a name that ends like a period",
     "规范 子\n  应当 甲，在 其 一审判决之日 前 5日 内\n",
     "规范 子\n  应当 甲，在 其 一审判决之日 前5日内\n"),
    ("days listed",
     "规范 子\n  期间 3日、 5日为工作日;十日以内为工作日\n",
     "规范 子\n  期间 3日、5日 为工作日；十日以内为工作日\n"),
    ("quotation marks",
     "规范 子\n  依据 x“引文”\n",
     "规范 子\n  依据 x「引文」\n"),
    ("marks that would not close",
     "规范 子\n  依据 x“引」文”\n",
     "规范 子\n  依据 x“引」文”\n"),
    ("blocks stand apart",
     "规程 《试》\n  标识 t\n# 关于子\n规范 子\n\n  当 甲\n\n\n\n  草案\n",
     "规程 《试》\n  标识 t\n\n# 关于子\n规范 子\n  当 甲\n\n  草案\n"),
    ("comments",
     "规范 子 #题\n      # 触发\n      当 甲\n      # 末\n\n# 边\n",
     "规范 子  #题\n  # 触发\n  当 甲\n  # 末\n\n# 边\n"),
    ("comment about an exception",
     "规范 子\n    但 有 甲 的，不适用\n    # 除外\n        但 有 乙 的除外\n    # 后\n    草案\n",
     "规范 子\n  但 有 甲 的，不适用\n    # 除外\n    但 有 乙 的除外\n  # 后\n  草案\n"),
    ("no line end at the end",
     "规范 子\n  当 甲",
     "规范 子\n  当 甲\n"),
    ("only comments",
     "\n\n# 甲\n\n\n # 乙\n\n",
     "# 甲\n\n  # 乙\n"),
    ("nothing",
     "",
     ""),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), [row[1:] for row in LAYOUTS], ids=[row[0] for row in LAYOUTS])
def test_layout(before, after):
    found = tidied(Source("x.norm", before.encode()))
    assert found.data is not None, found.problems
    assert found.after == after
    assert tidied(Source("x.norm", found.data)).after == after


@pytest.mark.parametrize(
    ("encode", "decoded"),
    [
        (lambda t: t.replace("\n", "\r\n").encode(), "utf-8"),
        (lambda t: b"\xef\xbb\xbf" + t.encode(), "utf-8-sig"),
        (lambda t: b"\xef\xbb\xbf" + t.replace("\n", "\r\n").encode(), "utf-8-sig"),
        (lambda t: b"\xff\xfe" + t.encode("utf-16-le"), "utf-16"),
        (lambda t: b"\xfe\xff" + t.replace("\n", "\r\n").encode("utf-16-be"), "utf-16"),
    ],
    ids=["crlf", "bom", "bom-crlf", "utf-16-le", "utf-16-be-crlf"],
)
def test_encoding_and_line_ends_stay(encode, decoded):
    assert tidied(Source("x", encode(SAMPLE))).data == encode(SAMPLE)
    found = tidied(Source("x", encode(SAMPLE.replace("甲 不得", "甲   不得"))))
    assert found.data == encode(SAMPLE)
    assert found.data.decode(decoded).replace("\r\n", "\n") == SAMPLE


def test_mixed_line_ends_become_one_kind():
    assert tidied(Source("x", SAMPLE.replace("\n", "\r\n", 3).encode())).data == SAMPLE.encode()
    assert tidied(Source("x", SAMPLE.replace("\n", "\r").encode())).data == SAMPLE.encode()


@pytest.mark.parametrize("data", ["规程 a\n".encode(), b"\xff\xfe\x00", "规范 子\n  当 甲,\n".encode(), b"\x00"])
def test_a_file_with_faults_stays_as_it_is(data):
    found = tidied(Source("x.norm", data))
    assert found.data is None
    assert found.problems


def jittered(text, draw):
    """The same rules in another hand: width, blanks, deeper indentation, remarks and empty lines at random."""
    shown = []
    for line in read_lines(text):
        body, rest = line.raw[: line.comment], line.raw[line.comment :]
        pieces = re.split("(「[^」]*」|《[^》]*》)", body.lstrip())
        mixed = "".join(p if p.startswith(("「", "《")) else "".join(_char(c, draw) for c in p) for p in pieces)
        shown.append(" " * line.indent * 2 + mixed + rest if body.strip() else line.raw)
        shown += [""] * draw.choice([0, 0, 0, 1, 3])
    return "\n".join(shown)


def _char(char, draw):
    lead = " " * draw.randint(0, 2) if char in "，、：；（）" else ""
    return lead + draw.choice([char, char.translate(HALF), char.translate(FULL)])


def same(text, other):
    one, two = parse("t", text), parse("t", other)
    return not one.faults and not two.faults and one.tree == two.tree and comments(one) == comments(two)


def comments(parsed):
    return [line.raw[line.comment + 1 :].rstrip() for line in parsed.lines if line.comment < len(line.raw)]


@pytest.mark.parametrize("path", RULES, ids=lambda p: p.stem)
def test_every_shipped_file_reads_the_same(path):
    text = path.read_text(encoding="utf-8")
    laid_out = format_file(parse("t", text))
    assert same(text, laid_out)
    assert format_file(parse("t", laid_out)) == laid_out


@settings(max_examples=15, deadline=None)
@given(path=st.sampled_from(SHORT), seed=st.integers(0, 10_000))
def test_a_shipped_file_in_another_hand_is_laid_out_the_same(path, seed):
    text = path.read_text(encoding="utf-8")
    other = jittered(text, random.Random(seed))
    laid_out = format_file(parse("t", other))
    assert same(text, laid_out)
    packed = [line for line in laid_out.split("\n") if line]
    assert packed == [line for line in format_file(parse("t", text)).split("\n") if line]
    assert format_file(parse("t", laid_out)) == laid_out


@settings(max_examples=60, deadline=None)
@given(row=st.sampled_from(ROWS), seed=st.integers(0, 10_000))
def test_every_surface_in_another_hand_is_laid_out_the_same(row, seed):
    text = source_of(row["norm"]).data.decode()
    laid_out = format_file(parse("t", jittered(text, random.Random(seed))))
    assert same(text, laid_out)
    assert [x for x in laid_out.split("\n") if x] == [x for x in format_file(parse("t", text)).split("\n") if x]


MARKS = "、，；：（）{}=#。「」《》『“\n\t \u3000"
WORDS = [*MARKS, "\n  ", "\n    ", *(
    "规程", "词汇", "规范", "当", "应当", "自", "起", "内", "前", "的，", "3日", "甲", "子", "依据", "但",
    "有", "不适用",
)]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=25))
def test_anything_is_either_told_of_or_laid_out(words):
    """A layout that would read differently is a fault of ours, and raised as one."""
    found = tidied(Source("x.norm", "".join(words).encode()))
    assert (found.data is None) == bool(found.problems)
