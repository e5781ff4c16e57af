"""An explanation lets a supervisor count again by hand."""

import datetime as dt

from checker.model.case import Answer
from checker.model.expressions import Attribute, Compare, LiteralValue, Occurred, Pattern, SelfEvent
from checker.model.requirements import Contain, Defeat, Exclude, Extend, Fixed, Hold, Precede, Replace, Restart, Review
from checker.model.values import Unit
from explain.making import days, duty, event

GRANT = Extend(grant=Pattern(acts=("延期批准",)), period=Fixed(period=days(5)), times=1, text="但 有 延期批准 的")
PAUSE = Exclude(start=Pattern(acts=("中止",)), end=Pattern(acts=("恢复",)), text="但 中止 至 恢复")
URGENT = Compare(op="eq", left=Attribute(of=SelfEvent(), name="来源"), right=LiteralValue(value="急"))


def with_requirement(requirement):
    return duty().model_copy(update={"requirement": requirement})


def test_overdue_with_roll_over(told):
    assert told(duty(10), [event(1, "交办", "2026-06-03")], "2026-07-01") == (
        "触发：2026-06-03 交办（e1）。期限：10日。推算：自 2026-06-03 次日起算，第1日为 2026-06-04。"
        "推算：加 10日，至 2026-06-13（星期六）。推算：末日 2026-06-13（星期六）为休假日，顺延至 2026-06-15（星期一）。"
        "届满：届满日 2026-06-15。记录：截至 2026-07-01 未见「办结」的记录。记录：截至 2026-07-01 已超过期限 16日。"
        "归类：程序违规，情节一般。依据：《测试》第一条「按期办结」。效力：p《样例》【示范】。"
    )


def test_done_late_and_done_in_time(told):
    begun = event(1, "交办", "2026-06-01")
    assert "有 2026-06-15 法院 办结（e2），超过期限 4日" in told(
        duty(10), [begun, event(2, "办结", "2026-06-15", actors=("法院",))], "2026-07-01"
    )
    assert "有 2026-06-11 办结（e2），未超过期限" in told(
        duty(10), [begun, event(2, "办结", "2026-06-11")], "2026-07-01"
    )


def test_an_act_dated_after_the_day_of_the_check_is_named(told):
    events = [event(1, "交办", "2026-06-01"), event(2, "办结", "2062-06-05", actors=("法院",))]
    said = "截至 2026-07-01 未见「办结」的记录；所记「2062-06-05 法院 办结（e2）」{}晚于截至日，没有计入，请核对日期。"
    assert said.format("") in told(duty(10), events, "2026-07-01")
    assert said.format("等 2件") in told(duty(10), [*events, event(3, "办结", "2062-06-06")], "2026-07-01")
    earlier = told(duty(10), [event(3, "办结", "2026-05-01"), *events], "2026-07-01")
    assert "起算之后未见「办结」的记录；所记「2062-06-05 法院 办结（e2）」晚于截至日" in earlier


def test_days_left_and_the_last_day(told):
    begun = [event(1, "交办", "2026-06-01")]
    assert "截至 2026-06-05 尚未届满，还有 6日" in told(duty(10), begun, "2026-06-05")
    assert "截至 2026-06-11 尚未届满，当日是最后一日" in told(duty(10), begun, "2026-06-11")


def test_extension_applied_beyond_its_cap_and_too_late(told):
    events = [
        event(1, "交办", "2026-06-01"),
        event(2, "延期批准", "2026-06-05"),
        event(3, "延期批准", "2026-06-08"),
        event(4, "延期批准", "2026-06-30"),
    ]
    text = told(duty(10, [GRANT]), events, "2026-07-10")
    assert "2026-06-05 延期批准（e2），其时届满日为 2026-06-11，尚未届满，延长 5日（「但 有 延期批准 的」）" in text
    assert "2026-06-08 延期批准（e3），已达次数上限，不再延长" in text
    assert "2026-06-30 延期批准（e4），其时期限已于 2026-06-16 届满，不延长" in text
    assert "推算：期间合并计算：10日 加 5日。推算：自 2026-06-01 次日起算，第1日为 2026-06-02。推算：加 15日" in text


def test_exclusion_closed_and_open(told):
    events = [event(1, "交办", "2026-06-01"), event(2, "中止", "2026-06-04"), event(3, "恢复", "2026-06-09")]
    closed = told(duty(10, [PAUSE]), events, "2026-07-10")
    assert "2026-06-04 中止（e2），至 2026-06-09 恢复（e3），2026-06-04 至 2026-06-08 不计入" in closed
    assert "2026-06-04 至 2026-06-08 共 5日不计入，末日移至 2026-06-16（星期二）" in closed
    opened = told(duty(10, [PAUSE]), events[:2], "2026-07-10")
    assert "2026-06-04 中止（e2） 起停止计算，届满日尚未确定，停止时尚余 8日" in opened


def test_restart(told):
    restart = Restart(at=Pattern(acts=("恢复",)), text="但 有 恢复 的，重新计算")
    events = [event(1, "交办", "2026-06-01"), event(2, "恢复", "2026-06-04")]
    text = told(duty(10, [restart]), events, "2026-06-10")
    assert "2026-06-04 恢复（e2），其时届满日为 2026-06-11，尚未届满，期间重新计算" in text
    assert "自 2026-06-04 次日起算" in text


def test_replaced_period_says_why(told):
    urgent = Replace(when=URGENT, period=Fixed(period=days(3)), text="但 来源 为 急 的，期限为 3日")
    text = told(duty(10, [urgent]), [event(1, "交办", "2026-06-01", attributes={"来源": "急"})], "2026-06-02")
    assert "例外：「但 来源 为 急 的，期限为 3日」成立：「来源」为 急。期限：期限改为 3日" in text


def test_defeat_holds_does_not_hold_is_unknown(told):
    begun = event(1, "交办", "2026-06-01")
    seen = Defeat(when=Occurred(pattern=Pattern(acts=("归档",))), text="但 有 归档 的，不适用")
    assert "「但 有 归档 的，不适用」成立（e2）" in told(
        duty(10, [seen]), [begun, event(2, "归档", "2026-06-02")], "2026-07-01"
    )
    assert "不成立：所看时段内未见符合「归档」的记录" in told(duty(10, [seen]), [begun], "2026-07-01")
    asked = told(duty(10, [Defeat(when=URGENT, text="但 来源 为 急 的，不适用")]), [begun], "2026-07-01")
    assert "「但 来源 为 急 的，不适用」是否成立尚不能确定，缺少 e1 的「来源」" in asked
    assert "缺少：e1 的「来源」；补录后可判定" in asked


def test_provisional_year(told):
    text = told(duty(10), [event(1, "交办", "2027-06-01")], "2027-06-12")
    assert "2027 年调休安排未入库，按周末推算，暂定" in text
    assert "缺少：2027 年的放假调休安排；工作日表补入该年后可判定" in text


def test_hours(told):
    begun = event(1, "交办", "2026-06-01", time=dt.time(9))
    hours = duty(24, unit=Unit.HOUR)
    assert "有 2026-06-02 08:00 办结（e2），未超过期限" in told(
        hours, [begun, event(2, "办结", "2026-06-02", time=dt.time(8))], "2026-07-01"
    )
    assert "有 2026-06-02 10:00 办结（e2），晚于届满时刻" in told(
        hours, [begun, event(2, "办结", "2026-06-02", time=dt.time(10))], "2026-07-01"
    )
    assert "缺少：e2 的时刻；补录后可判定" in told(hours, [begun, event(2, "办结", "2026-06-02")], "2026-07-01")


def test_nothing_is_said_of_acts_where_the_start_is_unknown(told):
    text = told(duty(10), [event(1, "交办"), event(2, "办结", "2026-06-02")], "2026-07-01")
    assert "未见" not in text
    assert "缺少：e1 的日期；补录后可判定" in text


def test_an_earlier_act_is_not_denied(told):
    events = [event(1, "办结", "2026-05-01"), event(2, "交办", "2026-06-01")]
    assert "截至 2026-07-01 起算之后未见「办结」的记录" in told(duty(10), events, "2026-07-01")


def test_uncovered_act(told):
    text = told(duty(10), [event(1, "交办", "2026-06-01")], "2026-07-01", covers=frozenset({"交办"}))
    assert "缺少：「办结」的记录；记录没有说明涵盖「办结」，未见不等于没有；写明已经涵盖，或者补录后可判定" in text


def test_other_forms(told):
    begun = event(1, "交办", "2026-06-01", document=("甲",), attributes={"来源": "缓"})
    assert "记录：文书载明 甲，未见 乙" in told(with_requirement(Contain(parts=("甲", "乙"))), [begun], "2026-07-01")
    first = Precede(groups=((Pattern(acts=("归档",)),),))
    assert "记录：在触发事件之前未见「归档」的记录" in told(with_requirement(first), [begun], "2026-07-01")
    assert "记录：e1 「来源」为 缓；应符合「来源 为 急」，记录显示不符合" in told(
        with_requirement(Hold(condition=URGENT)), [begun], "2026-07-01"
    )
    answer = Answer(norm="p/按期", event="e1", answer=False, by="审核员甲")
    asked = with_requirement(Review(question="可否"))
    assert "「可否」由人工认定，认定为「否」（审核员甲）" in told(asked, [begun], "2026-07-01", answers=(answer,))
    assert "「可否」由人工认定，尚无认定" in told(asked, [begun], "2026-07-01")
