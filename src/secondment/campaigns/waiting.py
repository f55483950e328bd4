"""Campaigns whose owner has the next move, as lines of the to-do list."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import BooleanField, CharField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import paths_of, under
from secondment.campaigns.choices import CAMPAIGN_STATUS, FINISHED, CampaignState
from secondment.campaigns.models import Campaign
from secondment.campaigns.next_steps import next_step
from secondment.campaigns.queries import figures
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


add_source(Source(campaigns_to_move, lines_of))


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
