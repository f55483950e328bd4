"""The secondee confirms having read a notice (阅知), and may reply: neither is ever asked for."""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.queries import accounts_of
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.common.sentences import say
from secondment.daily_work.models import HomeNotice
from secondment.daily_work.rules import may_confirm_reading
from secondment.daily_work.services.errors import WordsMissingError
from secondment.notices.services import send_notice


@transaction.atomic
def read_notice(notice: HomeNotice, *, by: User, at: dt.datetime) -> HomeNotice:
    """Note down when the secondee read it; the first time counts."""
    row = _locked(notice)
    require(may_confirm_reading(by, row.placement), _("告知单由本人确认阅知。"))
    if row.read_at is None:
        row.read_at = at
        row.save(update_fields=["read_at"])
        record("home_notice.read", row, by=by, at=at)
    return row


@transaction.atomic
def reply_to_notice(notice: HomeNotice, *, words: str, by: User, at: dt.datetime) -> HomeNotice:
    """The secondee answers in a few words; who answers has read. A later answer takes the place of the one before."""
    row = _locked(notice)
    require(may_confirm_reading(by, row.placement), _("告知单由本人答复。"))
    if not words.strip():
        raise WordsMissingError(_("没有填写答复。不需要答复的，不用填。"), field="words")
    if row.reply == words.strip():
        return row
    row.reply, row.replied_at = words.strip(), at
    row.read_at = row.read_at or at
    row.save(update_fields=["reply", "replied_at", "read_at"])
    record("home_notice.reply", row, by=by, at=at)
    home = row.placement.home_unit
    title = say("%(person)s答复了告知单", person=row.placement.person.name)
    path = reverse("daily_work:notice_detail", args=[row.pk])
    send_notice(accounts_of([home], Role.HOME_UNIT), title=title, at=at, path=path)
    return row


def _locked(notice: HomeNotice) -> HomeNotice:
    rows = HomeNotice.objects.select_for_update(of=("self",))
    names = (f"placement__{one}" for one in ("person", "host_unit", "home_unit"))
    return rows.select_related(*names).get(pk=notice.pk)
