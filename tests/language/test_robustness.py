"""Whatever bytes come, there is a clear answer within seconds and no crash."""

import random
import time

import pytest

from checker.language import Source, compile_packs
from checker.language.render import render
from checker.model.diagnostic import Level
from language.surface import HERE, PREAMBLE

NORM = "\n规范 例\n  依据 测试\n"
HOSTILE = {
    "garbage": (random.Random(1).randbytes(5000), "not-text"),
    "nul": (b"\0\0\0", "not-text"),
    "odd utf-16": (b"\xff\xfe\x00", "not-text"),
    "too large": (b"#" * 9_000_000, "too-large"),
    "empty": (b"", "no-head"),
    "only comments": ("# 注\n\n".encode(), "no-head"),
    "one long word": ((PREAMBLE + NORM + "  当 " + "交" * 1_000_000 + "\n").encode(), "long-word"),
    "many words": ((PREAMBLE + NORM + "  当 " + "交 " * 500_000 + "\n").encode(), "unexpected"),
    "long list": ((PREAMBLE + NORM + "  当 " + "、".join(["交办"] * 300_000) + "\n").encode(), "long-line"),
    "marks": (("，" * 300_000).encode(), "block"),
    "open quotes": (("「" * 300_000).encode(), "unclosed"),
    "deep": (
        (PREAMBLE + NORM + "  当 交办 且 " + "（" * 10_000 + "金额 大于 1" + "）" * 10_000).encode(),
        "too-nested",
    ),
    "negations": ((PREAMBLE + NORM + "  当 交办 且 " + "非 " * 10_000 + "金额 大于 1").encode(), "too-nested"),
    "bad lines": ((PREAMBLE + NORM + "  坏 坏 坏 坏\n" * 20_000).encode(), "too-many"),
    "stairs": ((PREAMBLE + NORM + "".join(" " * (n + 2) + "当 交办\n" for n in range(1000))).encode(), "too-deep"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bytes(name):
    data, code = HOSTILE[name]
    started = time.process_time()
    rules, problems = compile_packs([Source("x.norm", data)])
    assert time.process_time() - started < 10
    assert rules is None
    assert code in [p.code for p in problems]
    assert all(len(p.message) < 300 and len(p.quote) < 100 for p in problems)


@pytest.mark.parametrize(
    "data",
    [
        PREAMBLE.encode(),
        b"\xef\xbb\xbf" + PREAMBLE.encode(),
        PREAMBLE.encode("utf-16"),
        b"\xfe\xff" + PREAMBLE.encode("utf-16-be"),
        PREAMBLE.rstrip("\n").encode(),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16", "utf-16 big-endian", "no last line end"],
)
def test_encodings(data):
    rules, problems = compile_packs([Source("x.norm", data)])
    assert rules is not None
    assert not problems


def test_nesting_below_the_limit_is_read():
    body = "  当 交办 且 " + "（" * 39 + "金额 大于 1" + "）" * 39 + "\n  人工认定 「可否」\n"
    rules, _ = compile_packs([Source("x.norm", (PREAMBLE + NORM + body).encode())])
    assert rules is not None


def test_long_chains_of_norms():
    """A thousand norms, each on the breach of the last: strata without recursion."""
    norms = ["\n规范 n0\n  依据 测试\n  当 交办\n  应当 办结，自 交办 起 3日 内\n"]
    for n in range(1, 1000):
        norms.append(f"\n规范 n{n}\n  依据 测试\n  当 违反 n{n - 1}\n  应当 通知，自 违反 起 3日 内\n")
    rules, _ = compile_packs([Source("x.norm", (PREAMBLE + "".join(norms)).encode())])
    assert rules is not None
    assert len(rules.strata) == 1000


def test_random_edits_never_crash():
    """Words dropped, doubled and swapped: always a rule set or a list of errors."""
    draw = random.Random(7)
    sample = (HERE / "sample" / "duban.norm").read_text(encoding="utf-8")
    for _ in range(60):
        chars = list(sample)
        for _ in range(draw.randint(1, 12)):
            at = draw.randrange(len(chars))
            if draw.random() < 0.4:
                del chars[at : at + draw.randint(1, 5)]
            else:
                chars.insert(at, draw.choice("的，、：；（）{}「」《》 \n\t　#=。且或当但非第3"))
        text = "".join(chars)
        rules, problems = compile_packs([Source("x.norm", text.encode())])
        assert (rules is None) == any(p.level is Level.ERROR for p in problems)
        assert all(render(p, text) for p in problems)


def test_no_files():
    rules, problems = compile_packs([])
    assert rules is None
    assert [p.code for p in problems] == ["no-files"]
