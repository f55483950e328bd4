"""Does it still hold? What a campaign has planned is asked again at every later step, from the run to the arrival."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import paths_of, under
from secondment.campaigns.choices import NominationState, Result
from secondment.campaigns.lapses import Lapse, LapseKind
from secondment.campaigns.models import Campaign, CampaignPost, EligibilityFinding, Nomination, Quota
from secondment.campaigns.parameter_readers import directions
from secondment.campaigns.planned import (
    PlannedNomination,
    PlannedOffer,
    PlannedPerson,
    PlannedPost,
    PlannedUnit,
)
from secondment.campaigns.queries import IS_STALE, admissible_pairs, live_nominations
from secondment.campaigns.states import UNDECIDED
from secondment.people.choices import PersonState
from secondment.people.models import Person
from secondment.people.whereabouts import whereabouts
from secondment.posts.choices import PostState
from secondment.posts.models import Post
from secondment.units.models import Unit

ONE_PLACEMENT = gettext_lazy("每人同一时间只有一个挂职（规则 H5）")
OF_STATE = {
    PersonState.RETIRED: LapseKind.RETIRED,
    PersonState.LEFT: LapseKind.LEFT,
    PersonState.DIED: LapseKind.DIED,
    PersonState.MERGED: LapseKind.LEFT,
}
AnyPost = Post | PlannedPost
AnyUnit = Unit | PlannedUnit
Pairs = Sequence[tuple[Nomination | PlannedNomination, CampaignPost | PlannedOffer]]
Term = tuple[dt.date, dt.date]


def lapses_of_run(campaign: Campaign) -> Iterator[Lapse]:
    """What keeps a run from beginning: people who may be matched, and posts, that hold no longer."""
    live = live_nominations(campaign).select_related("person__unit", "home_unit").order_by("pk")
    yield from _outdated(campaign, [one.pk for one in live])
    allowed = set(admissible_pairs(campaign).nomination_ids)
    people = [one for one in live if one.pk in allowed]
    yield from lapses_of_people((one.person, one.home_unit) for one in people)
    yield from _elsewhere(campaign, [one.person_id for one in people])
    offered = CampaignPost.objects.filter(campaign=campaign).select_related("post__host_unit")
    yield from lapses_of_offers(campaign, [one.post for one in offered])


def lapses_of_pairs(campaign: Campaign, pairs: Pairs) -> Iterator[Lapse]:
    """What no longer holds of people planned for posts; `pairs` come with person, units and post."""
    yield from (
        Lapse(LapseKind.WITHDRAWN, one.person.name)
        for one, _post in pairs
        if one.state == NominationState.WITHDRAWN
    )
    # Of whom is withdrawn anyway, nothing else needs to be put right.
    live = [one for one, _post in pairs if one.state != NominationState.WITHDRAWN]
    yield from lapses_of_people((one.person, one.home_unit) for one in live)
    yield from _outdated(campaign, [one.pk for one, _post in pairs])
    yield from _ineligible(pairs)
    yield from _elsewhere(campaign, [one.person_id for one, _post in pairs])
    yield from _over_caps(campaign, [one.home_unit_id for one, _post in pairs])
    yield from lapses_of_offers(campaign, [one.post for _nomination, one in pairs])


def lapses_of_people(people: Iterable[tuple[Person | PlannedPerson, AnyUnit]]) -> Iterator[Lapse]:
    """People who cannot be sent any longer, and home units that are closed; rows come with their units."""
    for person, home in people:
        if person.state in OF_STATE:
            yield Lapse(OF_STATE[PersonState(person.state)], person.name)
        elif not person.unit.path.startswith(home.path):
            here = _("现在%(unit)s") % {"unit": person.unit.name}
            yield Lapse(LapseKind.MOVED, _noted(person.name, here))
        yield from lapses_of_homes([home])


def lapses_of_offers(campaign: Campaign, posts: Iterable[AnyPost]) -> Iterator[Lapse]:
    """Posts that a campaign cannot offer or fill; a post named twice asks for two places."""
    posts, sent = list(posts), directions(campaign)
    yield from lapses_of_hosts(post.host_unit for post in posts)
    for post in dict.fromkeys(posts):
        if post.state != PostState.APPROVED:
            yield Lapse(LapseKind.POST_WITHDRAWN, str(post))
        if sent and post.direction not in sent:
            yield Lapse(LapseKind.OTHER_DIRECTION, _noted(post, post.get_direction_display()))
        if not (post.starts_on < campaign.ends_on and post.ends_on > campaign.starts_on):
            yield Lapse(LapseKind.OTHER_TERM, _noted(post, _span(post.starts_on, post.ends_on)))
    yield from lapses_of_places(campaign, posts, term_of(campaign))
    yield from _offered_twice(campaign, posts)


def lapses_of_homes(units: Iterable[AnyUnit]) -> Iterator[Lapse]:
    """Home units that are closed."""
    return (Lapse(LapseKind.HOME_CLOSED, one.name) for one in units if not one.is_active)


def lapses_of_hosts(units: Iterable[AnyUnit]) -> Iterator[Lapse]:
    """Host units that are closed."""
    return (Lapse(LapseKind.HOST_CLOSED, one.name) for one in units if not one.is_active)


def lapses_of_places(
    campaign: Campaign | None, posts: Sequence[AnyPost], term: Term, *, but: Collection[int] = ()
) -> Iterator[Lapse]:
    """Posts without a place left for this half-open term, because others are still there; `but` are placements' ids."""
    wanted = Counter(posts)
    taken: defaultdict[int, list[Any]] = defaultdict(list)
    rows = occupants(campaign, term).filter(post__in=[post.pk for post in wanted]).exclude(pk__in=but)
    for one in rows.select_related("person").order_by("ends_on", "pk"):
        taken[one.post_id].append(one)
    for post, n in wanted.items():
        holders = taken[post.pk]
        if holders and n + len(holders) > post.headcount:
            last = holders[-1]
            yield Lapse(LapseKind.OCCUPIED, _stay(post, last.person.name, last))


def occupants(campaign: Campaign | None, term: Term) -> QuerySet[Any]:
    """Placements outside the campaign that take a place within the term, the days of handover left out."""
    starts_on, ends_on = term
    free_from = starts_on + dt.timedelta(days=campaign.handover_days if campaign else 0)
    rows = whereabouts().active().filter(starts_on__lt=ends_on, ends_on__gt=free_from)
    return rows.exclude(campaign=campaign) if campaign else rows


def n_occupants(campaign: Campaign) -> Mapping[int, int]:
    """Post id → places of the campaign's posts that others take."""
    rows = occupants(campaign, term_of(campaign)).filter(post__campaign_posts__campaign=campaign)
    return Counter(rows.order_by().values_list("post_id", flat=True))


def offers_elsewhere(campaign: Campaign) -> QuerySet[CampaignPost]:
    """Posts that other campaigns on their way to a decision offer for a time that overlaps."""
    free_from = campaign.starts_on + dt.timedelta(days=campaign.handover_days)
    return CampaignPost.objects.filter(
        campaign__state__in=UNDECIDED,
        campaign__starts_on__lt=campaign.ends_on,
        campaign__ends_on__gt=free_from,
    ).exclude(campaign=campaign)


def posts_to_offer(user: User, campaign: Campaign) -> QuerySet[Post]:
    """Approved posts within the owner's scope that fit the campaign and that no one else holds or offers."""
    own = CampaignPost.objects.filter(campaign=campaign)
    there = occupants(campaign, term_of(campaign)).filter(post=OuterRef("pk")).order_by().values("post")
    rows = posts_in_scope(user).filter(
        state=PostState.APPROVED,
        host_unit__is_active=True,
        starts_on__lt=campaign.ends_on,
        ends_on__gt=campaign.starts_on,
    )
    if sent := directions(campaign):
        rows = rows.filter(direction__in=sent)
    return (
        rows.exclude(pk__in=own.values("post"))
        .exclude(pk__in=offers_elsewhere(campaign).values("post"))
        .annotate(n_there=Coalesce(Subquery(there.annotate(n=Count("pk")).values("n")), 0))
        .filter(n_there__lt=F("headcount"))
    )


def posts_in_scope(user: User) -> QuerySet[Post]:
    """Posts of the units for which the user's organisation department answers."""
    paths = paths_of(user, Role.ORGANISATION_DEPARTMENT)
    return Post.objects.filter(under("host_unit__path", paths)).select_related("host_unit", "region")


def usual_term(user: User, on: dt.date) -> Term | None:
    """The half-open term of most approved posts that no campaign offers yet and that are not over."""
    rows = posts_in_scope(user).filter(state=PostState.APPROVED, ends_on__gt=on, campaign_posts=None)
    counted = rows.order_by().values_list("starts_on", "ends_on").annotate(n=Count("pk"))
    found = counted.order_by("-n", "starts_on", "ends_on").first()
    return (found[0], found[1]) if found else None


def term_of(campaign: Campaign) -> Term:
    """The campaign's own half-open term."""
    return campaign.starts_on, campaign.ends_on


def _outdated(campaign: Campaign, keys: Iterable[int]) -> Iterator[Lapse]:
    asked, stale = set(keys), live_nominations(campaign).filter(IS_STALE).order_by("person__name_key", "pk")
    names = stale.values_list("pk", "person__name")
    yield from (Lapse(LapseKind.OUTDATED, name) for key, name in names if key in asked)


def _ineligible(pairs: Pairs) -> Iterator[Lapse]:
    """Pairs that the eligibility check keeps out; an approved exception lets them through."""
    wanted = {nomination.pk: (nomination.person.name, post.pk) for nomination, post in pairs}
    of_pair = Q(campaign_post=None) | Q(campaign_post__in=[post.pk for _one, post in pairs])
    blocks = EligibilityFinding.objects.filter(of_pair, nomination__in=wanted, result=Result.BLOCK)
    for found in blocks.order_by("pk"):
        name, post = wanted[found.nomination_id]
        if found.campaign_post_id in (None, post):
            yield Lapse(LapseKind.INELIGIBLE, _noted(name, found.fact_text), found.basis, found.rule, name)


def _elsewhere(campaign: Campaign, person_ids: Sequence[int]) -> Iterator[Lapse]:
    starts_on, ends_on = term_of(campaign)
    rows = whereabouts().active().filter(person__in=person_ids, starts_on__lt=ends_on, ends_on__gt=starts_on)
    for one in rows.exclude(campaign=campaign).select_related("person", "post").order_by("pk"):
        basis = str(ONE_PLACEMENT)
        yield Lapse(LapseKind.ELSEWHERE, _stay(one.person.name, one.post.title, one), basis=basis)


def _over_caps(campaign: Campaign, home_ids: Iterable[int]) -> Iterator[Lapse]:
    sent = Counter(home_ids)
    caps = Quota.objects.filter(campaign=campaign, release_cap__isnull=False)
    for key, unit, cap in caps.values_list("home_unit_id", "home_unit__name", "release_cap"):
        if sent[key] > (cap or 0):
            text = _("%(unit)s最多派出 %(cap)d 人，现有 %(n)d 人")
            yield Lapse(LapseKind.OVER_CAP, text % {"unit": unit, "cap": cap, "n": sent[key]})


def _offered_twice(campaign: Campaign, posts: Sequence[AnyPost]) -> Iterator[Lapse]:
    rows = offers_elsewhere(campaign).filter(post__in=[post.pk for post in posts])
    for one in rows.select_related("post__host_unit", "campaign").order_by("pk"):
        yield Lapse(LapseKind.OFFERED_TWICE, _noted(one.post, one.campaign.name))


def _stay(what: object, other: str, placement: Any) -> str:
    """A person or post with who or what it is taken by, and until when."""
    term = _span(placement.starts_on, placement.ends_on)
    return _("%(what)s（%(other)s，%(term)s）") % {"what": what, "other": other, "term": term}


def _noted(what: object, note: str) -> str:
    return _("%(what)s（%(note)s）") % {"what": what, "note": note}


def _span(starts_on: dt.date, ends_on: dt.date) -> str:
    """A half-open term as people write it, to its last day."""
    last_day = ends_on - dt.timedelta(days=1)
    return _("%(first)s至%(last)s") % {"first": starts_on, "last": last_day}
