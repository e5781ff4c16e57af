import pytest

from checker.cases.reading import ReadOptions, read_cases
from checker.model.case import Case
from checker.model.values import ValueType
from checker.model.vocabulary import Act, Vocabulary

TOPICS = ("定性", "证据采信", "事实认定")
VOCABULARY = Vocabulary(
    organs={"政法委": None, "法院": None, "虎林市人民法院": "法院"},
    persons=("承办人",),
    acts={
        "登记": Act(name="登记"),
        "审批": Act(name="审批", attributes={"结论": ValueType(name="枚举", choices=("同意", "不同意"))}),
        "交办": Act(
            name="交办",
            attributes={
                "承办单位": ValueType(name="机关"),
                "期限": ValueType(name="期间"),
                "金额": ValueType(name="数"),
                "交邮日": ValueType(name="日期"),
                "在押": ValueType(name="是否"),
                "说明": ValueType(name="文本"),
                "经办": ValueType(name="人员"),
                "事项": ValueType(name="枚举", choices=TOPICS, many=True),
            },
        ),
        "提请协调": Act(name="提请协调", parts=("案件情况", "争议问题")),
        "协调会": Act(name="协调会"),
    },
    case_attributes={"来源": ValueType(name="枚举", choices=("领导批示", "上级交办"))},
    kinds=("督办", "协调"),
)


class Reading:
    """What came of reading: the cases, what was left out, and every diagnostic as ``code@line``."""

    def __init__(self, stream):
        items = list(stream)
        self.cases = [item for item in items if isinstance(item, Case)]
        self.bad = [item for item in items if not isinstance(item, Case)]
        self.diagnostics = [d for item in self.bad for d in item.diagnostics]
        self.codes = [f"{d.code}@{d.at.line}" for d in self.diagnostics]
        self.summary = stream.summary


@pytest.fixture
def vocabulary():
    return VOCABULARY


@pytest.fixture
def read(tmp_path):
    """Write text or bytes to a file of that name and read it."""

    def reading(content, name="case.yaml", **options):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return Reading(read_cases([str(path)], VOCABULARY, ReadOptions(**options)))

    return reading
