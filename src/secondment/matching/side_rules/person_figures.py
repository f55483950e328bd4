"""What side rules must know of every person: the group that sends them, a weight, a rank, the day they can come."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from secondment.campaigns.models import Campaign, Nomination
from secondment.files.codes.civil_grades import rank_held
from secondment.files.codes.ranks import LADDER, step_of
from secondment.matching.choices import Measure, PeopleGroup
from secondment.matching.side_rules.handing_over import arrivals
from secondment.people.labels import rank_label
from secondment.units.models import Region, Unit

CITY_DIGITS = 4
Having = Callable[[Mapping[str, Any]], Sequence[int]]
NO_GROUP = -1


def groups_of(nominations: Sequence[Nomination], group: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Names of the groups, by unit or region, and the group of each person; -1 for none."""
    keys = [_group_key(one, PeopleGroup(group)) for one in nominations]
    known = sorted({key for key in keys if key})
    names = _region_names(known) if group == PeopleGroup.CITY else _unit_names(known)
    row_of = {key: row for row, key in enumerate(known)}
    return tuple(names.get(key, str(key)) for key in known), tuple(
        row_of[key] if key else NO_GROUP for key in keys
    )


def weights_of(
    nominations: Sequence[Nomination], values: Mapping[str, Any], having: Having
) -> tuple[float, ...]:
    """What each person adds to the sum of a region."""
    measure = values["measure"]
    if measure == Measure.EVERYBODY:
        return tuple(1.0 for _one in nominations)
    if measure == Measure.GRASSROOTS_YEARS:
        return tuple(float(one.person.grassroots_years) for one in nominations)
    has = set(having({**values, "attribute": measure}))
    return tuple(float(row in has) for row in range(len(nominations)))


def ranks_of(nominations: Sequence[Nomination]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Names of the ranks that occur, highest first, and the rank of each person; whoever has none stands lowest."""
    steps = [step_of(rank_held(one.person.rank, one.person.grade_rank)) for one in nominations]
    known = sorted({len(LADDER) if step is None else step for step in steps})
    row_of = {step: row for row, step in enumerate(known)}
    names = tuple(
        rank_label(f"1{LADDER[step]}") if step < len(LADDER) else _("未填职务层次") for step in known
    )
    return names, tuple(row_of[len(LADDER) if step is None else step] for step in steps)


def arrivals_of(campaign: Campaign, nominations: Sequence[Nomination]) -> tuple[int, ...]:
    """The day each person can come, as a number: the campaign's first, or the day after another secondment."""
    later = arrivals(campaign, [one.person_id for one in nominations])
    return tuple(later.get(one.person_id, campaign.starts_on).toordinal() for one in nominations)


def _group_key(one: Nomination, group: PeopleGroup) -> Any:
    if group == PeopleGroup.UNIT:
        return one.home_unit_id
    if group == PeopleGroup.PARENT:
        return one.home_unit.parent_id
    code = one.home_unit.region_id or ""
    return code[:CITY_DIGITS] if len(code) >= CITY_DIGITS else ""


def _unit_names(keys: Sequence[int]) -> dict[Any, str]:
    return dict(Unit.objects.filter(pk__in=keys).values_list("pk", "name"))


def _region_names(codes: Sequence[str]) -> dict[Any, str]:
    return dict(Region.objects.filter(pk__in=codes).values_list("pk", "full_name"))
