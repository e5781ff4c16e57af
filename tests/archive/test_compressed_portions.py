"""Compressed sources in portions: what a reader by rows gives, whole or damaged."""

import gzip
import io
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from checker.cases.columns import Layout
from checker.cases.portions import Portion, Setup, load, portions
from checker.cases.reading import ReadOptions, read_cases
from checker.engines.archive.packing import unpack
from checker.model.case import Case
from checker.model.vocabulary import Act, Vocabulary

VOCABULARY = Vocabulary(acts={"登记": Act(name="登记"), "办结": Act(name="办结")})
CASES = 4000
GROUPED = ReadOptions(layout=Layout(grouped=True))
EVENTS = '{"act": "登记", "date": "2024-03-05"}, {"act": "办结", "date": "2024-04-05"}'


def parquet() -> bytes:
    file = io.BytesIO()
    names = [str(n // 2) for n in range(2 * CASES)]
    acts = ["登记", "办结"] * CASES
    pq.write_table(pa.table({"case": names, "act": acts, "date": ["2024-03-05"] * 2 * CASES}), file)
    return file.getvalue()


CONTENTS = {
    "a.jsonl.gz": "".join(f'{{"case": "{n}", "events": [{EVENTS}]}}\n' for n in range(CASES)).encode(),
    "a.csv.gz": "案件,行为,日期\n".encode()
    + "".join(f"{n},登记,2024-03-05\n{n},办结,2024-04-05\n" for n in range(CASES)).encode(),
    "a.parquet.gz": parquet(),
}


def ids_and_codes(path: Path, options: ReadOptions) -> tuple[list[str], list[str]]:
    ids, codes = [], []
    setup = Setup(VOCABULARY, options, 300)
    for item in portions([str(path)], setup):
        bad = [item]
        if isinstance(item, Portion):
            chunk = load(item, setup)
            ids += [case.id for case in unpack(chunk.cases, VOCABULARY)]
            bad = [one for _, one in chunk.bad]
        codes += [f"{one.code}@{one.at.line}" for each in bad for one in each.diagnostics]
    return ids, codes


def by_row(path: Path, options: ReadOptions) -> tuple[list[str], list[str]]:
    items = list(read_cases([str(path)], VOCABULARY, options))
    bad = [item for item in items if not isinstance(item, Case)]
    codes = [f"{one.code}@{one.at.line}" for each in bad for one in each.diagnostics]
    return [item.id for item in items if isinstance(item, Case)], codes


@pytest.mark.parametrize("options", [ReadOptions(), GROUPED])
@pytest.mark.parametrize("name", [*CONTENTS])
def test_portions_hold_what_the_reader_by_rows_gives(tmp_path, name, options):
    path = tmp_path / name
    path.write_bytes(gzip.compress(CONTENTS[name]))
    assert ids_and_codes(path, options) == by_row(path, options) == ([str(n) for n in range(CASES)], [])


@pytest.mark.parametrize("options", [ReadOptions(), GROUPED])
@pytest.mark.parametrize("share", [0.2, 0.6, 0.999])
@pytest.mark.parametrize("name", [*CONTENTS])
def test_portions_of_what_is_cut_short(tmp_path, name, options, share):
    path = tmp_path / name
    packed = gzip.compress(CONTENTS[name])
    path.write_bytes(packed[: int(len(packed) * share)])
    ids, codes = ids_and_codes(path, options)
    assert (ids, codes) == by_row(path, options)
    assert [code.partition("@")[0] for code in codes][-1] == "gzip-cut-short"
    assert ids == [str(n) for n in range(len(ids))]
    assert bool(ids) == (name == "a.jsonl.gz" or (name == "a.csv.gz" and options is GROUPED))
