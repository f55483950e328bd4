"""Roster imports that wait for a decision of the account that began them."""

import datetime as dt
from collections.abc import Iterator
from functools import partial

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.accounts.handover import Item, register_held
from secondment.accounts.models import User
from secondment.people.choices import ImportState
from secondment.people.models import RosterImport
from secondment.people.services.imports.passing import may_take_import, pass_import

WAITS = (ImportState.ASKING, ImportState.CHECKED)
WORKS = (ImportState.CHECKING, ImportState.IMPORTING)


@register_held
def imports_held(account: User, at: dt.datetime) -> Iterator[Item]:
    """Those that wait are confirmed or withdrawn by the successor; those at work are finished first."""
    rows = RosterImport.objects.filter(by=account, state__in=WAITS + WORKS).select_related("unit")
    for row in rows:
        yield Item(
            kind=gettext_lazy("名册导入"),
            text=_("%(unit)s，%(day)s 上传")
            % {"unit": row.unit.name, "day": timezone.localtime(row.created_at).date()},
            path=reverse("people:import_detail", args=[row.pk]),
            stays=_("正在核对或写入，办完后再移交。") if row.state in WORKS else "",
            may_take=partial(may_take_import, roster_import=row),
            pass_to=partial(_pass, row, at),
        )


def _pass(row: RosterImport, at: dt.datetime, successor: User) -> None:
    pass_import(row, to=successor, at=at)
