"""The facts of a check as arrays: a constant number of queries, whatever the number of people and posts."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from secondment.algorithms.eligibility import Firm, Kin, Period, PersonFacts, PostFacts, Term
from secondment.algorithms.eligibility.facts import UNKNOWN_BIRTH
from secondment.campaigns.choices import NominationState
from secondment.campaigns.models import Campaign, CampaignPost
from secondment.files.codes.civil_grades import rank_held
from secondment.files.codes.political_status import FULL_MEMBER
from secondment.people.choices import Kinship, Sex
from secondment.people.models import AnnualGrade, FamilyFirm, FamilyMember, Penalty, Person
from secondment.people.whereabouts import whereabouts
from secondment.posts.choices import Direction, OrganKind
from secondment.posts.models import Post
from secondment.units.choices import UnitKind, UnitLevel

LOW_LEVELS = frozenset({UnitLevel.COUNTY, UnitLevel.TOWNSHIP, UnitLevel.VILLAGE})


@dataclass(frozen=True)
class Snapshot:
    """What goes into one check; row numbers of `people` and `posts` are indices into the id lists."""

    person_ids: list[int]
    people: list[PersonFacts]
    campaign_post_ids: list[int]
    posts: list[PostFacts]
    term: Term


def take_snapshot(campaign: Campaign, people: QuerySet[Person], *, on: dt.date) -> Snapshot:
    """The facts of `people` and of the posts offered in the campaign, as they are now."""
    facts = _People(people, campaign.starts_on, campaign.ends_on, campaign).facts()
    offered = CampaignPost.objects.filter(campaign=campaign).select_related("post__host_unit").order_by("pk")
    posts = {one.pk: _post_facts(one.post) for one in offered}
    term = Term(campaign.starts_on, campaign.ends_on, on, has_plan_number=bool(campaign.plan_number))
    return Snapshot(list(facts), list(facts.values()), list(posts), list(posts.values()), term)


def snapshot_of_pair(person: Person, post: Post, term: Term) -> Snapshot:
    """The facts of one person and one post, outside any campaign."""
    people = Person.objects.filter(pk=person.pk)
    facts = _People(people, term.starts_on, term.ends_on).facts()
    return Snapshot(list(facts), list(facts.values()), [], [_post_facts(post)], term)


def nominated_people(campaign: Campaign) -> QuerySet[Person]:
    """Everyone nominated for the campaign and not withdrawn."""
    return Person.objects.filter(nominations__campaign=campaign, nominations__state=NominationState.NOMINATED)


class _People:
    """Facts of persons, each kind of row read once."""

    def __init__(
        self, people: QuerySet[Person], starts_on: dt.date, ends_on: dt.date, campaign: Campaign | None = None
    ) -> None:
        self.campaign, self.starts_on, self.ends_on = campaign, starts_on, ends_on
        self.people = people.order_by("pk").select_related("unit")
        self.mine = Q(person__in=people.order_by().values("pk"))

    def facts(self) -> dict[int, PersonFacts]:
        rows = {
            "penalties": self._grouped(self._penalties()),
            "grades": self._grouped(self._grades()),
            "terms": self._grouped(self._terms()),
            "kin": self._grouped(self._kin()),
            "firms": self._grouped(self._firms()),
        }
        unrecognised = self._unrecognised_kin()
        nominated, in_village = self._spouses_nominated(), self._spouses_in_village()
        return {
            person.pk: PersonFacts(
                born_on=person.born_on or UNKNOWN_BIRTH,
                started_work_on=person.started_work_on,
                retires_on=retires_on(person),
                rank=rank_held(person.rank, person.grade_rank),
                education=person.education_code,
                title_level=person.title_level,
                grassroots_years=float(person.grassroots_years),
                is_party_member=person.political_status == FULL_MEMBER,
                occupation=person.occupation,
                is_county_or_below=person.unit.level in LOW_LEVELS,
                growth_region=person.growth_region_id or "",
                native_region=person.native_region_id or "",
                is_under_investigation=person.is_under_investigation,
                spouse_is_nominated=person.pk in nominated,
                spouse_is_in_village=person.pk in in_village,
                n_unrecognised_kin=unrecognised.get(person.pk, 0),
                **{name: tuple(of_person[person.pk]) for name, of_person in rows.items()},
            )
            for person in self.people
        }

    @staticmethod
    def _grouped(rows: Iterable[tuple[int, Any]]) -> dict[int, list[Any]]:
        groups: dict[int, list[Any]] = defaultdict(list)
        for person, row in rows:
            groups[person].append(row)
        return groups

    def _penalties(self) -> Iterable[tuple[int, Period]]:
        found = Penalty.objects.filter(self.mine).values_list("person_id", "kind", "starts_on", "ends_on")
        return ((person, Period(kind, start, end)) for person, kind, start, end in found)

    def _grades(self) -> Iterable[tuple[int, tuple[int, str]]]:
        found = AnnualGrade.objects.filter(self.mine).values_list("person_id", "year", "grade")
        return ((person, (year, grade)) for person, year, grade in found)

    def _terms(self) -> Iterable[tuple[int, Period]]:
        """Placements outside the campaign."""
        found = whereabouts().active().filter(self.mine)
        if self.campaign is not None:
            found = found.exclude(campaign=self.campaign)
        rows = found.values_list("person_id", "starts_on", "ends_on")
        return ((person, Period("placement", start, end)) for person, start, end in rows)

    def _kin(self) -> Iterable[tuple[int, Kin]]:
        found = FamilyMember.objects.filter(self.mine).values_list(
            "person_id", "kinship", "unit_id", "relative__unit_id", "is_leading"
        )
        return (
            (person, Kin(kinship, unit or relative_unit, is_leading))
            for person, kinship, unit, relative_unit, is_leading in found
            if unit or relative_unit
        )

    def _unrecognised_kin(self) -> dict[int, int]:
        """How many relatives of a person have no class of kinship, because their title was not recognised."""
        found = FamilyMember.objects.filter(self.mine, kinship=Kinship.UNRECOGNISED)
        return dict(found.order_by().values_list("person_id").annotate(n=Count("pk")))

    def _firms(self) -> Iterable[tuple[int, Firm]]:
        found = FamilyFirm.objects.filter(self.mine).values_list("person_id", "industry", "region_id")
        return ((person, Firm(industry, region or "")) for person, industry, region in found)

    def _spouses_nominated(self) -> set[int]:
        """Persons whose spouse is nominated for the campaign, or is among those looked at."""
        both = set(self.people.order_by().values_list("pk", flat=True))
        if self.campaign is not None:
            both |= set(nominated_people(self.campaign).values_list("pk", flat=True))
        pairs = FamilyMember.objects.filter(kinship=Kinship.SPOUSE, relative__isnull=False).filter(
            self.mine | Q(relative__in=self.people.order_by().values("pk"))
        )
        found: set[int] = set()
        for person, relative in pairs.values_list("person_id", "relative_id"):
            if person in both and relative in both:
                found |= {person, relative}
        return found

    def _spouses_in_village(self) -> set[int]:
        in_village = (
            whereabouts()
            .active()
            .filter(
                host_unit__kind=UnitKind.VILLAGE,
                starts_on__lt=self.ends_on,
                ends_on__gt=self.starts_on,
            )
        )
        found = FamilyMember.objects.filter(
            self.mine, kinship=Kinship.SPOUSE, relative__in=in_village.order_by().values("person")
        )
        return set(found.values_list("person_id", flat=True))


def retires_on(person: Person) -> dt.date | None:
    """The first day of the person's statutory retirement month; female officials retire by the rule of 55.

    None when the day of birth is unknown or outside the table.
    """
    from secondment.algorithms.structure.retirement import Category, retirement_of

    if person.born_on is None:
        return None
    category = Category.MEN_60 if person.sex == Sex.MALE else Category.WOMEN_55
    try:
        month = retirement_of(category, person.born_on.year * 100 + person.born_on.month).month
    except ValueError:
        return None
    return dt.date(month // 100, month % 100, 1)


def _post_facts(post: Post) -> PostFacts:
    unit = post.host_unit
    return PostFacts(
        unit=unit.pk,
        parent_unit=unit.parent_id,
        is_up=post.direction == Direction.UP,
        is_village=unit.kind == UnitKind.VILLAGE,
        is_principal=post.is_principal,
        is_leading=post.is_principal or post.rank[:2] in {"10", "11", "12", "13", "14"},
        is_sensitive=bool(post.sensitive_work),
        locality=_locality(post),
        region=post.region_id or unit.region_id or "",
        industries=frozenset(post.industries),
        oldest_age=post.oldest_age,
        education=post.education_code,
        title_level=post.title_level,
        grassroots_years=float(post.grassroots_years),
        requires_party_member=post.requires_party_member,
    )


def _locality(post: Post) -> str:
    """How strictly locality recusal looks at the organ: by its kind and level."""
    if post.organ_kind == OrganKind.OTHER:
        return ""
    return "strict" if post.host_unit.level in LOW_LEVELS else "usual"
