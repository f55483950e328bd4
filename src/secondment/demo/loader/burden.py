"""Budgets, one request that a named leader let through, answered and closed, and last year's review of a form."""

import datetime as dt

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.audit.services import Entry, record_all
from secondment.burden.choices import Verdict
from secondment.burden.models import Answer
from secondment.burden.queries import KIND, offices_of
from secondment.burden.services import (
    Draft,
    close_request,
    issue_request,
    read_answers,
    review_form,
    set_budget,
)
from secondment.demo.loader.scene import at_hour
from secondment.obligations.models import Obligation, ObligationState
from secondment.units.models import Unit

ISSUED, DUE, CLOSED = (dt.timedelta(days=days) for days in (45, 35, 30))
TEXTS = (
    "已安排专人值守，夜间由村“两委”轮班，应急物资到位。",
    "山洪沟口两处已设警示牌，转移预案演练一次。",
    "值守 6 人，联络电话已报镇防汛办，无险情。",
)
UNANSWERED = 17
"""One office in so many has not answered."""


def load_burden(unit: Unit, *, by: User, on: dt.date) -> None:
    """What the organisation department decided about the burden of forms in the last weeks."""
    issued_on, closed_on = on - ISSUED, on - CLOSED
    at = at_hour(issued_on, 9)
    set_budget(Role.HOST_UNIT, minutes=20, basis="部务会：基层减负年度安排", by=by, at=at)
    draft = Draft(
        unit=unit,
        title="汛期驻村值守安排",
        role=Role.HOST_UNIT.value,
        n_fields=6,
        characters=300,
        due_on=on - DUE,
        readers="组织部门干部处，会同防汛办调配人员",
        basis="市防汛办通知，一事一报",
        replaces="各区电话统计",
        leader="周文清（副部长）",
        leader_reason="强降雨预警，需当日掌握值守人员，超出年度预算，同意报送一次",
    )
    request = issue_request(draft, by=by, on=issued_on, at=at)
    offices = [one for place, one in enumerate(offices_of(request)) if place % UNANSWERED]
    answered_on = issued_on + dt.timedelta(days=2)
    answers = [
        Answer(
            request=request,
            unit=office,
            text=TEXTS[place % len(TEXTS)],
            answered_by=by,
            answered_at=at_hour(answered_on, 10 + place % 7),
        )
        for place, office in enumerate(offices)
    ]
    Answer.objects.bulk_create(answers, batch_size=500)
    Obligation.objects.filter(kind=KIND, unit__in=offices).update(
        state=ObligationState.MET, closed_on=answered_on
    )
    in_order = sorted(answers, key=lambda one: one.answered_at)
    record_all(
        [Entry("burden_request.answer", one, by, one.answered_at, {"n": len(one.text)}) for one in in_order]
    )
    read_answers(request, by=by, at=at_hour(answered_on, 18))
    close_request(request, by=by, on=closed_on, at=at_hour(closed_on, 9))
    reason = "下一任到村先看，村里愿意写；保持自愿，不催办"
    review_form("places.facts", Verdict.KEEP, reason=reason, by=by, on=closed_on, at=at_hour(closed_on, 10))
