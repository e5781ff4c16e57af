"""A permission is cited with what it rests on, in the page of the prohibition and in a finding that it defeats."""

from checker.explain.requirement_phrases import clause_phrases
from checker.model.expressions import Attribute, Compare, LiteralValue, SelfEvent
from checker.model.requirements import Defeat
from checker.model.source import Source
from explain.making import duty, event

URGENT = Compare(op="eq", left=Attribute(of=SelfEvent(), name="来源"), right=LiteralValue(value="急"))
ALLOWED = Defeat(when=URGENT, permission="p/许", sources=(Source(reference="《另一规定》第二条", quote="可以缓办"),))


def test_the_page_of_the_norm_cites_the_permission():
    assert clause_phrases(ALLOWED)[-1] == "出自许可条款「p/许」，依据 《另一规定》第二条「可以缓办」"
    assert clause_phrases(ALLOWED.model_copy(update={"sources": ()}))[-1] == "出自许可条款「p/许」"


def test_a_finding_cites_the_permission_that_holds(told):
    for source, is_cited in (("急", True), ("缓", False)):
        text = told(duty(10, [ALLOWED]), [event(1, "交办", "2026-06-01", attributes={"来源": source})], "2026-07-01")
        assert ("，其依据是 《另一规定》第二条「可以缓办」。" in text) == is_cited
        assert text.endswith("依据：《测试》第一条「按期办结」。效力：p《样例》【示范】。")
