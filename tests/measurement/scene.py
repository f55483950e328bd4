"""A year of assessment with closed ballots: a signed standard, candidates in villages, sealed sheets, signed marks.

Ballots are written as the box leaves them, so that rooms above can be tried without a vote.
"""

import datetime as dt
import itertools
from dataclasses import dataclass, field

import numpy as np

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.appraisals.choices import AppraisalState, Standing
from secondment.appraisals.models import (
    Appraisal,
    BallotPaper,
    Candidate,
    RosterEntry,
    SealedBallot,
    SignedMark,
)
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.models import Campaign
from secondment.people.choices import Category
from secondment.standards.choices import IndicatorKind, Part, VersionState
from secondment.standards.models import Indicator, Standard, StandardVersion
from secondment.units.models import Unit
from tests.makers import (
    AT,
    make_campaign,
    make_person,
    make_placement,
    make_post,
    make_programme_version,
    make_unit,
    make_user,
)

numbers = itertools.count(1)
GROUP_WEIGHTS = {"leaders": 20, "colleagues": 30, "masses": 20, "organisation": 30}
INDICATORS = {"virtue": 30, "ability": 30, "diligence": 20, "achievement": 20}


def make_standard(owner: Unit, **fields) -> StandardVersion:
    """Signed, with four rated indicators (two of them for the masses) and a quantitative one without weight."""
    standard = Standard.objects.create(
        owner_unit=owner, name=f"党政干部测评标准{next(numbers)}", category=Category.PARTY_GOVERNMENT
    )
    version = StandardVersion.objects.create(
        standard=standard,
        number=1,
        state=VersionState.SIGNED,
        level_names=["差", "一般", "较好", "好"],
        level_scores=[40, 60, 80, 100],
        group_weights=fields.pop("group_weights", GROUP_WEIGHTS),
        drafted_at=AT,
        **fields,
    )
    for place, (code, weight) in enumerate(INDICATORS.items()):
        Indicator.objects.create(
            version=version,
            code=code,
            position=place,
            part=Part(code),
            title=str(Part(code).label),
            weight=weight,
            kind=IndicatorKind.RATED,
            source="ballot",
            for_masses=place < 2,
        )
    return version


@dataclass
class Year:
    """An owner, its standard, and one appraisal that can be filled and closed."""

    owner: Unit
    clerk: User
    leader: User
    standard: StandardVersion
    campaign: Campaign
    appraisal: Appraisal
    candidates: list[Candidate] = field(default_factory=list)

    def village(self, n: int = 1) -> tuple[Unit, list[Candidate]]:
        """A host unit with so many candidates."""
        host = make_unit(parent=self.owner)
        made = []
        for _ in range(n):
            placement = make_placement(
                self.campaign,
                make_person(self.owner),
                make_post(host, title="驻村工作队员", created_by=self.clerk),
                starts_on=self.campaign.starts_on,
                ends_on=self.campaign.ends_on,
            )
            made.append(
                Candidate.objects.create(
                    appraisal=self.appraisal,
                    placement=placement,
                    year=self.appraisal.year,
                    standard=self.standard,
                )
            )
        self.candidates += made
        return host, made

    def paper(
        self, group: str, unit: Unit, candidates: list[Candidate], levels: list, codes: tuple[str, ...] = ()
    ) -> BallotPaper:
        """A paper with its counted ballots: `levels` is ballots × candidates × indicators (None: 不了解)."""
        codes = codes or tuple(INDICATORS)
        paper = BallotPaper.objects.create(
            appraisal=self.appraisal,
            group=group,
            unit=unit,
            n_issued=len(levels),
            n_counted=len(levels),
        )
        paper.candidates.set(candidates)
        RosterEntry.objects.bulk_create(
            RosterEntry(paper=paper, position=place, name=f"示例{place}", standing=Standing.DRAWN)
            for place in range(len(levels))
        )
        SealedBallot.objects.bulk_create(
            SealedBallot(
                id=next(numbers) * 7919 % 1_000_003,
                paper=paper,
                marks={
                    str(one.pk): dict(zip(codes, mine, strict=True))
                    for one, mine in zip(candidates, sheet, strict=True)
                },
                digest=f"{next(numbers):064d}",
            )
            for sheet in levels
        )
        return paper

    def sign(self, rater: str, candidate: Candidate, levels: list[int | None]) -> None:
        """Signed marks of a member of the organisation group."""
        SignedMark.objects.bulk_create(
            SignedMark(candidate=candidate, indicator=code, rater=rater, level=level)
            for code, level in zip(INDICATORS, levels, strict=True)
        )

    def close(self) -> Appraisal:
        """As the box leaves it."""
        self.appraisal.state = AppraisalState.CLOSED
        self.appraisal.closed_on = dt.date(2027, 1, 16)
        self.appraisal.root = "0" * 64
        self.appraisal.save()
        return self.appraisal


def make_year(year: int = 2026, owner: Unit | None = None) -> Year:
    """An appraisal in January of the year after the one that it assesses."""
    owner = owner or make_unit("示例市委组织部")
    campaign = make_campaign(
        owner,
        state=CampaignState.DECIDED,
        starts_on=dt.date(2026, 3, 1),
        ends_on=dt.date(2028, 3, 1),
        programme_version=make_programme_version(),
    )
    appraisal = Appraisal.objects.create(
        owner_unit=owner,
        name=f"{year} 年度民主测评{next(numbers)}",
        year=year,
        held_on=dt.date(year + 1, 1, 15),
        closes_on=dt.date(year + 1, 1, 16),
        created_at=AT,
    )
    return Year(
        owner,
        make_user(Role.ORGANISATION_DEPARTMENT, owner),
        make_user(Role.LEADER, owner),
        make_standard(owner),
        campaign,
        appraisal,
    )


def simulated(
    year: Year, n_villages: int, *, n_colleagues: int = 8, n_signed: int = 3, seed: int = 1
) -> Year:
    """Villages with one candidate each, colleagues who differ, and signed marks of rotating members; closed."""
    random = np.random.default_rng(seed)
    members = [f"考核组{place}" for place in range(max(n_signed, 4))]
    severity = dict(zip(members, random.normal(0, 0.5, len(members)), strict=True))
    for place in range(n_villages):
        host, (candidate,) = year.village()
        merit, kindness = random.normal(0, 1), random.normal(0.5, 0.7)
        own = [[_levels(random, merit + kindness + random.normal(0, 0.7))] for _ in range(n_colleagues)]
        year.paper("colleagues", host, [candidate], own)
        for turn in range(n_signed):
            member = members[(place + turn) % len(members)]
            year.sign(member, candidate, _levels(random, merit - severity[member]))
    year.close()
    return year


def _levels(random: np.random.Generator, eta: float) -> list[int]:
    steps = np.array([0.0, -1.5, -1.5, 0.0])
    logits = eta * np.arange(4) - np.cumsum(steps)
    return [int(1 + np.argmax(logits + random.gumbel(size=4))) for _ in INDICATORS]
