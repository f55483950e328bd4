"""Make the recovery key; its halves are returned once and kept nowhere."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.audit.services import record
from secondment.backups.errors import HasRecoveryKeyError
from secondment.backups.models import RecoveryKey
from secondment.backups.recovery import Half, new_key


@transaction.atomic
def make_recovery_key(*, at: dt.datetime, is_new: bool = False) -> tuple[Half, Half]:
    """The two halves, to be printed; with `is_new` another key takes the place of the present one for later backups."""
    present = RecoveryKey.objects.first()
    if present is not None and not is_new:
        raise HasRecoveryKeyError(
            _(
                "恢复密钥 %(mark)s 已经生成，两份只打印一次。如已遗失任何一份，请另行生成（--new）；以前的备份仍只能用旧的两份打开。"
            )
            % {"mark": present.mark}
        )
    public, first, second = new_key()
    adopt_recovery_key(public, at=at)
    return first, second


def adopt_recovery_key(public: bytes, *, at: dt.datetime) -> None:
    """Backups are sealed to this key from now on; its halves are on paper already."""
    row = RecoveryKey.of(public)
    row.made_at = at
    row.save()
    record("backup.make_key", row, by=None, at=at)
