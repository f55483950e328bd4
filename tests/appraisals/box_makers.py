"""Votes for tests: an appraisal with papers of one or two groups, opened with its box."""

import datetime as dt
from collections.abc import Iterator, Sequence

from tests.makers import AT, ON, make_placement, make_unit, make_user, numbers

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.appraisals.box.sheets import Sheet
from secondment.appraisals.choices import AppraisalState, Standing
from secondment.appraisals.models import Appraisal, BallotPaper, Candidate, RosterEntry
from secondment.appraisals.services.slips import issue_slips
from secondment.appraisals.services.voting import open_voting
from secondment.people.choices import Category
from secondment.standards.choices import IndicatorKind, Part, RaterGroup, VersionState
from secondment.standards.models import Indicator, Standard, StandardVersion

LAST = ON + dt.timedelta(days=3)
LEVELS = ["较差", "一般", "较好", "好"]


def make_standard(owner, n_items: int = 3) -> StandardVersion:
    """A signed standard whose every second item is on the ballots of the masses too."""
    standard = Standard.objects.create(
        owner_unit=owner, name=f"标准{next(numbers)}", category=next(iter(Category))
    )
    version = StandardVersion.objects.create(
        standard=standard,
        number=1,
        state=VersionState.SIGNED,
        level_names=LEVELS,
        level_scores=[40, 60, 80, 100],
        drafted_at=AT,
    )
    Indicator.objects.create(
        version=version,
        code="counted",
        position=0,
        part=Part.ACHIEVEMENT,
        title="任务完成",
        kind=IndicatorKind.QUANTITATIVE,
    )
    for number in range(1, n_items + 1):
        Indicator.objects.create(
            version=version,
            code=f"item{number}",
            position=number,
            part=Part.VIRTUE,
            title=f"指标{number}",
            kind=IndicatorKind.RATED,
            anchors=[f"{level}的表现{number}" for level in LEVELS],
            for_masses=number % 2 == 1,
            masses_title=f"群众问题{number}",
        )
    return version


def make_appraisal(
    groups: Sequence[str] = (RaterGroup.COLLEAGUES,), n_candidates: int = 2, n_items: int = 3, **fields
) -> Appraisal:
    """Ready for the vote: lists are locked."""
    owner = fields.pop("owner_unit", None) or make_unit()
    appraisal = Appraisal.objects.create(
        owner_unit=owner,
        name=fields.pop("name", f"民主测评{next(numbers)}"),
        year=2026,
        state=fields.pop("state", AppraisalState.FROZEN),
        held_on=ON,
        closes_on=LAST,
        created_at=AT,
        **fields,
    )
    standard = make_standard(owner, n_items)
    candidates = [
        Candidate.objects.create(
            appraisal=appraisal, placement=make_placement(), year=2026, standard=standard
        )
        for _number in range(n_candidates)
    ]
    unit = make_unit()
    for group in groups:
        BallotPaper.objects.create(appraisal=appraisal, group=group, unit=unit).candidates.set(candidates)
    return appraisal


def officer_of(appraisal: Appraisal, **fields) -> User:
    """Somebody of the organisation department that holds it."""
    return make_user(Role.ORGANISATION_DEPARTMENT, appraisal.owner_unit, **fields)


def opened(appraisal: Appraisal, by: User) -> Appraisal:
    """The appraisal with its box."""
    return open_voting(appraisal, by=by, on=ON, at=AT)


def slips_of(appraisal: Appraisal, n: int, by: User) -> list[str]:
    """Codes of its first paper."""
    return issued(appraisal.papers.first(), n, by)


def issued(paper: BallotPaper, n: int, by: User) -> list[str]:
    """Codes of a paper, for as many raters."""
    list_raters(paper, n)
    return issue_slips(paper, n, by=by, at=AT)


def list_raters(paper: BallotPaper, n: int) -> None:
    """So many people who vote on its list, where there are fewer."""
    RosterEntry.objects.bulk_create(
        RosterEntry(paper=paper, position=at, name=f"参评{at}", standing=Standing.DRAWN)
        for at in range(paper.roster.count(), n)
    )


def same_mark(sheet: Sheet, level: int | None) -> dict[str, dict[str, int | None]]:
    """A whole ballot with one mark everywhere."""
    return {ratee.key: {item.code: level for item in ratee.items} for ratee in sheet.ratees}


def shapes(content: bytes, pattern: bytes) -> Iterator[int]:
    """Where a file holds these bytes."""
    at = content.find(pattern)
    while at >= 0:
        yield at
        at = content.find(pattern, at + 1)
