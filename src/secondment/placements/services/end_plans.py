"""Say what is intended for the end of terms, before they end."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.common.sentences import say, say_label
from secondment.obligations.services import bring_up_to_date
from secondment.placements.choices import EndIntention, PlacementState
from secondment.placements.models import EndPlan, Placement
from secondment.placements.rules import require_may_manage
from secondment.placements.services.errors import ReasonMissingError
from secondment.placements.services.moving import locked, note_down, refuse_state
from secondment.placements.services.notifying import notify_home
from secondment.placements.term_ends import TERM_END


@transaction.atomic
def plan_ends(
    placements: Sequence[Placement],
    *,
    intention: str,
    note: str,
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> int:
    """The same for all of them, all or none; home units are told. Returns how many say something new."""
    in_order = sorted(placements, key=lambda one: one.pk)
    n = sum(_plan(one, intention, note.strip(), by, on, at) for one in in_order)
    bring_up_to_date(on=on, duties=[TERM_END], subjects=in_order)
    return n


def _plan(placement: Placement, intention: str, note: str, by: User, on: dt.date, at: dt.datetime) -> bool:
    row = locked(placement)
    require_may_manage(by, row)
    if row.state != PlacementState.IN_POST:
        refuse_state(row)
    if intention != EndIntention.RETURN and not note:
        raise ReasonMissingError(
            _("不按期返回的，请用几个字说明（延期到何时、留任或交流到哪里）。"), field="note"
        )
    known = row.end_plans.filter(ends_on=row.ends_on).first()
    if known is not None and (known.intention, known.note) == (intention, note):
        return False
    said = {"intention": intention, "note": note, "planned_on": on, "planned_by": by}
    plan, _is_first = EndPlan.objects.update_or_create(placement=row, ends_on=row.ends_on, defaults=said)
    details = {"last_day": f"{row.last_day}", "intention": plan.get_intention_display(), "reason": note}
    note_down("plan_end", row, by=by, at=at, details=details)
    title = say(
        "%(person)s同志%(last)s期满：%(intention)s",
        person=row.person.name,
        last=f"{row.last_day}",
        intention=say_label(plan.get_intention_display()),
    )
    notify_home(row, title, at=at, body=note)
    return True
