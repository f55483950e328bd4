"""What speaks against 优秀 by the records: absences nobody excused (rule H20), the grades of the quarters (rule H24).

A concern is a proposal with its reason, whatever the programme says; it bars only where the programme makes the rule one.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from secondment.assessments.interim.routine import is_weak
from secondment.assessments.limits import ABSENCE, ROUTINE
from secondment.assessments.parameters import routine_rule
from secondment.campaigns.choices import RuleMode
from secondment.leave.parameters import absence_rule
from secondment.leave.unexcused import unexcused_absences
from secondment.placements.models import Placement
from secondment.standards.choices import Effect


@dataclass(frozen=True)
class Concern:
    """One reason; `code` is that of the limit it becomes where the rule bars."""

    code: str
    n: int
    effect: Effect
    ground: str
    rule: str
    is_barring: bool

    @property
    def is_lowest(self) -> bool:
        """Whether the lowest grade is proposed, which no limit says."""
        return self.effect == Effect.LOWEST

    @property
    def words(self) -> str:
        """What is proposed and why."""
        proposed = _("建议不称职（不合格）") if self.is_lowest else _("建议不评优秀")
        return _("%(proposed)s：%(ground)s（规则 %(rule)s）") % {
            "proposed": proposed,
            "ground": self.ground,
            "rule": self.rule,
        }


def concerns_of(placement: Placement, year: int) -> list[Concern]:
    """Everything that speaks against 优秀 in the year."""
    return [one for one in (_absences(placement, year), _quarters(placement, year)) if one]


def barring_concerns(placement: Placement, year: int) -> list[str]:
    """Codes of limits that follow where the programme bars."""
    return [one.code for one in concerns_of(placement, year) if one.is_barring]


def _absences(placement: Placement, year: int) -> Concern | None:
    rule, n = absence_rule(placement), unexcused_absences(placement, year)
    if n < rule["values"]["absences_no_excellent"]:
        return None
    is_lowest = n >= rule["values"]["absences_incompetent"]
    effect = Effect.LOWEST if is_lowest else Effect.NOT_EXCELLENT
    ground = _("当年无故脱岗 %(n)d 次") % {"n": n}
    return Concern(ABSENCE.code, n, effect, ground, "H20", rule["mode"] == RuleMode.BLOCK)


def _quarters(placement: Placement, year: int) -> Concern | None:
    if not is_weak(placement, year):
        return None
    is_barring = routine_rule(placement)["mode"] == RuleMode.BLOCK
    return Concern(ROUTINE.code, 1, Effect.NOT_EXCELLENT, str(ROUTINE.ground), "H24", is_barring)
