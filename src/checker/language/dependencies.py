"""What norms may not ask of one another: the end of a period that there is not, a ring."""

from checker.model.dependencies import parts_of
from checker.model.diagnostic import Diagnostic, Note
from checker.model.expressions import Expiry
from checker.model.norm import Norm, OnExpiry
from checker.model.requirements import Deem, Occur, UntilExpiry


def check_expiries(norms: tuple[Norm, ...]) -> list[Diagnostic]:
    """期满 N needs an N that has a period."""
    timed = {norm.id for norm in norms if isinstance(norm.requirement, Occur | Deem)}
    found = []
    for norm in norms:
        for name in dict.fromkeys(p.norm for p in parts_of(norm) if isinstance(p, OnExpiry | Expiry | UntilExpiry)):
            if name not in timed:
                message = f"规范「{norm.id}」用到「期满 {name}」，而那条规范没有期间。"
                found.append(Diagnostic(code="no-expiry", message=message, at=norm.span, help="改指一条有期限的规范。"))
    return found


def ring_diagnostic(ring: list[str], norms: tuple[Norm, ...]) -> Diagnostic:
    """The error that names the whole ring."""
    spans = {norm.id: norm.span for norm in reversed(norms)}
    shown = " → ".join(f"「{name}」" for name in [*ring, ring[0]])
    notes = tuple(Note(at=span, text=f"「{name}」在此。") for name in ring[1:] if (span := spans.get(name)))
    message = f"规范互相依赖成了循环：{shown}。"
    return Diagnostic(code="cycle", message=message, at=spans.get(ring[0]), quote=ring[0], notes=notes,
                      help="去掉其中一条的「违反」「期满」「优先于」或「视为」。")  # fmt: skip
