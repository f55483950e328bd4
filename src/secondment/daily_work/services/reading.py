"""The secondee confirms having read a notice (阅知): one click, never asked for."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.daily_work.models import HomeNotice
from secondment.daily_work.rules import may_confirm_reading


@transaction.atomic
def read_notice(notice: HomeNotice, *, by: User, at: dt.datetime) -> HomeNotice:
    """Note down when the secondee read it; the first time counts."""
    row = (
        HomeNotice.objects.select_for_update(of=("self",))
        .select_related("placement__person", "placement__host_unit")
        .get(pk=notice.pk)
    )
    require(may_confirm_reading(by, row.placement), _("告知单由本人确认阅知。"))
    if row.read_at is None:
        row.read_at = at
        row.save(update_fields=["read_at"])
        record("home_notice.read", row, by=by, at=at)
    return row
