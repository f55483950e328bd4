"""Campaigns whose owner has the next move, and posts whose host unit has it, as lines of the to-do list."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import (
    BooleanField,
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    Min,
    OuterRef,
    Q,
    QuerySet,
)
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import paths_of, under
from secondment.campaigns.choices import CAMPAIGN_STATUS, FINISHED, CampaignState
from secondment.campaigns.models import Campaign
from secondment.campaigns.next_steps import next_step
from secondment.campaigns.queries import figures, posts_to_answer
from secondment.campaigns.services.notifying import NOMINATE
from secondment.obligations.models import Obligation, ObligationState
from secondment.obligations.waiting import Source, Waiting, add_source

REMIND_BEFORE = dt.timedelta(days=3)


def campaigns_to_move(user: User, on: dt.date) -> QuerySet[Campaign]:
    """Running campaigns of the organisation department that wait for no other party, or for one that is to be reminded."""
    paths = paths_of(user, Role.ORGANISATION_DEPARTMENT)
    if not paths:
        return Campaign.objects.none()
    is_running = Q(state=CampaignState.OPEN, nominations_until__gte=on)
    is_late = is_running & Q(nominations_until__lte=on + REMIND_BEFORE) & Exists(_debts())
    rows = Campaign.objects.filter(under("owner_unit__path", paths)).filter(~is_running | is_late)
    waits_for_others = ExpressionWrapper(is_running, output_field=BooleanField())
    return rows.exclude(state__in=FINISHED).annotate(waits_for_others=waits_for_others)


def _debts() -> QuerySet[Obligation]:
    """Nominations that home units still owe."""
    return Obligation.objects.filter(
        kind=NOMINATE,
        state=ObligationState.OPEN,
        subject_type=Campaign._meta.label_lower,  # noqa: SLF001 -- Django's documented name
        subject_id=Cast(OuterRef("pk"), CharField()),
    )


def lines_of(campaigns: QuerySet[Campaign]) -> Iterator[Waiting]:
    """The next step of each campaign, the first to begin first."""
    rows = campaigns.annotate(**figures("n_places", "n_asked")).select_related("owner_unit")
    shown = rows.only("name", "state", "starts_on", "owner_unit__name")
    return map(_line, shown.order_by("starts_on", "pk"))


def interest_to_state(user: User, _on: dt.date) -> QuerySet[Any]:
    """Campaigns that ask the account's host units whom they would like, with the posts that are not answered."""
    names = ("campaign", "campaign__name", "campaign__candidates_shared_on")
    grouped: QuerySet[Any] = posts_to_answer(user).order_by().values(*names)
    counted: QuerySet[Any] = grouped.annotate(
        n=Count("pk"),
        n_units=Count("post__host_unit", distinct=True),
        first_post=Min("pk"),
        unit_name=Min("post__host_unit__name"),
    )
    return counted


def interest_lines(rows: QuerySet[Any]) -> Iterator[Waiting]:
    """One line a campaign, the longest waiting first; a single post leads straight to its candidates."""
    for row in rows.order_by("campaign__candidates_shared_on", "campaign"):
        n, n_units = row["n"], row["n_units"]
        words = ngettext(
            "填报对人选的意向：%(campaign)s，%(n)d 个岗位", "填报对人选的意向：%(campaign)s，%(n)d 个岗位", n
        )
        units = ngettext("%(n)d 个单位", "%(n)d 个单位", n_units) % {"n": n_units}
        post, campaign = row["first_post"], row["campaign"]
        yield Waiting(
            title=words % {"campaign": row["campaign__name"], "n": n},
            path=reverse("campaigns:candidates", args=[post])
            if n == 1
            else reverse("campaigns:campaign_detail", args=[campaign]),
            unit=row["unit_name"] if n_units == 1 else units,
            basis=_("组织部门于 %(day)s 提供人选") % {"day": row["campaign__candidates_shared_on"]},
            state=_("审查匹配结束前填报"),
            status="info",
        )


add_source(Source(campaigns_to_move, lines_of))
add_source(Source(interest_to_state, interest_lines))


def _line(campaign: Campaign) -> Waiting:
    return Waiting(
        title=_("%(step)s：%(campaign)s") % {"step": _label(campaign), "campaign": campaign.name},
        path=reverse("campaigns:campaign_detail", args=[campaign.pk]),
        unit=campaign.owner_unit.name,
        basis=_("%(day)s 开始挂职") % {"day": campaign.starts_on},
        state=campaign.get_state_display(),
        status=CAMPAIGN_STATUS[CampaignState(campaign.state)],
    )


def _label(campaign: Campaign) -> object:
    known = vars(campaign)  # annotations
    if known["waits_for_others"]:
        return _("催办推荐")
    step = next_step(campaign, n_places=known["n_places"], n_asked=known["n_asked"])
    if step:
        return step.label
    return _("开始征集推荐") if campaign.state == CampaignState.DRAFT else _("结束推荐并审查")
