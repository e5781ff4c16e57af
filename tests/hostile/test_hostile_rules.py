"""Rules that are no rules: refused with exit code 2, one place, no traceback."""

import pytest

from checker.api import shipped_packs
from hostile.inputs import AS_OF, CYCLE, HEAD, NORM, case, noise, norm_with
from hostile.program import run

REFUSED = {
    "random bytes": (noise(), "UTF-8"),
    "one line of a megabyte": ("规程 《" + "长" * 350_000 + "》", "标识"),
    "too many words": (HEAD + "  行为 " + "、".join(f"行{i}" for i in range(100_000)), "2000 个词"),
    "a circle": (HEAD + CYCLE, "「x/甲」 → 「x/乙」 → 「x/甲」"),
    "UTF-16 without a mark": (NORM.encode("utf-16-le"), "不是"),
    "empty": ("", "是空的"),
    "a control character": (NORM.replace("甲", "甲\0"), "U+0000"),
    "an escape sequence": (NORM.replace("甲", "甲\x1b[31m"), "U+001B"),
    "writing turned about in a name": (NORM.replace("甲", "甲\u202e"), "第 8 行"),
    "brackets without end": (norm_with("限于 " + "（" * 50_000 + "主体 为 法院"), "嵌套超过"),
    "deep brackets": (norm_with("限于 " + "（" * 900 + "主体 为 法院" + "）" * 900), "嵌套超过"),
    "no after no": (norm_with("限于 " + "非 " * 1800 + "主体 为 法院"), "嵌套超过"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name, tmp_path):
    text, said = REFUSED[name]
    (tmp_path / "x.norm").write_bytes(text if isinstance(text, bytes) else text.encode())
    (tmp_path / "a.json").write_text(case(), encoding="utf-8")
    result = run("check", tmp_path / "a.json", "--rules", tmp_path / "x.norm", *AS_OF)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "x.norm" in result.stderr
    assert "\x1b" not in result.stderr
    assert result.stdout == ""


def test_utf16_with_a_mark_is_read(tmp_path):
    (tmp_path / "x.norm").write_bytes(NORM.encode("utf-16"))
    (tmp_path / "a.json").write_text(case(), encoding="utf-8")
    result = run("check", tmp_path / "a.json", "--rules", tmp_path / "x.norm", *AS_OF)
    assert result.exit_code == 1
    assert result.stderr == ""


@pytest.mark.parametrize("name", ["nosuch", "empty folder", "\x1b[31mx"])
def test_no_such_pack(name, tmp_path):
    (tmp_path / "empty folder").mkdir()
    (tmp_path / "a.json").write_text(case(), encoding="utf-8")
    result = run("check", tmp_path / "a.json", "--rules", tmp_path / name, *AS_OF)
    assert result.exit_code == 2
    assert "、".join(shipped_packs()) in result.stderr
    assert "\x1b" not in result.stderr


def test_an_empty_file_beside_a_good_one(tmp_path):
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "a.norm").write_text("", encoding="utf-8")
    (pack / "b.norm").write_text(NORM, encoding="utf-8")
    (tmp_path / "a.json").write_text(case(), encoding="utf-8")
    result = run("check", tmp_path / "a.json", "--rules", pack, *AS_OF)
    assert result.exit_code == 2
    assert "a.norm」是空的" in result.stderr
