"""Event tables with things wrong in them, and both ways to read one."""

import csv
import io
import pickle

from hypothesis import strategies as st

from checker.cases.columns import Layout
from checker.cases.portions import Setup, load, portions
from checker.cases.problems import BadCase
from checker.cases.reading import ReadOptions, read_cases
from checker.engines.archive.packing import unpack
from checker.model.place import Place
from checker.model.values import ValueType
from checker.model.vocabulary import Act, Vocabulary

TEXT = ValueType(name="文本")
VOCABULARY = Vocabulary(
    organs={"政法委": None, "法院": None, "虎林市人民法院": "法院"},
    persons=("承办人",),
    acts={
        "登记": Act(name="登记", attributes={"说明": ValueType(name="文本", many=True)}),
        "审批": Act(name="审批", attributes={"结论": ValueType(name="枚举", choices=("同意", "不同意"))}),
        "交办": Act(
            name="交办",
            attributes={
                "结论": TEXT,
                "承办单位": ValueType(name="机关"),
                "期限": ValueType(name="期间"),
                "金额": ValueType(name="数"),
                "交邮日": ValueType(name="日期"),
                "在押": ValueType(name="是否"),
                "说明": TEXT,
                "事项": ValueType(name="枚举", choices=("定性", "证据采信"), many=True),
            },
        ),
        "协调会": Act(name="协调会"),
    },
    case_attributes={
        "来源": ValueType(name="枚举", choices=("领导批示", "上级交办")),
        "标的": ValueType(name="数"),
    },
    kinds=("督办", "协调"),
)
CELLS = {
    "案件": ("A", "B", "C", " A ", "丙 1", "", "  ", "A\u200b", "长" * 201),
    "行为": ("登记", "审批", "交办", "协调会", " 交办 ", "备注", "登己", "", "协调会议"),
    "日期": (
        "2024-03-05",
        "2024年3月6日",
        "2024-03-07T23:30Z",
        "2024-03-08 09:30",
        "2024-02-30",
        "x",
        "",
        "9999-01-01",
    ),
    "时刻": ("", "", "09:30", "24:10"),
    "主体": ("政法委", "政法委、承办人", "法院、", "政法为", "", " "),
    "类型": ("督办", "督办", "督办 ", "协调", "督查", ""),
    "编号": ("", "", "", "e1", "e2", "e3", "e01", "e99", "x", " x", "违反:x", "y"),
    "结论": ("同意", "不同意", "同义", "", "另\n行"),
    "承办单位": ("法院", "虎林市人民法院", "某院", ""),
    "期限": ("30日", "一个半月", "24小时", "30", ""),
    "金额": ("1", "1.50", "-0.0", "1e3", "1e9999", "一", ""),
    "交邮日": ("2024-03-05", "2024-03-05T20:00+00:00", "3月", ""),
    "在押": ("是", "false", "yes", ""),
    "说明": ("甲、乙", "一\n二", "\x07", '"', "字" * 10_001, ""),
    "事项": ("定性", "定性、证据采信", "定性，证据采信", ""),
    "源": ("领导批示", "领导批示", " 领导批示", "上级交办", "乱", ""),
    "标的": ("1", "1", "1.0", "x", ""),
}
USUAL = {name: values[0] for name, values in CELLS.items()}


def zoned(**given):
    return Layout(case_attributes={"源": "来源", "标的": "标的"}, **given)


LAYOUTS = st.sampled_from(
    (
        Layout(),
        Layout(grouped=True),
        zoned(time_zone="Asia/Shanghai"),
        zoned(time_zone="Asia/Shanghai", grouped=True, dates_only=True, ordered=False),
        zoned(acts={"登记": "登记", "交办": "交办", "审批": "审批"}, ignore=["备注"]),
        zoned(acts={"登记": "登记", "交办": "交办"}, ignore=["备注", "审批"], covers=("登记",), grouped=True),
        zoned(covers=("登己",)),
        Layout(columns={"case": "案件", "act": "行为", "date": "日期"}, attributes={"说明": "说明", "结论": "说明"}),
        Layout(columns={"case": "案件", "act": "行为", "date": "交邮日", "kind": "类型"}, date_format="%Y-%m-%d"),
        Layout(case_attributes={"源": "来源", "结论": "来源"}, attributes={}),
    )
)


@st.composite
def row(draw, names):
    """Mostly what is right, and a few cells that may be anything."""
    cells = dict(USUAL) | {"案件": draw(st.sampled_from("ABCD")), "编号": ""}
    cells["行为"] = draw(st.sampled_from(CELLS["行为"][:4]))
    for name in draw(st.lists(st.sampled_from(names), max_size=draw(st.sampled_from((0, 0, 1, 3))))):
        cells[name] = draw(st.sampled_from(CELLS[name]))
    return [cells[name] for name in names]


@st.composite
def tables(draw):
    names = ("案件", "行为", "日期", *draw(st.permutations(tuple(CELLS)[3:])))
    return names, draw(st.lists(row(names), max_size=12))


def bare(item):
    if isinstance(item, BadCase):
        return item
    events = tuple(event.model_copy(update={"place": None}) for event in item.events)
    return item.model_copy(update={"events": events})


def by_rows(path, layout):
    options = ReadOptions(layout=layout, unique=False)
    return [bare(item) for item in read_cases([str(path)], VOCABULARY, options)]


def in_portions(path, layout):
    """The same through portions, which must survive the way to another process."""
    setup = Setup(VOCABULARY, ReadOptions(layout=layout))
    found = []
    for item in portions([str(path)], setup):
        if isinstance(item, BadCase):
            found.append(item)
        else:
            found += placed(load(pickle.loads(pickle.dumps(item)), setup), str(path))
    return found


def placed(read, name):
    cases = unpack(read.cases, VOCABULARY)
    cases = [
        case.model_copy(update={"place": Place(file=name, line=line)})
        for case, line in zip(cases, read.lines, strict=True)
    ]
    bad = list(read.bad)
    found = []
    for n in range(len(cases) + 1):
        found += [item for before, item in bad if before == n]
        found += cases[n : n + 1]
    assert len(found) == len(cases) + len(bad)
    return found


def written(names, rows, **given):
    stream = io.StringIO()
    csv.writer(stream, **given).writerows([names, *rows])
    return stream.getvalue()
