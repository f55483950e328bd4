"""Who sees which results: one's own and the home unit's once they are published, the owner's and leaders' all."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse

from secondment.accounts.models import User
from secondment.campaigns.choices import NominationState
from secondment.campaigns.models import Campaign, CampaignPost, EligibilityFinding, Nomination
from secondment.campaigns.queries import nominations_visible_to, preferences_open_to
from secondment.decision.models import Decision, DecisionItem
from secondment.decision.queries import AFTER, campaigns_visible_to
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement


def results_visible_to(user: User) -> QuerySet[Nomination]:
    """Nominations whose result the account may read; nobody but those who decide reads one before it is published."""
    owned = Q(campaign__in=campaigns_visible_to(user).filter(state__in=AFTER).order_by().values("pk"))
    theirs = Q(pk__in=nominations_visible_to(user).values("pk")) | Q(
        pk__in=preferences_open_to(user).filter(person__account=user).values("pk")
    )
    rows = Nomination.objects.filter(owned | (theirs & ~Q(outcome="")), state=NominationState.NOMINATED)
    return rows.select_related(
        "person__unit", "home_unit__parent", "campaign__owner_unit", "campaign__programme_version__programme"
    ).prefetch_related("person__specialties")


def reads_unpublished(user: User, campaign: Campaign) -> bool:
    """Whether the account reads what is decided on the campaign now, published or not."""
    return campaigns_visible_to(user).filter(pk=campaign.pk, state__in=AFTER).exists()


def posts_of(campaign: Campaign) -> list[CampaignPost]:
    """Every post of the campaign, by host unit."""
    rows = CampaignPost.objects.filter(campaign=campaign).select_related(
        "post__host_unit__parent", "post__region"
    )
    return list(rows.order_by("post__host_unit__path", "pk"))


def findings_of(nomination: Nomination) -> list[EligibilityFinding]:
    """What the eligibility check found of the nomination."""
    rows = nomination.findings.select_related("campaign_post__post__host_unit")
    return list(rows.order_by("rule", "campaign_post"))


def chosen_for(campaign_post_ids: list[int]) -> dict[int, list[DecisionItem]]:
    """Who was decided on for each of these posts and goes, with what the public notification carries."""
    gone = Placement.objects.filter(
        campaign=OuterRef("decision__campaign"),
        decision_withdrawn=False,
        person=OuterRef("nomination__person"),
        state=PlacementState.CANCELLED,
    ).order_by()
    rows = DecisionItem.objects.filter(
        ~Exists(gone), decision__withdrawn_on=None, campaign_post__in=campaign_post_ids
    ).select_related("nomination__person", "nomination__home_unit__parent")
    found: dict[int, list[DecisionItem]] = {}
    for one in rows.order_by("nomination__person__name_key", "pk"):
        found.setdefault(one.campaign_post_id or 0, []).append(one)
    return found


def results_of(campaign: Campaign) -> QuerySet[Any]:
    """Everyone nominated and not withdrawn, with what was decided about them."""
    items = DecisionItem.objects.filter(decision__withdrawn_on=None).select_related(
        "campaign_post__post__host_unit__parent"
    )
    rows = Nomination.objects.filter(campaign=campaign, state=NominationState.NOMINATED)
    sent = DecisionItem.objects.filter(
        nomination=OuterRef("pk"), decision__withdrawn_on=None, campaign_post__isnull=False
    )
    named: QuerySet[Any] = rows.select_related("person", "home_unit").annotate(is_chosen=Exists(sent))
    return named.prefetch_related(Prefetch("decision_items", items))


def page_of(nomination: Nomination) -> str:
    """The page of a nomination whose campaign was decided on here."""
    is_decided = Decision.objects.filter(campaign=nomination.campaign_id).exists()
    return reverse("decision:result_detail", args=[nomination.pk]) if is_decided else ""
