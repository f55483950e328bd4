"""What the pages of a decision show: the steps, who was asked, who was talked with, what is missing."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.campaigns.models import Campaign
from secondment.common.components import Fact, Status
from secondment.common.errors import DomainError
from secondment.common.workdays import span_of_workdays
from secondment.decision.before import Before, before
from secondment.decision.choices import AfterStep, Reply
from secondment.decision.models import (
    Consultation,
    Decision,
    DecisionItem,
    NotificationObjection,
    PreAppointmentTalk,
    PublicNotification,
)
from secondment.decision.parameters import needed_talks, notification_workdays, steps_after_days
from secondment.decision.queries import (
    KIND,
    afterwards_of,
    decision_of,
    items_of,
    posted_of,
)
from secondment.matching.certificates import is_of_today
from secondment.matching.holding import live_pairs
from secondment.matching.models import Proposal
from secondment.obligations.models import Obligation, ObligationState
from secondment.obligations.waiting import due_status, due_words


@dataclass(frozen=True)
class Overview:
    """Everything the page shows about a chosen proposal."""

    proposal: Proposal
    n_pairs: int
    n_asked: int
    n_withdrawn: int
    n_waiting: int
    n_objected: int
    n_handled: int
    notification: PublicNotification | None
    withdrawn: Sequence[PublicNotification]
    is_certain: bool
    objections: Sequence[NotificationObjection]
    n_talks: int
    needs_talks: bool
    n_workdays: int
    decision: Decision | None
    changed: Sequence[DecisionItem] = ()
    n_sent: int = 0
    before: Before | None = None

    @property
    def obstacles(self) -> list[DomainError]:
        """What holds no longer, then what is still to be done."""
        return self.before.obstacles if self.before else []


def overview(proposal: Proposal, *, kept: frozenset[str], on: dt.date, is_led: bool = True) -> Overview:
    """Read everything about a chosen proposal; a handful of queries whatever its size.

    Rules that are `kept` from the reader are not named; who manages the campaign `is_led` to the cures.
    """
    campaign = proposal.run.campaign
    people = list(live_pairs(proposal).values_list("nomination_id", flat=True))
    notification = posted_of(proposal)
    decision = decision_of(campaign)
    items = list(items_of(decision)) if decision else []
    undecided = people if decision is None else []
    return Overview(
        proposal=proposal,
        n_pairs=len(people),
        **_reply_counts(proposal),
        notification=notification,
        is_certain=_is_certain(notification),
        withdrawn=list(proposal.public_notifications.exclude(withdrawn_on=None)),
        objections=list(
            NotificationObjection.objects.filter(notification__proposal=proposal).select_related(
                "nomination__person"
            )
        ),
        n_talks=PreAppointmentTalk.objects.filter(
            proposal=proposal, nomination__pairs__proposal=proposal
        ).count(),
        needs_talks=needed_talks(campaign) > 0,
        n_workdays=notification_workdays(campaign),
        decision=decision,
        changed=[item for item in items if item.campaign_post_id != item.proposed_post_id],
        n_sent=sum(item.campaign_post_id is not None for item in items),
        before=before(proposal, undecided, kept=kept, on=on, may_follow=_may_follow(campaign), is_led=is_led)
        if undecided
        else None,
    )


def _may_follow(campaign: Campaign) -> bool:
    """Whether the programme lets steps follow the decision."""
    return steps_after_days(campaign) > 0


def decision_facts(decision: Decision) -> list[Fact]:
    """Meeting, number, day."""
    return [
        *([Fact(_("第几次决定"), decision.version)] if decision.version > 1 else []),
        Fact(_("会议"), decision.meeting),
        Fact(_("决定文号"), decision.number),
        Fact(_("决定日期"), decision.decided_on),
        Fact(_("登记人"), decision.recorded_by.name),
        *_urgent_facts(decision),
        *_certificate_facts(decision),
    ]


def withdrawal_facts(decision: Decision) -> list[Fact]:
    """By whom, when and why a decision was taken back."""
    if decision.withdrawn_on is None:
        return []
    return [
        Fact(_("决定撤回的会议"), decision.withdraw_meeting),
        Fact(_("撤回日期"), decision.withdrawn_on),
        Fact(_("撤回登记人"), decision.withdrawn_by.name if decision.withdrawn_by else ""),
        Fact(_("撤回理由"), decision.withdraw_reason, is_wide=True),
    ]


def _certificate_facts(decision: Decision) -> list[Fact]:
    """The fingerprint, and where the file is; decisions from before there were certificates have none."""
    if not decision.certificate:
        return []
    if not is_of_today(decision.proposal, decision.certificate):
        return [
            Fact(
                _("最优性证明指纹（SHA-256，旧格式文件，以当时下载的为准）"),
                decision.certificate,
                is_wide=True,
            )
        ]
    url = reverse("matching:proposal_certificate", args=[decision.proposal_id])
    return [Fact(_("最优性证明指纹（SHA-256）"), decision.certificate, url, is_wide=True)]


def _urgent_facts(decision: Decision) -> list[Fact]:
    if not decision.leaders:
        return []
    return [
        Fact(_("决定的领导"), decision.leaders),
        Fact(_("会议纪要"), decision.minutes_number),
        Fact(_("会议纪要日期"), decision.minutes_on),
        *([Fact(_("逾期说明"), decision.minutes_late_reason)] if decision.minutes_late_reason else []),
        Fact(_("事后补办的理由"), decision.afterwards_reason, is_wide=True),
    ]


@dataclass(frozen=True)
class LaterStep:
    """One thing that follows an urgent decision: by when, and whether it is done."""

    title: str
    due_on: dt.date
    done_on: dt.date | None
    state: str
    status: Status


def later_steps(campaign: Campaign, on: dt.date) -> list[LaterStep]:
    """What follows an urgent decision, the first due first."""
    return [_later_step(one, on) for one in afterwards_of(campaign)]


def _later_step(owed: Obligation, on: dt.date) -> LaterStep:
    title = str(AfterStep(owed.kind.removeprefix(KIND)).label)
    if owed.state == ObligationState.OPEN:
        return LaterStep(title, owed.due_on, None, due_words(owed.due_on, on), due_status(owed.due_on, on))
    is_late = owed.closed_on is not None and owed.closed_on > owed.due_on
    words = _("已办（逾期）") if is_late else _("已办")
    return LaterStep(title, owed.due_on, owed.closed_on, words, "warn" if is_late else "good")


def reply_facts(consultation: Consultation) -> list[Fact]:
    """What the unit said and what came of it."""
    return [
        Fact(_("答复"), consultation.get_reply_display()),
        Fact(_("答复日期"), consultation.replied_on),
        Fact(_("答复人"), consultation.replied_by.name if consultation.replied_by else ""),
        Fact(_("答复期限"), consultation.due_on),
        Fact(_("意见"), consultation.text, is_wide=True),
        Fact(_("处理结论"), consultation.handling, is_wide=True),
    ]


def _reply_counts(proposal: Proposal) -> dict[str, int]:
    """Units asked, those that have not replied, those that object, and of these those that have an answer."""
    return Consultation.objects.filter(proposal=proposal).aggregate(
        n_asked=Count("pk"),
        n_withdrawn=Count("pk", filter=Q(is_withdrawn=True)),
        n_waiting=Count("pk", filter=Q(reply=Reply.PENDING, is_withdrawn=False)),
        n_objected=Count("pk", filter=Q(reply=Reply.OBJECTED)),
        n_handled=Count("pk", filter=Q(reply=Reply.OBJECTED) & ~Q(handling="")),
    )


def _is_certain(notification: PublicNotification | None) -> bool:
    """Whether the days were counted by an announced calendar."""
    if notification is None:
        return True
    return span_of_workdays(notification.starts_on, max(1, notification.n_workdays)).is_certain
