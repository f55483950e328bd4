"""What a user sees of programmes, campaigns and nominations, and the figures of their pages."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import has_role, paths_of, under, units_within
from secondment.campaigns.choices import CampaignState, NominationState, Result
from secondment.campaigns.models import (
    Campaign,
    CampaignPost,
    EligibilityFinding,
    Exemption,
    HostPreference,
    Nomination,
    Programme,
    ProgrammeVariant,
    ProgrammeVersion,
    Quota,
)
from secondment.campaigns.rules import may_read_all, may_read_programmes
from secondment.campaigns.states import UNDECIDED
from secondment.people.choices import PersonState
from secondment.people.models import Person
from secondment.units.models import Unit

IS_STALE = (
    Q(checked_at=None)
    | ~Q(checked_person_version=F("person__version"))
    | ~Q(checked_campaign_version=F("campaign__version"))
)
FINDING_NAMES = ("nomination__person", "nomination__home_unit", "campaign_post__post__host_unit", "exemption")


def _of_campaign(rows: QuerySet[Any], figure: Sum | Count) -> Coalesce:
    """A figure of the rows that belong to a campaign."""
    own = rows.filter(campaign=OuterRef("pk")).order_by().values("campaign")
    return Coalesce(Subquery(own.annotate(n=figure).values("n")), 0)


_LIVE = Nomination.objects.filter(state=NominationState.NOMINATED)
# Put together once: a page needs them several times.
FIGURES = {
    "n_places": _of_campaign(CampaignPost.objects.all(), Sum("post__headcount")),
    "n_asked": _of_campaign(Quota.objects.all(), Sum("n_asked")),
    "n_nominated": _of_campaign(_LIVE, Count("pk")),
    "n_answered": _of_campaign(_LIVE, Count("answered_on")),
}


def visible_to(user: User) -> QuerySet[Campaign]:
    """Campaigns the user has a part in: as owner or leader, home unit with a quota, host unit, or nominee."""
    seen = under("owner_unit__path", paths_of(user, Role.ORGANISATION_DEPARTMENT, Role.LEADER))
    parts: list[QuerySet[Any]] = []
    if homes := paths_of(user, Role.HOME_UNIT):
        parts.append(Quota.objects.filter(under("home_unit__path", homes)))
    if hosts := paths_of(user, Role.HOST_UNIT):
        parts.append(CampaignPost.objects.filter(under("post__host_unit__path", hosts)))
    if has_role(user, Role.SECONDEE):
        parts.append(_own_nominations(user))
    for part in parts:
        seen |= Q(pk__in=part.values("campaign")) & ~Q(state=CampaignState.DRAFT)
    return Campaign.objects.filter(seen)


def nominations_visible_to(user: User) -> QuerySet[Nomination]:
    """Nominations in full: for the owner, its leaders and the home unit."""
    managed = under("campaign__owner_unit__path", paths_of(user, Role.ORGANISATION_DEPARTMENT, Role.LEADER))
    home = under("home_unit__path", paths_of(user, Role.HOME_UNIT)) & ~Q(campaign__state=CampaignState.DRAFT)
    return Nomination.objects.filter(managed | home)


def preferences_open_to(user: User) -> QuerySet[Nomination]:
    """Nominations whose preferences the user may read: one's own, and those visible in full."""
    return Nomination.objects.filter(
        Q(pk__in=nominations_visible_to(user).values("pk")) | Q(pk__in=_own_nominations(user).values("pk"))
    )


def posts_visible_to(user: User, campaign: Campaign) -> QuerySet[CampaignPost]:
    """Posts offered: all to the owner, its leaders and nominees; a host unit sees its own."""
    offered = CampaignPost.objects.filter(campaign=campaign).select_related("post__host_unit", "post__region")
    if may_read_all(user, campaign) or _own_nominations(user).filter(campaign=campaign).exists():
        return offered
    return offered.filter(under("post__host_unit__path", paths_of(user, Role.HOST_UNIT)))


def hosted_posts_visible_to(user: User) -> QuerySet[CampaignPost]:
    """Posts of campaigns one owns or leads, and of one's own host unit once the campaign is public."""
    own = under("campaign__owner_unit__path", paths_of(user, Role.ORGANISATION_DEPARTMENT, Role.LEADER))
    host = under("post__host_unit__path", paths_of(user, Role.HOST_UNIT))
    return CampaignPost.objects.filter(
        own | (host & ~Q(campaign__state=CampaignState.DRAFT)), campaign__in=visible_to(user)
    ).select_related("post__host_unit", "post__region", "campaign__owner_unit")


def posts_to_answer(user: User) -> QuerySet[CampaignPost]:
    """Posts whose host unit may say whom it would like to have (`may_rank_candidates`), and has not said so."""
    return CampaignPost.objects.filter(
        under("post__host_unit__path", paths_of(user, Role.HOST_UNIT)),
        campaign__state=CampaignState.REVIEW,
        campaign__candidates_shared_on__isnull=False,
        host_answered_on=None,
        host_preferences=None,
    )


def quotas_visible_to(user: User, campaign: Campaign) -> QuerySet[Quota]:
    """Quotas: all to the owner and its leaders, its own to a home unit."""
    quotas = Quota.objects.filter(campaign=campaign).select_related("home_unit")
    if may_read_all(user, campaign):
        return quotas
    return quotas.filter(under("home_unit__path", paths_of(user, Role.HOME_UNIT)))


def variants_visible_to(user: User) -> QuerySet[ProgrammeVariant]:
    """What counties within the scope of a department or leader have set, and what counts for the reader's own units."""
    paths = paths_of(user, Role.ORGANISATION_DEPARTMENT, Role.LEADER)
    above = [unit for path in paths for unit in path.strip("/").split("/")]
    mine = under("unit__path", paths) | Q(unit__in=above)
    return ProgrammeVariant.objects.filter(mine).select_related("programme", "unit", "published_by")


def coming_of(variants: QuerySet[ProgrammeVariant], on: dt.date) -> QuerySet[ProgrammeVariant]:
    """Those whose day has still to come, and that no later version replaces by then."""
    same = ProgrammeVariant.objects.filter(programme=OuterRef("programme"), unit=OuterRef("unit"))
    later = same.filter(number__gt=OuterRef("number"), since__lte=OuterRef("since"))
    return variants.filter(~Exists(later), since__gt=on)


def variant_units(user: User) -> list[Unit]:
    """The units for which the account may set something differently."""
    paths = [path for path in paths_of(user, Role.ORGANISATION_DEPARTMENT) if path.count("/") > 1]
    return list(Unit.objects.filter(path__in=paths, is_active=True).order_by("path"))


def programmes_visible_to(user: User) -> QuerySet[Programme]:
    """Every programme, for organisation departments and leaders."""
    return Programme.objects.all() if may_read_programmes(user) else Programme.objects.none()


def versions_visible_to(user: User) -> QuerySet[ProgrammeVersion]:
    """Every version of the programmes that the user sees."""
    return ProgrammeVersion.objects.filter(programme__in=programmes_visible_to(user))


def running_under(programme: Programme) -> QuerySet[Campaign]:
    """Campaigns that go by any version of a programme and are not over."""
    rows = Campaign.objects.filter(programme_version__programme=programme)
    return rows.exclude(state__in=(CampaignState.DISPATCHED, CampaignState.CANCELLED))


def campaigns_with_figures(user: User) -> QuerySet[Campaign]:
    """Visible campaigns with number of places, places asked for, nominated and answered."""
    campaigns = visible_to(user).select_related("programme_version__programme", "owner_unit")
    return campaigns.annotate(**FIGURES)


def figures(*names: str) -> dict[str, Coalesce]:
    """Some of the figures of campaigns, to annotate them with."""
    return {name: FIGURES[name] for name in names}


def quotas_with_figures(quotas: QuerySet[Quota]) -> QuerySet[Any]:
    """Quotas with how many were nominated and how many of those have answered."""
    live = (
        Nomination.objects.filter(
            campaign=OuterRef("campaign"), home_unit=OuterRef("home_unit"), state=NominationState.NOMINATED
        )
        .order_by()
        .values("home_unit")
    )
    return quotas.annotate(
        n_nominated=Coalesce(Subquery(live.annotate(n=Count("pk")).values("n")), 0),
        n_answered=Coalesce(Subquery(live.annotate(n=Count("answered_on")).values("n")), 0),
    ).annotate(n_missing=F("n_asked") - F("n_nominated"))


def nominations_with_figures(nominations: QuerySet[Nomination]) -> QuerySet[Any]:
    """Nominations with blocks and warnings of the person, preferences stated, and whether a check is due."""
    findings = EligibilityFinding.objects.filter(nomination=OuterRef("pk"))
    of_person = findings.filter(campaign_post=None)
    return nominations.select_related("person", "home_unit", "campaign__owner_unit").annotate(
        is_blocked=Exists(of_person.filter(result=Result.BLOCK)),
        has_pair_block=Exists(findings.filter(result=Result.BLOCK, campaign_post__isnull=False)),
        has_warning=Exists(findings.filter(result=Result.WARN)),
        is_stale=Exists(
            Nomination.objects.filter(IS_STALE, pk=OuterRef("pk"), campaign__state__in=UNDECIDED)
        ),
        is_elsewhere=Exists(nominated_elsewhere()),
        n_preferences=Count("preferences", distinct=True),
    )


def for_forms(nominations: QuerySet[Nomination]) -> QuerySet[Nomination]:
    """Nominations with everything that their forms print, in the order of the list."""
    related = nominations.select_related(
        "person__unit", "person__growth_region", "home_unit", "campaign__programme_version__programme"
    )
    rows = ("annual_grades", "family", "firms")
    return related.prefetch_related(
        *(f"person__{name}" for name in rows), "preferences__campaign_post__post__host_unit"
    ).order_by("home_unit__path", "pk")


def live_nominations(campaign: Campaign) -> QuerySet[Nomination]:
    """Nominations of a campaign that were not withdrawn."""
    return Nomination.objects.filter(campaign=campaign, state=NominationState.NOMINATED)


def undecided_nominations() -> QuerySet[Nomination]:
    """Nominations that wait for a decision, of every campaign."""
    return Nomination.objects.filter(state=NominationState.NOMINATED, campaign__state__in=UNDECIDED)


def nominated_elsewhere() -> QuerySet[Nomination]:
    """Below a query of nominations: the same person in other undecided campaigns with an overlapping term."""
    rows = undecided_nominations().filter(
        person=OuterRef("person"),
        campaign__starts_on__lt=OuterRef("campaign__ends_on"),
        campaign__ends_on__gt=OuterRef("campaign__starts_on"),
    )
    return rows.exclude(campaign=OuterRef("campaign"))


def own_nominations(user: User) -> QuerySet[Nomination]:
    """Nominations of the account's person in campaigns that are not over."""
    rows = Nomination.objects.filter(person__account=user, state=NominationState.NOMINATED).exclude(
        campaign__state__in=(CampaignState.DRAFT, CampaignState.DISPATCHED, CampaignState.CANCELLED)
    )
    return rows.select_related("campaign", "home_unit").order_by("-pk")


def quotas_asked_of(user: User) -> QuerySet[Quota]:
    """Quotas of the account's home units in campaigns that take nominations now."""
    units = units_within(user, Role.HOME_UNIT).values("pk")
    return Quota.objects.filter(home_unit__in=units, campaign__state=CampaignState.OPEN)


def other_nominations(campaign: Campaign, person_ids: Collection[int]) -> QuerySet[Nomination]:
    """Nominations of these people in other undecided campaigns whose terms overlap with this one's."""
    rows = _nominated_beside(campaign).filter(person__in=person_ids)
    return rows.select_related("person", "campaign__owner_unit").order_by("pk")


def nominee_counts(campaign: Campaign) -> dict[str, int]:
    """How many nominees are blocked as persons, wait for a check, are nominated elsewhere for the same time."""
    blocks = EligibilityFinding.objects.filter(
        nomination=OuterRef("pk"), campaign_post=None, result=Result.BLOCK
    )
    elsewhere = _nominated_beside(campaign) if campaign.state in UNDECIDED else Nomination.objects.none()
    return live_nominations(campaign).aggregate(
        n_blocked=Count("pk", filter=Exists(blocks)),
        n_stale=Count("pk", filter=IS_STALE & Q(campaign__state__in=UNDECIDED)),
        n_elsewhere=Count("pk", filter=Q(person__in=elsewhere.values("person"))),
    )


def n_stale(campaign: Campaign) -> int:
    """How many nominations were never checked or have changed since."""
    return live_nominations(campaign).filter(IS_STALE).count()


def candidates_to_nominate(user: User, campaign: Campaign) -> QuerySet[Person]:
    """Active people below the quotas the user sees, not yet nominated here."""
    quotas = [quota.home_unit.path for quota in quotas_visible_to(user, campaign)]
    return (
        Person.objects.filter(under("unit__path", quotas), state=PersonState.ACTIVE)
        .exclude(pk__in=live_nominations(campaign).values("person"))
        .select_related("unit")
    )


def shared_candidates(campaign_post: CampaignPost) -> QuerySet[Any]:
    """Nominees a host unit may be shown for a post: no block of the person or of this pair."""
    blocks = EligibilityFinding.objects.filter(nomination=OuterRef("pk"), result=Result.BLOCK).filter(
        Q(campaign_post=None) | Q(campaign_post=campaign_post)
    )
    rank = HostPreference.objects.filter(campaign_post=campaign_post, nomination=OuterRef("pk"))
    return (
        live_nominations(campaign_post.campaign)
        .filter(~Exists(blocks))
        .select_related("person", "home_unit")
        .annotate(host_rank=Subquery(rank.values("rank")[:1]))
    )


def live_findings(campaign: Campaign) -> QuerySet[EligibilityFinding]:
    """Findings about nominations of a campaign that were not withdrawn."""
    return EligibilityFinding.objects.filter(
        nomination__campaign=campaign, nomination__state=NominationState.NOMINATED
    )


def findings_visible_to(user: User) -> QuerySet[EligibilityFinding]:
    """Findings about nominations that the user sees in full."""
    rows = EligibilityFinding.objects.filter(nomination__in=nominations_visible_to(user))
    return rows.select_related("nomination__campaign__owner_unit", *FINDING_NAMES)


def exemptions_visible_to(user: User) -> QuerySet[Exemption]:
    """Exceptions for nominations that the user sees in full."""
    rows = Exemption.objects.filter(nomination__in=nominations_visible_to(user))
    return rows.select_related("nomination__campaign__owner_unit")


def findings_by_rule(campaign: Campaign) -> dict[str, dict[str, int]]:
    """For each rule: people it blocks, warns and excepts as such, and pairs it blocks and warns."""
    rows = (
        live_findings(campaign)
        .order_by()
        .values("rule", "result", is_pair=Q(campaign_post__isnull=False))
        .annotate(n=Count("pk"))
    )
    names = [result.value for result in Result]
    figures: dict[str, dict[str, int]] = {}
    for row in rows:
        of_rule = figures.setdefault(
            row["rule"],
            {f"n_{kind}_{name}": 0 for kind in ("person", "pair") for name in names},
        )
        of_rule[f"n_{'pair' if row['is_pair'] else 'person'}_{row['result']}"] += row["n"]
    return figures


def owner_units_for(user: User) -> QuerySet[Unit]:
    """Units in whose name the user may run a campaign."""
    paths = paths_of(user, Role.ORGANISATION_DEPARTMENT)
    return Unit.objects.filter(path__in=paths) | Unit.objects.filter(
        under("path", paths), kind="organisation_department", is_active=True
    )


@dataclass(frozen=True)
class AdmissiblePairs:
    """Who may go where: everyone of `nomination_ids` to every one of `campaign_post_ids`, except `blocked`.

    `blocked` holds (nomination id, campaign post id). Nominations blocked as persons are left out.
    """

    nomination_ids: list[int]
    campaign_post_ids: list[int]
    blocked: frozenset[tuple[int, int]]


def admissible_pairs(campaign: Campaign) -> AdmissiblePairs:
    """The pairs that the last eligibility check lets through; exceptions let through too."""
    blocks = live_findings(campaign).filter(result=Result.BLOCK)
    free = live_nominations(campaign).exclude(pk__in=blocks.filter(campaign_post=None).values("nomination"))
    pairs = blocks.filter(campaign_post__isnull=False).values_list("nomination_id", "campaign_post_id")
    return AdmissiblePairs(
        nomination_ids=list(free.order_by("pk").values_list("pk", flat=True)),
        campaign_post_ids=list(
            CampaignPost.objects.filter(campaign=campaign).order_by("pk").values_list("pk", flat=True)
        ),
        blocked=frozenset(pairs.order_by().iterator()),
    )


def _nominated_beside(campaign: Campaign) -> QuerySet[Nomination]:
    """Nominations in other undecided campaigns whose terms overlap with this one's."""
    rows = undecided_nominations().filter(
        campaign__starts_on__lt=campaign.ends_on, campaign__ends_on__gt=campaign.starts_on
    )
    return rows.exclude(campaign=campaign)


def _own_nominations(user: User) -> QuerySet[Nomination]:
    """The user's own live nominations, if the account is a secondee's."""
    if not has_role(user, Role.SECONDEE):
        return Nomination.objects.none()
    return Nomination.objects.filter(person__account=user, state=NominationState.NOMINATED)


def nominations_named(keys: Iterable[int]) -> dict[int, Nomination]:
    """Nominations with person and home unit, by id."""
    found = Nomination.objects.filter(pk__in=list(keys)).select_related("person", "home_unit")
    return {one.pk: one for one in found}


def posts_named(keys: Iterable[int]) -> dict[int, CampaignPost]:
    """Campaign posts with post and host unit, by id."""
    found = CampaignPost.objects.filter(pk__in=list(keys)).select_related("post__host_unit")
    return {one.pk: one for one in found}


def nominations_of(campaign: Campaign) -> QuerySet[Nomination]:
    """Nominations of a campaign, withdrawn or not, with person and home unit."""
    return Nomination.objects.filter(campaign=campaign).select_related("person", "home_unit")


def posts_of(campaign: Campaign) -> QuerySet[CampaignPost]:
    """Posts of a campaign, with post and host unit."""
    return CampaignPost.objects.filter(campaign=campaign).select_related("post__host_unit")
