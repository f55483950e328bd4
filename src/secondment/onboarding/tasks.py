"""Background work of this room: hash many one-time passwords, then write their accounts."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from secondment.accounts.models import User
from secondment.common.sentences import Sentence, counted, say
from secondment.jobs.registry import JobContext, job_kind
from secondment.onboarding.choices import BatchState
from secondment.onboarding.models import AccountBatch
from secondment.onboarding.rules import may_grant_all, may_hand_out
from secondment.onboarding.services import renewable
from secondment.onboarding.services.codes import Code, new_codes
from secondment.onboarding.services.deciding import MAKE_JOB, offer_again
from secondment.onboarding.services.making import write_accounts
from secondment.onboarding.services.slips import RENEW_JOB, write_codes


def _may_make(user: User, *, batch: int) -> bool:
    return may_grant_all(user, _load(batch))


def _may_renew(user: User, *, batch: int) -> bool:
    return may_hand_out(user, _load(batch))


def _offer_again(*, batch: int) -> None:
    offer_again(_load(batch))


def _written(*, batch: int) -> dict[str, Any] | None:
    row = _load(batch)
    n = row.lines.exclude(account=None).count()
    return _result(row, _made(n)) if row.state == BatchState.MADE else None


@job_kind(
    MAKE_JOB,
    label=gettext_lazy("批量开设账号"),
    may=_may_make,
    give_up=_offer_again,
    written=_written,
)
def make_accounts(context: JobContext, *, batch: int) -> dict[str, Any]:
    """Open the accounts of a confirmed batch."""
    row = _load(batch)
    codes = _codes(context, [line.pk for line in row.all_lines])
    return _result(row, _made(write_accounts(row, codes, at=context.now())))


@job_kind(RENEW_JOB, label=gettext_lazy("重新生成一次性密码"), may=_may_renew)
def make_new_codes(context: JobContext, *, batch: int) -> dict[str, Any]:
    """New codes for everyone of a batch who has not signed in."""
    row = _load(batch)
    codes = _codes(context, [line.pk for line, _account in renewable(row)])
    n = write_codes(row, codes, by=context.job.owner, at=context.now())
    return _result(row, counted("已重新生成 %(n)d 个一次性密码，请打印账号单。", n))


def _codes(context: JobContext, keys: list[int]) -> dict[int, Code]:
    words = say("生成一次性密码")
    return new_codes(keys, lambda done, total: context.progress(done, total, words))


def _made(n: int) -> Sentence:
    return counted("已开设 %(n)d 个账号。", n)


def _result(row: AccountBatch, message: Sentence) -> dict[str, Any]:
    return {"path": reverse("onboarding:batch_detail", args=[row.pk]), "message": message}


def _load(pk: int) -> AccountBatch:
    return AccountBatch.objects.select_related("asked_by", "decided_by").get(pk=pk)
