"""Papers of an appraisal with their rosters: invented raters, drawn as the service of the draw does it."""

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from secondment.algorithms.roster_draw import Frame, Rater, digest_of, drawn_order
from secondment.appraisals.choices import Standing
from secondment.appraisals.draws import label_of
from secondment.appraisals.models import Appraisal, BallotPaper, Candidate, RosterEntry
from secondment.demo.names import MEN, SECOND, SURNAMES, WELL_KNOWN, WOMEN
from secondment.demo.work.irregular import OF_POST, Vote
from secondment.people.models import FamilyMember, Person
from secondment.standards.choices import RaterGroup
from secondment.units.models import Unit


@dataclass(frozen=True)
class Size:
    """How many are on a list, how many of them vote (None: all), and how many at most do not hand in a ballot."""

    listed: int
    wanted: int | None
    missing: int
    duties: tuple[str, ...]


SIZES: Mapping[str, Size] = {
    RaterGroup.LEADERS: Size(5, None, 0, ("党委委员", "人大主席", "副镇（乡）长", "组织委员", "宣传委员")),
    RaterGroup.COLLEAGUES: Size(6, None, 1, ("村党支部委员", "村委会委员", "村监委会委员", "党小组长")),
    RaterGroup.MASSES: Size(12, 11, 1, ("村民代表", "党员", "老党员", "种植户", "合作社社员")),
    RaterGroup.HOME: Size(5, None, 0, ("机关党委", "人事部门", "原所在部门", "机关纪委")),
}
FEW = 4
"""At a home unit so small that its group cannot stand alone."""
TOO_FEW_CAST = 7
"""Of eleven villagers: less than two thirds."""


@dataclass
class Roster:
    """A paper, whom it is about, who may vote, and how many did."""

    paper: BallotPaper
    candidates: Sequence[Candidate]
    raters: Sequence[Rater]
    n_cast: int

    @property
    def n_voting(self) -> int:
        """How many vote."""
        return self.frame.n_drawn

    @property
    def frame(self) -> Frame:
        """The list as it is drawn from."""
        return Frame(label_of(self.paper), self.paper.n_wanted, self.raters)


def rosters_of(appraisal: Appraisal, candidates: Sequence[Candidate]) -> list[Roster]:
    """Leaders of townships and people of home units judge all of theirs; colleagues and villagers the one of the village."""
    about: dict[tuple[str, int], list[Candidate]] = defaultdict(list)
    units: dict[int, Unit] = {}
    for one in candidates:
        placement = one.placement
        township = placement.host_unit.parent or placement.host_unit
        for group, unit in (
            (RaterGroup.LEADERS, township),
            (RaterGroup.COLLEAGUES, placement.host_unit),
            (RaterGroup.MASSES, placement.host_unit),
            (RaterGroup.HOME, placement.home_unit),
        ):
            units[unit.pk] = unit
            about[group, unit.pk].append(one)
    barred = barred_names_of_officials()
    return [_roster(appraisal, group, units[unit], theirs, barred) for (group, unit), theirs in about.items()]


def barred_names_of_officials() -> set[str]:
    """Names that no rater has: of officials, of their relatives, and of the well known."""
    officials = Person.objects.values_list("name", flat=True)
    return {*officials, *FamilyMember.objects.values_list("name", flat=True), *WELL_KNOWN}


def write_rosters(appraisal: Appraisal, rosters: Sequence[Roster]) -> None:
    """Everybody on the lists with place and standing, and the digest that was published before the seed."""
    digest = digest_of(one.frame for one in rosters)
    entries: list[RosterEntry] = []
    for one in rosters:
        frame = one.frame
        places = {rater: at for at, rater in enumerate(drawn_order(frame, digest, appraisal.draw_seed), 1)}
        entries += [
            RosterEntry(
                paper=one.paper,
                position=at,
                name=rater.name,
                duty=rater.duty,
                drawn_order=places[rater],
                standing=Standing.DRAWN if places[rater] <= frame.n_drawn else Standing.LISTED,
            )
            for at, rater in enumerate(one.raters, 1)
        ]
    RosterEntry.objects.bulk_create(entries, batch_size=1000)
    appraisal.frame_digest = digest
    appraisal.save(update_fields=["frame_digest"])


def _roster(
    appraisal: Appraisal, group: str, unit: Unit, candidates: Sequence[Candidate], barred: set[str]
) -> Roster:
    size = SIZES[group]
    votes = {OF_POST.get(one.placement.post.code) for one in candidates}
    chance = random.Random(f"{unit.name} {group} {appraisal.year}")  # noqa: S311 -- invented people
    n = FEW if group == RaterGroup.HOME and Vote.FEW_AT_HOME in votes else size.listed
    voting = n if size.wanted is None else min(size.wanted, n)
    cast = voting - chance.randint(0, size.missing)
    if group == RaterGroup.HOME and Vote.FEW_AT_HOME in votes:
        cast = FEW
    if group == RaterGroup.LEADERS and Vote.NO_LEADERS in votes:
        cast = 0
    if group == RaterGroup.MASSES and Vote.LOW_TURNOUT in votes:
        cast = TOO_FEW_CAST
    paper = BallotPaper(
        appraisal=appraisal,
        group=group,
        unit=unit,
        n_wanted=size.wanted,
        asked_on=appraisal.created_at.date(),
        handed_in_on=appraisal.rosters_by,
        n_issued=voting,
    )
    return Roster(paper, candidates, people_of(unit.name, group, n, barred), cast)


def people_of(unit: str, group: str, n: int, barred: set[str]) -> list[Rater]:
    """The same people of a unit whenever they are asked; no official and no relative of one has such a name."""
    chance = random.Random(f"{unit} {group}")  # noqa: S311
    names: dict[str, None] = {}
    while len(names) < n:
        letters = chance.choice((MEN, WOMEN))
        name = chance.choice(SURNAMES) + chance.choice(SECOND) + chance.choice(letters)
        if name not in barred:
            names[name] = None
    return [Rater(name, chance.choice(SIZES[group].duties)) for name in names]
