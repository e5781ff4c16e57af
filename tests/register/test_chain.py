"""Records of runs: every line fits the one before, and whatever is done to them later is named by line."""

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.host import chain
from checker.host.chain import append, canonical, digest_of, refuse_other
from checker.host.unbroken import faults, position_of, read_chain
from checker.model.diagnostic import DataError


def written(path, count=5):
    for n in range(count):
        append(path, {"as_of": f"2024-0{n + 1}-01", "counts": {"read": n}, "说明": "甲"})
    return path.read_bytes().splitlines(keepends=True)


def told(path, head=None):
    return [(fault.line, fault.what) for fault in faults(read_chain(str(path)), head)]


def edited(line, is_hashed=False, **more):
    entry = json.loads(line) | more
    entry |= {"hash": digest_of(entry)} if is_hashed else {}
    return canonical(entry).encode() + b"\n"


def test_a_whole_record(tmp_path):
    lines = written(tmp_path / "r.jsonl")
    assert told(tmp_path / "r.jsonl") == []
    entries = [json.loads(line) for line in lines]
    assert [entry["number"] for entry in entries] == [1, 2, 3, 4, 5]
    assert [entry["previous"] for entry in entries] == ["", *(entry["hash"] for entry in entries[:-1])]
    assert read_chain(str(tmp_path / "r.jsonl")).head == entries[-1]["hash"]


def test_anybody_can_count_a_hash_again(tmp_path):
    """With a stranger's tools: SHA-256 over the line without its hash, keys sorted, no blanks."""
    from hashlib import sha256

    (line,) = written(tmp_path / "r.jsonl", 1)
    entry = json.loads(line)
    stated = entry.pop("hash")
    text = json.dumps(entry, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert sha256(text.encode()).hexdigest() == stated


CHANGED = "内容与自己的摘要不符：改动过"
NONE_OF_OURS = "不是检查记录的一行：改动过，或者是插进来的"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda x: [x[0], x[1], edited(x[2], as_of="2020-01-01"), *x[3:]], [(3, CHANGED)]),
        (
            lambda x: [x[0], x[1], edited(x[2], hash="0" * 64), *x[3:]],
            [(3, CHANGED), (4, "与第 3 行接不上：第 3 行整行换过")],
        ),
        (
            lambda x: [x[0], x[1], x[2].replace(b"{", b'{"as_of":"2020-01-01",', 1), *x[3:]],
            [(3, NONE_OF_OURS), (4, "与第 3 行接不上：第 3 行整行换过")],
        ),
        (lambda x: [x[0], edited(x[1], True, as_of="2020-01-01"), *x[2:]], [(3, "与第 2 行接不上：第 2 行整行换过")]),
        (lambda x: [x[0], b"{}\n", *x[2:]], [(2, NONE_OF_OURS), (3, "与第 2 行接不上：第 2 行整行换过")]),
        (lambda x: [x[0], edited(x[1], format=2), *x[2:]], [(2, CHANGED)]),
        (lambda x: [x[0], *x[2:]], [(2, "与第 1 行接不上：中间删去了 1 行")]),
        (lambda x: [x[0], *x[3:]], [(2, "与第 1 行接不上：中间删去了 2 行")]),
        (lambda x: x[1:], [(1, "前面删去了 1 行")]),
        (lambda x: x[3:], [(1, "前面删去了 3 行")]),
        (
            lambda x: [x[0], x[1], b"garbage\n", *x[2:]],
            [(3, NONE_OF_OURS), (4, "接的是第 2 行：中间的第 3 行是插进来的，或者次序换过")],
        ),
        (
            lambda x: [x[0], edited(x[0], True, previous=json.loads(x[0])["hash"], number=2), *x[1:]],
            [(3, "接的是第 1 行：中间的第 2 行是插进来的，或者次序换过")],
        ),
        (
            lambda x: [x[0], x[2], x[1], *x[3:]],
            [
                (2, "接的是第 3 行：次序换过"),
                (3, "接的是第 1 行：中间的第 2 行是插进来的，或者次序换过"),
                (4, "接的是第 2 行：中间的第 3 行是插进来的，或者次序换过"),
            ],
        ),
        (
            lambda x: [*x[1:], x[0]],
            [(1, "接的是第 5 行：次序换过"), (5, "写的是第一行，却不在开头：次序换过，或者前面的行是插进来的")],
        ),
        (lambda x: [*x, b'{"kind": "che'], [(6, "没有写完（13字节），不算一次检查；下次记录时移到旁边的文件里")]),
    ],
)
def test_what_was_done_to_it_is_named_by_line(tmp_path, change, said):
    lines = written(tmp_path / "r.jsonl")
    (tmp_path / "r.jsonl").write_bytes(b"".join(change(lines)))
    assert told(tmp_path / "r.jsonl") == said


def test_a_cut_tail_is_seen_only_by_a_hash_kept_elsewhere(tmp_path):
    path = tmp_path / "r.jsonl"
    lines = written(path)
    heads = [json.loads(line)["hash"] for line in lines]
    path.write_bytes(b"".join(lines[:3]))
    assert told(path) == []
    assert told(path, heads[4]) == [(0, f"没有一行的摘要是 {heads[4]}：末尾删去过行，或者整个记录重写过")]
    assert told(path, heads[1]) == []
    assert position_of(read_chain(str(path)), heads[1][:16]) == 2


def test_a_record_written_anew_is_seen_only_by_a_hash_kept_elsewhere(tmp_path):
    path, other = tmp_path / "r.jsonl", tmp_path / "other.jsonl"
    head = json.loads(written(path)[-1])["hash"]
    for line in path.read_bytes().splitlines():
        entry = json.loads(line)
        append(other, {key: entry[key] for key in ("as_of", "counts")} | {"说明": "乙"})
    assert told(other) == []
    assert [line for line, _ in told(other, head)] == [0]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_change_of_a_byte_passes(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("r") / "r.jsonl"
    whole = b"".join(written(path, 3))
    place = data.draw(st.integers(0, len(whole) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda one: one != whole[place]))
    path.write_bytes(whole[:place] + bytes([byte]) + whole[place + 1 :])
    assert told(path) != []


def test_a_crash_in_the_middle_of_a_line_loses_nothing(tmp_path):
    path = tmp_path / "r.jsonl"
    lines = written(path, 2)
    path.write_bytes(lines[0] + lines[1][:40])
    done = append(path, {"as_of": "2024-09-01"})
    assert (done.number, done.moved) == (2, f"{path}.partial")
    assert Path(done.moved).read_bytes() == lines[1][:40]
    assert told(path) == []
    path.write_bytes(path.read_bytes() + b'{"')
    assert append(path, {"as_of": "2024-10-01"}).moved == f"{path}.partial1"
    assert told(path) == []


def test_a_lost_line_end_is_put_back(tmp_path):
    path = tmp_path / "r.jsonl"
    lines = written(path, 2)
    path.write_bytes((lines[0] + lines[1])[:-1])
    assert told(path) == []
    assert append(path, {"as_of": "2024-09-01"}).number == 3
    assert told(path) == []
    assert path.read_bytes().startswith(lines[0] + lines[1])


@pytest.mark.parametrize("content", [b"case: A\n", b'{"case": "A"}\n', b"PK\x03\x04 no end", b"\n\n", b"[[[" * 99_999])
def test_files_that_are_no_records_are_left_alone(tmp_path, content):
    path = tmp_path / "r.jsonl"
    path.write_bytes(content)
    for act in (lambda: append(path, {}), lambda: read_chain(str(path))):
        with pytest.raises(DataError, match="不是检查记录"):
            act()
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_is_linked_to_a_last_line_that_was_changed(tmp_path):
    path = tmp_path / "r.jsonl"
    lines = written(path, 2)
    path.write_bytes(lines[0] + edited(lines[1], as_of="2020-01-01"))
    for act in (lambda: append(path, {}), lambda: refuse_other(path)):
        with pytest.raises(DataError, match="最后一行改动过，不能往后接"):
            act()


def test_a_newer_format_and_a_file_that_is_not_there(tmp_path):
    path = tmp_path / "r.jsonl"
    (line,) = written(path, 1)
    path.write_bytes(edited(line, True, format=2))
    with pytest.raises(DataError, match="的格式是 2，本程序只认得 1"):
        read_chain(str(path))
    with pytest.raises(DataError, match="没有这个文件"):
        read_chain(str(tmp_path / "none"))
    for bad in (tmp_path, tmp_path / "none" / "r.jsonl"):
        with pytest.raises(DataError, match="写不了检查记录"):
            refuse_other(bad)


def test_a_full_disk_leaves_the_record_as_it_was(tmp_path, monkeypatch):
    path = tmp_path / "r.jsonl"
    lines = written(path, 2)

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DataError, match="磁盘已满"):
        append(path, {"as_of": "2024-09-01"})
    assert path.read_bytes() == b"".join(lines)


def test_one_writer_at_a_time(tmp_path, monkeypatch):
    import fcntl

    monkeypatch.setattr(chain, "PATIENCE", 0)
    written(tmp_path / "r.jsonl", 1)
    with (tmp_path / "r.jsonl").open("r+b") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(DataError, match="另一个程序正在写检查记录"):
            append(tmp_path / "r.jsonl", {})


WRITER = """
    import sys
    from pathlib import Path
    sys.path.insert(0, {src!r})
    from checker.host.chain import append
    for n in range(40):
        append(Path({path!r}), {{"who": sys.argv[1], "n": n}})
"""


def test_processes_writing_at_once_keep_one_chain(tmp_path):
    path = tmp_path / "r.jsonl"
    text = textwrap.dedent(WRITER).format(src=str(Path(__file__).parents[2] / "src"), path=str(path))
    running = [subprocess.Popen([sys.executable, "-c", text, name]) for name in ("甲", "乙", "丙")]
    assert [one.wait(60) for one in running] == [0, 0, 0]
    assert told(path) == []
    assert len(read_chain(str(path)).lines) == 120
