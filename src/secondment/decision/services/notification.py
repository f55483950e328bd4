"""Public notification (公示): its dates by working days, and what people report."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.models import Campaign, Nomination
from secondment.campaigns.services.transitions import advance
from secondment.campaigns.states import TRANSITIONS
from secondment.common.workdays import WorkdaySpan, span_of_workdays
from secondment.decision.checks import consultation_obstacles, planned_on, refuse_first
from secondment.decision.choices import AfterStep
from secondment.decision.errors import (
    EarlyDateError,
    FutureDateError,
    NotificationDateError,
    ReasonMissingError,
)
from secondment.decision.models import NotificationObjection, PublicNotification
from secondment.decision.parameters import notification_workdays
from secondment.decision.rules import UNDER_WAY
from secondment.decision.services.afterwards import allow_step, settle_steps
from secondment.decision.services.consultation import end_consultation
from secondment.decision.services.locking import locked_campaign
from secondment.matching.holding import check_holds
from secondment.matching.models import Proposal


@dataclass(frozen=True)
class Published:
    """A public notification and the days it was counted by; `span.is_certain` False asks for a look at the calendar."""

    notification: PublicNotification
    span: WorkdaySpan


def span_for(campaign: Campaign, starts_on: dt.date) -> WorkdaySpan:
    """The days of a notification that begins on `starts_on`, as long as the programme asks for."""
    n_workdays = notification_workdays(campaign)
    if not n_workdays:
        raise NotificationDateError(_("本项目不要求公示，可以直接登记集体决定。"))
    return span_of_workdays(starts_on, n_workdays)


@transaction.atomic
def publish_notification(
    proposal: Proposal,
    *,
    starts_on: dt.date,
    contact: str,
    late_reason: str = "",
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> Published:
    """Set the days of the public notification once the units have had their say.

    One that was posted on paper before it is entered here needs `late_reason`, which stays on the page and in the trail.
    """
    campaign = locked_campaign(proposal, by=by)
    late_reason = late_reason.strip() if starts_on < on else ""
    if starts_on < on:
        _check_late(proposal, starts_on, late_reason)
    span = span_for(campaign, starts_on)
    is_after = allow_step(campaign, AfterStep.NOTIFICATION, *TRANSITIONS["publish_notification"][0])
    if not is_after:
        check_holds(proposal)
        refuse_first(consultation_obstacles(proposal, on=on))
    details = {"starts_on": f"{span.starts_on}", "last_day": f"{span.last_day}"}
    if late_reason:
        details["late_reason"] = late_reason
    if is_after:
        record("campaign.notify_afterwards", campaign, by=by, at=at, details=details)
    else:
        advance(campaign, "publish_notification", by=by, at=at, details=details)
        end_consultation(campaign, on)
    notification, _created = PublicNotification.objects.update_or_create(
        proposal=proposal,
        withdrawn_on=None,
        defaults={
            "starts_on": span.starts_on,
            "last_day": span.last_day,
            "n_workdays": span.n_workdays,
            "contact": contact,
            "late_reason": late_reason,
        },
    )
    return Published(notification, span)


@transaction.atomic
def withdraw_notification(
    notification: PublicNotification, *, reason: str, by: User, on: dt.date, at: dt.datetime
) -> PublicNotification:
    """Take back what was posted by mistake, before the decision rests on it; it stays as history.

    The campaign is under consultation again. Afterwards, of an urgent decision, the step stays owed.
    """
    campaign = locked_campaign(notification.proposal, by=by)
    if not reason.strip():
        raise ReasonMissingError(_("撤回公示须写明理由。"))
    is_after = allow_step(campaign, AfterStep.NOTIFICATION, CampaignState.NOTIFICATION)
    row = PublicNotification.objects.select_for_update().get(pk=notification.pk)
    if row.withdrawn_on is not None:
        raise NotificationDateError(_("公示已经撤回。请刷新页面。"))
    row.withdrawn_on, row.withdraw_reason = on, reason.strip()
    row.save(update_fields=["withdrawn_on", "withdraw_reason"])
    details = {"starts_on": f"{row.starts_on}", "last_day": f"{row.last_day}", "reason": row.withdraw_reason}
    if is_after:
        record("campaign.withdraw_notification", campaign, by=by, at=at, details=details)
    else:
        advance(campaign, "withdraw_notification", by=by, at=at, details=details)
    return row


@transaction.atomic
def record_objection(
    notification: PublicNotification,
    *,
    text: str,
    received_on: dt.date,
    nomination: Nomination | None,
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> NotificationObjection:
    """Keep what was reported; who reported it is not asked and has no field."""
    campaign = locked_campaign(notification.proposal, by=by)
    allow_step(campaign, AfterStep.NOTIFICATION, CampaignState.NOTIFICATION)
    if received_on > on:
        raise FutureDateError(_("收到日期不能晚于今天。"), field="received_on")
    if received_on < notification.starts_on:
        raise EarlyDateError(
            _("收到日期早于公示开始日期（%(day)s）。请核对日期。") % {"day": notification.starts_on},
            field="received_on",
        )
    row = NotificationObjection.objects.create(
        notification=notification, text=text.strip(), received_on=received_on, nomination=nomination
    )
    record("notification.record_objection", row, by=by, at=at)
    return row


@transaction.atomic
def resolve_objection(
    objection: NotificationObjection, *, conclusion: str, by: User, on: dt.date, at: dt.datetime
) -> NotificationObjection:
    """Write down what was found."""
    campaign = locked_campaign(objection.notification.proposal, by=by)
    allow_step(campaign, AfterStep.NOTIFICATION, *UNDER_WAY, CampaignState.REVIEW)
    if not conclusion.strip():
        raise ReasonMissingError(_("请写明核实结论。"))
    row = NotificationObjection.objects.select_for_update().get(pk=objection.pk)
    row.conclusion, row.resolved_on = conclusion.strip(), on
    row.save()
    settle_steps(campaign, on=on)
    record("notification.resolve_objection", row, by=by, at=at)
    return row


def _check_late(proposal: Proposal, starts_on: dt.date, late_reason: str) -> None:
    """A past day is believed only with a word about it, and never before there was a plan to be posted."""
    if not late_reason:
        raise NotificationDateError(
            _("公示开始日期早于今天。公示已经张贴、现在补录的，请填写补录说明；否则请改为今天或以后。"),
            field="late_reason",
        )
    if starts_on < planned_on(proposal):
        raise NotificationDateError(
            _("公示不能早于所采用方案的产生日期（%(day)s）。请核对公示开始日期。")
            % {"day": planned_on(proposal)},
            field="starts_on",
        )
