"""What a user sees of reviews of abilities."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from secondment.accounts.models import User
from secondment.campaigns.choices import NominationState
from secondment.campaigns.queries import nominations_visible_to
from secondment.campaigns.states import UNDECIDED
from secondment.growth.drafts import Rater
from secondment.growth.models import AbilityMark, AbilityReview
from secondment.people.choices import AbilitySource
from secondment.people.models import AbilityValue
from secondment.placements.models import Placement


def visible_to(user: User) -> QuerySet[Any]:
    """Nominations that the account sees in full, with how many have rated the nominee, and when."""
    raters = AbilityMark.objects.filter(review__nomination=OuterRef("pk")).order_by()
    n_raters = raters.values("review").annotate(n=Count("rater", distinct=True)).values("n")
    rows = nominations_visible_to(user).exclude(state=NominationState.WITHDRAWN)
    named = rows.select_related(
        "person__unit",
        "home_unit",
        "campaign__owner_unit",
        "campaign__programme_version__programme",
        "ability_review",
    )
    counted: QuerySet[Any] = named.annotate(
        n_raters=Coalesce(Subquery(n_raters), 0), rated_on=F("ability_review__rated_on")
    )
    return counted


def still_to_give(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Of these, nominees whom nobody has rated and about whom nothing is decided."""
    return rows.filter(ability_review=None, state=NominationState.NOMINATED, campaign__state__in=UNDECIDED)


def given(review: AbilityReview) -> list[Rater]:
    """The raters of a review with their levels, as they were written down."""
    found: dict[str, tuple[str, dict[str, int]]] = {}
    for mark in review.marks.order_by("pk"):
        found.setdefault(mark.rater, (mark.duty, {}))[1][mark.ability] = mark.level
    return [Rater(name, duty, levels) for name, (duty, levels) in found.items()]


def reviews_of(placements: Iterable[Placement]) -> dict[int, AbilityReview]:
    """The review that each placement began with, by its key: that of the nomination it came from."""
    pairs = {(one.campaign_id, one.person_id): one.pk for one in placements if one.campaign_id}
    rows = AbilityReview.objects.filter(
        nomination__campaign__in={campaign for campaign, _person in pairs},
        nomination__person__in={person for _campaign, person in pairs},
    )
    found = {}
    for one in rows.select_related("nomination", "standard").prefetch_related("marks"):
        key = (one.nomination.campaign_id, one.nomination.person_id)
        if key in pairs:
            found[pairs[key]] = one
    return found


def with_review(placements: QuerySet[Placement]) -> QuerySet[Placement]:
    """Of these, placements that began with a review."""
    reviews = AbilityReview.objects.filter(
        nomination__campaign=OuterRef("campaign"), nomination__person=OuterRef("person")
    )
    return placements.filter(Exists(reviews))


def other_values(placements: Iterable[Placement]) -> dict[int, dict[str, AbilityValue]]:
    """By person, the last value of each ability before the secondment that comes from elsewhere than an assessment."""
    since = {one.person_id: one.starts_on for one in placements}
    rows = AbilityValue.objects.filter(person__in=since).exclude(source=AbilitySource.ASSESSMENT)
    found: dict[int, dict[str, AbilityValue]] = {}
    for one in rows.order_by("as_of", "pk"):
        if one.as_of <= since[one.person_id]:
            found.setdefault(one.person_id, {})[one.ability] = one
    return found
