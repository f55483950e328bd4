"""The night: make what is due, and tell the system administrators at once when it failed."""

import datetime as dt
from typing import cast

from django.urls import reverse
from django.utils import timezone

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.backups.errors import BackupFailedError
from secondment.backups.models import Backup, Drill, RecoveryKey
from secondment.backups.queries import good_backups
from secondment.backups.rules import is_due
from secondment.backups.services.making import make_backup
from secondment.common.installation import is_demo_data
from secondment.common.sentences import say
from secondment.notices.services import send_notice


def back_up_if_due(*, at: dt.datetime) -> Backup | None:
    """The backup that was made; None when none is due, wanted or possible. Invented data are not backed up."""
    if is_demo_data() or not RecoveryKey.objects.exists() or not _is_due(at):
        return None
    drill = Drill.objects.first()
    try:
        made = back_up(at=at)
    except BackupFailedError:
        return None
    newest = Drill.objects.first()
    if newest is not None and newest != drill and newest.fault:
        _tell(say("恢复演练发现问题"), newest.fault, at=at)
    return made


def back_up(*, at: dt.datetime, with_drill: bool = False) -> Backup:
    """Make one now; a fault is kept for the page, and the administrators are told of the first of its kind."""
    try:
        return make_backup(at=at, with_drill=with_drill)
    except BackupFailedError as error:
        before = Backup.objects.first()
        Backup.objects.create(at=at, fault=cast("str", error.message))
        if before is None or not before.fault or _day(before.at) < _day(at):
            _tell(say("备份没有完成"), str(error), at=at)
        raise


def _is_due(at: dt.datetime) -> bool:
    good, tried = good_backups().first(), Backup.objects.first()
    return is_due(
        timezone.localtime(at),
        last_good=timezone.localtime(good.at) if good else None,
        last_try=timezone.localtime(tried.at) if tried else None,
    )


def _day(at: dt.datetime) -> dt.date:
    return timezone.localtime(at).date()


def _tell(title: str, body: str, *, at: dt.datetime) -> None:
    accounts = User.objects.filter(is_active=True, assignments__role=Role.SYSTEM_ADMINISTRATOR).distinct()
    send_notice(accounts, title=title, body=body, path=reverse("backups:backup_list"), at=at)
