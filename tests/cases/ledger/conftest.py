import datetime as dt

import pytest

from cases.ledger.grids import book
from checker.api import compile_rules
from checker.calendars.shipped import shipped_calendar
from checker.cases.event_record import words
from checker.cases.ledger.mapping_text import mapping_text
from checker.cases.ledger.mapping_yaml import read_mapping
from checker.cases.ledger.proposing.ledger import propose
from checker.cases.ledger.reading.bound import fitted
from checker.cases.ledger.reading.ledger import read_ledger
from checker.cases.record import RawRecord, read_case
from checker.engines import plain
from checker.engines.run import evaluate_batch, prepare
from checker.model.finding import VERDICT_NAMES

PACK = """规程 《甲》
  标识 jia
  效力 示范
  期间 次日起算；日为自然日
  案结 以 归档 为准

词汇
  机关 政法委、法院、检察院
  类型 督办
  案件 来源 {领导批示、上级交办}
  行为 登记、办结、催办、归档
  行为 审批：结论 {同意、不同意}
  行为 交办：承办单位 机关，期限 期间，来源 {领导批示、上级交办}

规范 限期交办
  依据 测试「原文」
  当 登记
  应当 交办，自 登记 起 15日 内

规范 先批后交
  依据 测试「原文」
  交办 之前 应当 有 审批 且 结论 为 同意

规范 由政法委交办
  依据 测试「原文」
  交办 由 政法委

规范 督办范围
  依据 测试「原文」
  政法委 交办 限于 来源 属于 {领导批示}

规范 按期办结
  依据 测试「原文」
  当 交办
  应当 承办单位 办结，自 交办 起 其 期限 内

规范 一次催办
  依据 测试「原文」
  催办 不超过 1次
"""
AS_OF = dt.date(2024, 12, 31)


@pytest.fixture(scope="session")
def rules(tmp_path_factory):
    file = tmp_path_factory.mktemp("jia") / "jia.norm"
    file.write_text(PACK, encoding="utf-8")
    return compile_rules([str(file)])[0]


class Read:
    """A ledger read by the mapping that is proposed for it."""

    def __init__(self, held, rules, change=lambda mapping: mapping):
        self.proposal = propose(held, rules, "台账.对照.yaml")
        self.mapping = change(self.proposal.mapping)
        self.fit = fitted(self.mapping, held)
        self.intake = read_ledger(held, self.mapping, self.fit.bound, rules.vocabulary)
        known = words(rules.vocabulary)
        self.cases = [read_case(item, known) for item in self.intake.items if isinstance(item, RawRecord)]
        self.endings = [{end.value: n for end, n in one.endings.items() if n} for one in self.intake.tallies]
        self.messages = [f"{one.at.cell} {one.code}" for one in self.intake.diagnostics]
        self.rules = rules

    def verdicts(self):
        """Norm and verdict of everything that is listed, by case."""
        program = prepare(self.rules, shipped_calendar())
        found = {}
        for one in evaluate_batch(program, self.cases, AS_OF, plain.infer):
            assert one.failure is None
            found[one.case.id] = [f"{f.norm.removeprefix('jia/')} {VERDICT_NAMES[f.verdict]}" for f in one.findings]
        return found


@pytest.fixture
def read(rules):
    return lambda *grids, change=lambda mapping: mapping, **more: Read(book(*grids, **more), rules, change)


@pytest.fixture
def proposed(rules):
    """The mapping file that is proposed."""

    def proposing(*grids, **more):
        found = propose(book(*grids, **more), rules, "台账.对照.yaml")
        return mapping_text(found.mapping, found.comments)

    return proposing


@pytest.fixture
def mapping(tmp_path):
    """A mapping file of this text, read."""

    def reading(text):
        path = tmp_path / "台账.对照.yaml"
        path.write_text(text, encoding="utf-8")
        return read_mapping(str(path))

    return reading
