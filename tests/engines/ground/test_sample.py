"""The sample case of the contracts, with the norms of the sample pack built by hand."""

from checker.model.case import Event
from checker.model.expressions import All, Member, Not
from checker.model.norm import Breach, Category
from checker.model.requirements import Contain, Defeat, Exclude, Extend, Precede, Review
from checker.model.vocabulary import Act, Vocabulary
from engines.ground.building import (
    breach_of,
    case,
    check,
    fixed,
    hold,
    is_,
    must,
    norm,
    occurred,
    own,
    pattern,
    rules,
    shown,
)

ACTS = ["登记", "审批", "交办", "办结", "延期批准", "催办", "提请协调", "结果报告", "中止", "恢复", "函告", "归档"]
VOCABULARY = Vocabulary(organs={"政法委": None, "法院": None}, acts={name: Act(name=name) for name in ACTS}, persons=())
APPROVED = pattern("审批", where=is_("结论", "同意"))
TARGETS = Member(item=own("来源"), values=("领导批示", "涉法上访", "久拖不决", "当事人信访"))
FORBIDDEN = Member(item=own("事项"), values=("定性", "裁判结果"))

PACK = rules(
    norm("督办范围", pattern("交办", actor="政法委"), hold(TARGETS), breach=Breach(category=Category.OVERREACH)),
    norm("先批后交", "交办", Precede(groups=((APPROVED,),))),
    norm(
        "按期办结",
        "交办",
        must(pattern("办结", by="承办单位"), window="90日"),
        Extend(grant=pattern("延期批准"), period=fixed("30日"), times=1),
        Exclude(start=pattern("中止"), end=pattern("恢复")),
    ),
    norm(
        "逾期催办",
        breach_of("按期办结"),
        must(pattern("催办", actor="政法委"), window="5工"),
        Defeat(when=occurred("办结")),
    ),
    norm("不得代替定性", pattern("函告", actor="政法委"), hold(Not(of=All(of=(FORBIDDEN, is_("力度", "决定")))))),
    norm("书面报告要件", "提请协调", Contain(parts=("案件情况", "争议问题", "本单位意见", "法律依据", "案件材料"))),
    norm("效果统一", "结果报告", Review(question="意见是否同时说明法律依据与社会效果，且未以一方否定另一方")),
    closing=pattern("归档"),
    vocabulary=VOCABULARY,
)
CASE = case(
    ("登记", "2024-03-05"),
    ("审批", "2024-03-06", {"结论": "同意"}),
    ("交办", "2024-03-07", {"承办单位": "法院", "来源": "领导批示"}),
    ("提请协调", "2024-03-20", {"actor": "法院", "document": ("案件情况", "争议问题")}),
    kind="督办",
    covers=frozenset({"登记", "审批", "交办", "办结", "延期批准", "催办"}),
    attributes={"来源": "领导批示"},
    answers=(("效果统一", "e9", True, "2024-07-01"),),
)


def test_the_sample_gives_exactly_what_it_expects():
    found = check(PACK, CASE, "2024-07-01")
    violations = [f for f in found if f.verdict.is_violation]
    assert [shown(f, "norm", "verdict", "due", "breached_on") for f in violations] == [
        {"norm": "p/按期办结", "verdict": "overdue", "due": "2024-06-05", "breached_on": "2024-06-06"},
        {"norm": "p/逾期催办", "verdict": "overdue", "due": "2024-06-14", "breached_on": "2024-06-15"},
        {"norm": "p/书面报告要件", "verdict": "breached", "due": None, "breached_on": "2024-03-20"},
    ]


def test_every_other_field_of_the_sample():
    found = {f.norm: f for f in check(PACK, CASE, "2024-07-01")}
    fields = ("verdict", "bearer", "anchor", "fulfilled_by", "days", "evidence", "missing", "provisional")
    assert shown(found["p/按期办结"], *fields) == {
        "verdict": "overdue",
        "bearer": "法院",
        "anchor": "e3",
        "fulfilled_by": None,
        "days": 26,
        "evidence": ("e3",),
        "missing": (),
        "provisional": False,
    }
    assert shown(found["p/逾期催办"], *fields) == {
        "verdict": "overdue",
        "bearer": "政法委",
        "anchor": "违反:p/按期办结@e3",
        "fulfilled_by": None,
        "days": 17,
        "evidence": ("e3",),
        "missing": (),
        "provisional": False,
    }
    assert found["p/先批后交"].fulfilled_by == "e2"
    assert found["p/先批后交"].evidence == ("e2", "e3")
    assert found["p/督办范围"].verdict == "met"
    assert "p/效果统一" not in found
    assert "p/不得代替定性" not in found


def test_an_irrelevant_event_changes_nothing():
    extra = Event(id="x", position=9, act="函告", date=None, actors=("法院",))
    assert check(PACK, CASE.model_copy(update={"events": (*CASE.events, extra)}), "2024-07-01") == check(
        PACK, CASE, "2024-07-01"
    )


def test_two_runs_are_equal():
    assert check(PACK, CASE, "2024-07-01") == check(PACK, CASE, "2024-07-01")
