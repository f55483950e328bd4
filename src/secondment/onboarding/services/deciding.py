"""The security administrator decides once for all accounts of a batch."""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.common.sentences import say
from secondment.jobs.services import start_job
from secondment.notices.services import send_notice
from secondment.onboarding.choices import BatchState
from secondment.onboarding.errors import BatchClosedError
from secondment.onboarding.models import AccountBatch
from secondment.onboarding.rules import is_on_asking_side, may_grant_all, may_hand_out, require
from secondment.onboarding.services.codes import AT_ONCE, new_codes
from secondment.onboarding.services.making import locked_batch, write_accounts
from secondment.onboarding.states import TRANSITIONS

MAKE_JOB = "onboarding.make_accounts"


def confirm_batch(batch: AccountBatch, *, by: User, at: dt.datetime) -> None:
    """Have all accounts opened, their persons linked and the roles granted; more than a few by a job."""
    _check_confirm(batch, by)
    keys = [line.pk for line in batch.all_lines]
    if len(keys) > AT_ONCE:
        with transaction.atomic():
            _decide(batch, by=by, at=at)
            start_job(MAKE_JOB, {"batch": batch.pk}, by=by, at=at, once=str(batch.pk))
        return
    codes = new_codes(keys)
    with transaction.atomic():
        _decide(batch, by=by, at=at)
        write_accounts(batch, codes, at=at)


@transaction.atomic
def decline_batch(batch: AccountBatch, *, by: User, at: dt.datetime) -> None:
    """Refuse the batch, or take the own one back: nothing is opened, and its names are free again."""
    row = locked_batch(batch)
    require(may_grant_all(by, row) or may_hand_out(by, row))
    _move(row, "decline_batch")
    row.decided_by, row.decided_at = by, at
    row.save()
    row.lines.update(is_open=False)
    record("batch.decline", row, by=by, at=at, details={"n": len(row.all_lines)})
    if row.asked_by_id != by.pk:
        path = reverse("onboarding:batch_detail", args=[row.pk])
        title = say("批量开设账号的申请被退回（%(name)s）", name=by.name)
        send_notice([row.asked_by], title=title, path=path, at=at)


@transaction.atomic
def offer_again(batch: AccountBatch) -> None:
    """Put a batch back whose making was cut short: it can be confirmed again."""
    row = locked_batch(batch)
    if row.state != BatchState.MAKING:
        return
    _move(row, "offer_batch_again")
    row.decided_by = row.decided_at = None
    row.save()


def _decide(batch: AccountBatch, *, by: User, at: dt.datetime) -> None:
    row = locked_batch(batch)
    _check_confirm(row, by)
    _move(row, "confirm_batch")
    row.decided_by, row.decided_at = by, at
    row.save()
    record("batch.confirm", row, by=by, at=at, details={"n": len(row.all_lines)})


def _check_confirm(batch: AccountBatch, by: User) -> None:
    require(may_grant_all(by, batch))
    if batch.state not in TRANSITIONS["confirm_batch"][0]:
        raise BatchClosedError(_("该申请已办理，未作任何改动。请刷新页面查看。"))
    asker = batch.asked_by
    if not (asker.is_active and is_on_asking_side(asker, batch.all_lines)):
        raise BatchClosedError(
            _("申请人的账号已停用或不再管理名单中的全部单位，不能确认。请退回，由现任经办人重新申请。")
        )


def _move(batch: AccountBatch, action: str) -> None:
    before, after = TRANSITIONS[action]
    if batch.state not in before:
        raise BatchClosedError(_("该申请已办理，未作任何改动。请刷新页面查看。"))
    batch.state = after
