"""Put alerts before the organisation department, and keep what it made of them; nothing follows by itself."""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.common.sentences import Sentence, say
from secondment.leave.alerts import Raised, alerts_of
from secondment.leave.choices import Alert, LeaveState
from secondment.leave.models import LeaveRequest, LeaveReview
from secondment.leave.services.errors import LeaveStateError, WordsMissingError
from secondment.obligations.services import Owed, owe, waive
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.placements.queries import with_names
from secondment.placements.rules import may_manage

SENTENCES = {
    Alert.RUNNING: gettext_noop("%(name)s请假期满未归连续%(days)s天，超过%(most)s天，请核实"),
    Alert.IN_YEAR: gettext_noop("%(name)s%(year)s年请假期满未归累计%(days)s天，超过%(most)s天，请核实"),
    Alert.RECALL: gettext_noop("%(name)s%(year)s年请假%(days)s天，超过%(most)s天，请研究是否召回"),
}
DAYS_TO_ANSWER = 10


def kind_of(alert: str) -> str:
    """The kind of the obligation."""
    return f"leave.{alert}"


def look_after(placement: Placement, *, on: dt.date) -> None:
    """Bring what the department is asked about this person up to date."""
    open_ones = {one.alert: one for one in unanswered(placement, on)}
    for alert in Alert:
        raised = open_ones.get(alert)
        if raised is None:
            waive(placement, kind_of(alert), on=on)
        else:
            owe(placement, _owed(placement, raised, on))


def unanswered(placement: Placement, on: dt.date) -> list[Raised]:
    """Alerts that nobody has dealt with at this height, the latest year last."""
    answered: dict[tuple[str, int], int] = {}
    for review in placement.leave_reviews.order_by("pk"):
        answered[review.alert, review.year] = review.half_days
    return [one for one in alerts_of(placement, on) if one.half_days > answered.get((one.alert, one.year), 0)]


@transaction.atomic
def look_after_all(*, on: dt.date) -> None:
    """Once a day: days go by while somebody is not back."""
    late = LeaveRequest.objects.filter(
        state=LeaveState.GRANTED, ends_on__lt=on, placement__state=PlacementState.IN_POST
    )
    for placement in with_names(Placement.objects.filter(pk__in=late.order_by().values("placement"))):
        look_after(placement, on=on)


@transaction.atomic
def review(
    placement: Placement, *, alert: str, year: int, words: str, by: User, on: dt.date, at: dt.datetime
) -> LeaveReview:
    """What the department has found and decided, in its words; the alert is raised again only if there are more days."""
    require(may_manage(by, placement), _("由主办组织部门核实处理。"))
    if not words.strip():
        raise WordsMissingError(_("请写明核实情况和处理意见。"), field="words")
    raised = next((one for one in alerts_of(placement, on) if (one.alert, one.year) == (alert, year)), None)
    if raised is None:
        raise LeaveStateError(_("这项提示已不存在。请刷新页面，查看最新情况。"))
    row = LeaveReview.objects.create(
        placement=placement,
        alert=alert,
        year=year,
        half_days=raised.half_days,
        words=words.strip(),
        reviewed_by=by,
        reviewed_at=at,
    )
    record("leave_review.give", row, by=by, at=at)
    look_after(placement, on=on)
    return row


def _owed(placement: Placement, raised: Raised, on: dt.date) -> Owed:
    return Owed(
        kind=kind_of(raised.alert),
        title=_sentence(placement, raised),
        unit=placement.owner_unit,
        role=Role.ORGANISATION_DEPARTMENT,
        creditor=placement.host_unit.name,
        due_on=on + dt.timedelta(days=DAYS_TO_ANSWER),
        path=reverse("leave:placement_leave", args=[placement.pk]),
        basis=raised.basis,
    )


def _sentence(placement: Placement, raised: Raised) -> Sentence:
    return say(
        SENTENCES[raised.alert],
        name=placement.person.name,
        year=f"{raised.year}",
        days=f"{raised.days:g}",
        most=f"{raised.most_days}",
    )
