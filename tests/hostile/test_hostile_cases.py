"""Data that is no data: that case is left out with its place, the others are checked, exit code 2."""

import json

import pytest

from hostile.inputs import AS_OF, NORM, case, event, noise
from hostile.program import run

LEFT_OUT = {
    "bytes.yaml": (noise(), "UTF-8"),
    "bytes.json": (noise(), "UTF-8"),
    "bytes.csv": (noise(), "UTF-8"),
    "bytes.parquet": (noise(), "Parquet"),
    "open.json": ("[" * 100_000, "嵌套"),
    "deep.json": ('{"case":"乙","events":' + "[" * 1000 + "]" * 1000 + "}", "嵌套"),
    "deep.yaml": ("case: 乙\nevents: " + "[" * 3000 + "]" * 3000, "嵌套"),
    "long-id.json": (case("x" * 1_000_000), "200 字"),
    "long-attribute.json": (case("乙", events=[event(**{"说明": "长" * 10_000})]), "说明"),
    "nothing.json": ("[{}]", "案件没有编号"),
    "scalars.json": ('[null, 3, "x", true]', "现为「true」"),
    "no-cases.json": ("[]", "文件里没有案件"),
    "empty.yaml": ("", "文件里没有案件"),
    "nan.json": ('{"case":"乙","events":[{"date":NaN}]}', "NaN"),
    "huge-number.json": ('{"case":"乙","attributes":{"x":' + "9" * 10_000 + '},"events":[]}', "超出可用范围"),
    "far.json": (case("乙", events=[event(date="9999-12-31")]), "1900 年至 2199 年"),
    "february.json": (case("乙", events=[event(date="2024-02-30")]), "日历上没有「2024-02-30」这一天"),
    "february-zh.json": (case("乙", events=[event(date="2024年2月30日")]), "2024年2月30日"),
    "columns.csv": ("a,b,c\n1,2,3\n", "找不到"),
    "bomb.yaml": ("a: &a [x, x]\ncase: *a\n", "别名"),
    "tag.yaml": ('case: !!python/object/apply:os.system ["true"]\n', "标签"),
    "broken.jsonl": (case("乙") + '\n{"case":"丙","events":[{"id":\n' + case("丁"), "broken.jsonl 第 2 行"),
}


@pytest.fixture
def pack(tmp_path):
    path = tmp_path / "x.norm"
    path.write_text(NORM, encoding="utf-8")
    (tmp_path / "good.json").write_text(case(), encoding="utf-8")
    return path


def check(pack, *paths, **more):
    return run("check", *paths, "--rules", pack, "--format", "jsonl", *AS_OF, **more)


def checked(result):
    return [json.loads(line)["case"] for line in result.stdout.splitlines()]


@pytest.mark.parametrize("name", LEFT_OUT)
def test_left_out_and_the_others_checked(name, pack, tmp_path):
    text, said = LEFT_OUT[name]
    (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    result = check(pack, tmp_path / name, tmp_path / "good.json")
    assert result.exit_code == 2
    assert said in result.stderr
    assert name in result.stderr
    assert len(result.stderr) < 2000
    assert checked(result)[-1] == "甲"
    assert checked(result) == (["乙", "丁", "甲"] if name == "broken.jsonl" else ["甲"])


@pytest.mark.parametrize("kind", ["missing", "empty folder", "link to nowhere", "link to itself"])
def test_nothing_to_read_there(kind, pack, tmp_path):
    path = tmp_path / f"{kind}.yaml"
    if kind == "empty folder":
        path.mkdir()
    elif kind != "missing":
        path.symlink_to(path if kind == "link to itself" else tmp_path / "nowhere")
    result = check(pack, path, tmp_path / "good.json")
    assert result.exit_code == 2
    assert kind in result.stderr
    assert checked(result) == ["甲"]


def test_an_id_twice_over_two_files(pack, tmp_path):
    (tmp_path / "again.json").write_text(case(), encoding="utf-8")
    result = check(pack, tmp_path / "good.json", tmp_path / "again.json")
    assert result.exit_code == 2
    assert "「甲」已经读过一次" in result.stderr
    assert "again.json" in result.stderr
    assert checked(result) == ["甲"]


@pytest.mark.parametrize("data", [b"garbage", noise(), b"", b"\xff\xfe"])
def test_bad_standard_input(data, pack, tmp_path):
    result = check(pack, "-", tmp_path / "good.json", stdin=data)
    assert result.exit_code == 2
    assert "标准输入" in result.stderr
    assert checked(result) == ["甲"]


@pytest.mark.parametrize(
    "value", ["", "nonsense", "2024-02-30", "2024-3-2", "２０２４-03-02", "0000-01-01", "\x1b[31m"]
)
def test_no_date_as_of(value, pack, tmp_path):
    result = run("check", tmp_path / "good.json", "--rules", pack, f"--as-of={value}")
    assert result.exit_code == 2
    assert "--as-of" in result.stderr
    assert "\x1b" not in result.stderr


def test_no_folder_for_the_output(pack, tmp_path):
    result = check(pack, tmp_path / "good.json", "--output", tmp_path / "missing" / "x.txt")
    assert result.exit_code == 2
    assert "写不了文件" in result.stderr


ODD = [
    "\x1b[31m红",
    "甲\n■ 合规",
    "甲\r乙",
    "甲\u202e乙",
    "甲\u200b乙",
    "甲\x9b31m",
    "甲\u2028乙",
    "甲\ufeff",
    "甲\x07",
    "甲\ud800",
]


@pytest.mark.parametrize("odd", ODD, ids=ascii)
@pytest.mark.parametrize("form", ["text", "jsonl"])
@pytest.mark.parametrize("where", ["case", "id", "kind", "actor", "act", "attribute", "top"])
def test_nothing_in_the_data_steers_the_terminal(where, form, odd, pack, tmp_path):
    places = {
        "case": {"case": odd},
        "id": {"events": [event(id=odd)]},
        "kind": {"kind": odd},
        "actor": {"events": [event(actor=odd)]},
        "act": {"events": [event(act=odd)]},
        "attribute": {"events": [event(**{odd: 1})]},
        "top": {odd: 1},
    }
    given = {"case": "乙", "events": [event()], **places[where]}
    (tmp_path / "odd.json").write_text(json.dumps(given), encoding="ascii")
    options = ["--rules", pack, "--format", form, "--only", "all", *AS_OF]
    result = run("check", tmp_path / "odd.json", tmp_path / "good.json", *options)
    assert result.exit_code in (1, 2)
    written = result.stdout + result.stderr
    assert not set(written) & set("\x1b\r\u202e\u200b\x9b\u2028\ufeff\x07\ud800")
    assert "\n■ 合规" not in written
    if form == "jsonl":
        assert "甲" in checked(result)
