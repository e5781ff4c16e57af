"""Whatever the bytes, reading ends in cases and diagnostics, never in an exception."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.cases.reading import read_cases
from checker.model.case import Case
from checker.model.diagnostic import Diagnostic

GOOD = {
    "a.yaml": """\
case: a
kind: 督办
events:
- {act: 登记, date: 2024-03-05, actor: 政法委}
- {act: 交办, 期限: 5日}
---
case: b
""",
    "a.json": """\
{"case": "a", "answers": [],
 "events": [{"act": "交办", "date": "2024-03-05", "金额": 1.5, "在押": true}]}
""",
    "a.jsonl": """\
{"case": "a"}
{"case": "b", "events": [{"act": "登记"}], "extent": ["2024-01-01", null]}
""",
    "a.csv": """\
案件,行为,日期,主体,结论
A,登记,2024-03-05,"政法委",
B,审批,2024-03-06,,同意
""",
}
PIECES = [
    *(b"\x00", b"\xff\xfe", b"[", b"{", b'"', b"'", b"\n", b"---\n", b"\t", b"*x", b"&x", b"!!int ", b"null", b"NaN"),
    *(b"1e999", b"2024-02-30", "：".encode(), b"-", b"\xef\xbb\xbf", b",", b"\\ud800", b"%", b": "),
]


@pytest.mark.parametrize("name", GOOD)
@given(st.data())
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_spoilt_files_end_in_diagnostics(tmp_path, vocabulary, name, data):
    content = GOOD[name].encode()
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(content)))
        cut = data.draw(st.integers(0, 12))
        content = content[:at] + data.draw(st.sampled_from(PIECES)) + content[at + cut :]
    path = tmp_path / name
    path.write_bytes(content)
    for item in read_cases([str(path)], vocabulary):
        if isinstance(item, Case):
            assert Case.model_validate(item.model_dump(warnings="error")) == item
        else:
            assert item.diagnostics
            assert all(Diagnostic.model_validate(d.model_dump()) == d for d in item.diagnostics)
