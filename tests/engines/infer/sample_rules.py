"""Rule sets by form and number of exceptions, and ground facts over them."""

from checker.engines.facts import Act, Clock, Form, GroundFact, Truth
from checker.model.expressions import Constant, Pattern
from checker.model.norm import Norm, OnBreach, OnEvent, Override, RuleSet
from checker.model.requirements import Deem, Defeat, Hold, Occur, Review, UntilClose
from checker.model.source import Source
from checker.model.vocabulary import Vocabulary

ACT = Pattern(acts=("立案",))
ANSWERED = Pattern(acts=("答复",))
REQUIREMENTS = {
    Form.WINDOW: Occur(groups=((ANSWERED,),), window=UntilClose()),
    Form.DEEM: Deem(unless=(ANSWERED,), window=UntilClose(), act="视为答复"),
    Form.POINT: Hold(condition=Constant(value=True)),
    Form.REVIEW: Review(question="是否适当"),
}
DEFEAT = Defeat(when=Constant(value=True))


def norm(title, form=Form.WINDOW, exceptions=0, after=None, overrides=()):
    return Norm(
        pack="试",
        title=title,
        version="1",
        anchor=OnBreach(norm=f"试/{after}") if after else OnEvent(pattern=ACT),
        requirement=REQUIREMENTS[form],
        exceptions=(DEFEAT,) * exceptions,
        overrides=tuple(Override(norm=f"试/{name}", source=Source(reference="试")) for name in overrides),
    )


def rule_set(*norms):
    return RuleSet(packs=(), norms=norms, vocabulary=Vocabulary(), strata=(tuple(range(len(norms))),))


def fact(position=0, instance=0, form=Form.WINDOW, **values):
    plain = GroundFact(
        norm=position,
        instance=instance,
        form=form,
        certain=True,
        defeats=(),
        prior=Truth.NO,
        cured=Truth.NO,
        unsure=False,
        act=Act.TIMELY,
        clock=Clock.RUNNING,
        holds=Truth.NO,
        answer=Truth.NO,
    )
    return plain._replace(**values)


OVERDUE = {"act": Act.NONE, "clock": Clock.PASSED}
