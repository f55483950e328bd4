"""The ability items of a closed appraisal, by the rules of the plain tally, and what they say of growth."""

import datetime as dt
import math

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from secondment.accounts.choices import Role
from secondment.algorithms.rating.tally import CandidateTally, GroupTally, IndicatorTally
from secondment.appraisals.models import Appraisal, BallotPaper, Candidate, RosterEntry, SealedBallot
from secondment.appraisals.reading import sheets_of
from secondment.findings.ports import SettledYear
from secondment.growth.reading import courses_of, group_changes, growth_of
from secondment.growth.services import give_abilities
from secondment.growth.yearly import result_of, yearly_abilities
from secondment.people.choices import Ability
from secondment.placements.models import Placement
from secondment.standards.choices import VersionState
from secondment.standards.models import Indicator, Standard, StandardVersion
from tests.campaigns.builders import AT, ON, Scene
from tests.growth.reviews import RATED_ON, rater, three
from tests.makers import make_placement, make_user
from tests.pages import text_of

LEVELS = [40, 60, 80, 100]


def make_standard(scene: Scene) -> StandardVersion:
    standard = Standard.objects.create(owner_unit=scene.root, name="示例标准", category="party_government")
    version = StandardVersion.objects.create(
        standard=standard,
        number=1,
        state=VersionState.SIGNED,
        level_names=["差", "一般", "较好", "好"],
        level_scores=LEVELS,
        group_weights={"leaders": 0, "colleagues": 60, "masses": 40},
        drafted_by=make_user(),
        drafted_at=AT,
    )
    for place, ability in enumerate(Ability.values):
        Indicator.objects.create(
            version=version,
            code=f"a-{place}",
            position=place,
            part="ability",
            title=f"能力{place}",
            weight=4,
            kind="rated",
            source="ballot",
            ability=ability,
        )
    return version


def appraise(
    scene: Scene, version: StandardVersion, placements: list[Placement], level: int, n: int = 12
) -> Appraisal:
    """Colleagues of the host unit give everybody `level` in all abilities, every fourth a level less."""
    appraisal = Appraisal.objects.create(
        owner_unit=scene.root,
        name="2026 年度测评",
        year=2026,
        state="closed",
        held_on=dt.date(2026, 12, 20),
        closes_on=dt.date(2026, 12, 21),
        created_by=make_user(),
        created_at=AT,
    )
    paper = BallotPaper.objects.create(appraisal=appraisal, group="colleagues", unit=scene.host, n_counted=n)
    candidates = [
        Candidate.objects.create(appraisal=appraisal, placement=one, year=2026, standard=version)
        for one in placements
    ]
    paper.candidates.set(candidates)
    RosterEntry.objects.bulk_create(
        RosterEntry(paper=paper, position=at, name=f"评议人{at}", standing="drawn") for at in range(n)
    )
    for number in range(n):
        levels = {f"a-{place}": level - (number % 4 == 0) for place in range(5)}
        SealedBallot.objects.create(
            id=number + 1,
            paper=paper,
            marks={str(one.pk): levels for one in candidates},
            digest=f"{number:064d}",
        )
    return appraisal


def test_the_items_of_an_ability_are_tallied_apart(scene: Scene, nominee) -> None:
    placement = make_placement(scene.campaign, nominee.person)
    appraise(scene, make_standard(scene), [placement], 4)
    found = yearly_abilities([placement])[placement.pk][2026]
    assert set(found) == set(Ability.values)
    # three of twelve gave 80, the others 100: mean 95, variance 900 / 11
    assert (found["mass_work"].mean, found["mass_work"].n) == (95, 12)
    assert found["mass_work"].se == pytest.approx(math.sqrt(900 / 11 / 12))


def test_of_one_person_only_their_own_papers_are_read(
    scene: Scene, nominee, monkeypatch, django_assert_num_queries
) -> None:
    """Three others stand in the same appraisal, on papers of their own and one on the person's paper."""
    version = make_standard(scene)
    mine, beside, *others = (
        make_placement(scene.campaign, nominee.person),
        *(make_placement(scene.campaign) for _n in range(3)),
    )
    appraisal = appraise(scene, version, [mine, beside], 4)
    for at, one in enumerate(others, start=1):
        candidate = Candidate.objects.create(appraisal=appraisal, placement=one, year=2026, standard=version)
        paper = BallotPaper.objects.create(
            appraisal=appraisal, group="masses", unit=one.host_unit, n_counted=12
        )
        paper.candidates.set([candidate])
        for number in range(12):
            RosterEntry.objects.create(paper=paper, position=number, name=f"村民{number}", standing="drawn")
            marks = {str(candidate.pk): dict.fromkeys((f"a-{place}" for place in range(5)), 2)}
            SealedBallot.objects.create(
                id=1_000 * at + number, paper=paper, marks=marks, digest=f"{1_000 * at + number:064d}"
            )
    read: list[int] = []

    def counted(appraisals, about=None):
        found = sheets_of(appraisals, about)
        read.append(len(found))
        return found

    monkeypatch.setattr("secondment.measurement.gathering.sheets_of", counted)
    with CaptureQueriesContext(connection) as queries:
        everybody = yearly_abilities([mine, beside, *others])
    with django_assert_num_queries(len(queries)):
        alone = yearly_abilities([mine])
    assert read == [36, 12]
    assert alone == {mine.pk: everybody[mine.pk]}


def test_four_ballots_say_nothing(scene: Scene, nominee) -> None:
    placement = make_placement(scene.campaign, nominee.person)
    appraise(scene, make_standard(scene), [placement], 4, n=4)
    assert yearly_abilities([placement]) == {}


def test_where_levels_are_not_told_the_error_is_the_largest_possible() -> None:
    def one_group(n: int, counts: tuple[int, ...] | None) -> CandidateTally:
        items = {"a": IndicatorTally(n, 80, counts)} if n >= 10 else {}
        group = GroupTally("masses", ("masses",), n, 0, 80, 100, items)
        return CandidateTally(n, (group,), 80, (), (), 100)

    assert result_of(one_group(6, None), LEVELS).se == pytest.approx(math.sqrt(20 * 40 / 6))
    assert result_of(one_group(12, None), LEVELS).se == pytest.approx(math.sqrt(20 * 40 / 12))
    assert result_of(one_group(10, (0, 0, 10, 0)), LEVELS).se == pytest.approx(math.sqrt(400 / 12 / 10))


def test_before_and_after_are_told_apart_or_not(signed_in, scene: Scene, nominee) -> None:
    version = make_standard(scene)
    placement = make_placement(scene.campaign, nominee.person)
    low = [rater(one.name, 1, 1, 1, 1, 4) for one in three()]
    review = give_abilities(nominee, low, rated_on=RATED_ON, by=scene.home_user, on=ON, at=AT)
    assert review.standard == version
    appraise(scene, version, [placement], 4)
    courses = {one.ability: one for one in growth_of(placement)}
    up, same = courses["mass_work"], courses["harmony_safety"]
    assert (up.change.by, up.change.is_distinguishable) == (55, True)
    assert (same.change.by, same.change.is_distinguishable) == (-5, False)
    assert up.change.se == pytest.approx(math.hypot(up.before.se, up.last.se))
    page = text_of(signed_in(scene.owner).get(f"/growth/people/{placement.pk}/"))
    assert "有提高" in page
    assert "分不出高低：差值在误差之内" in page


def test_units_and_the_person_read_a_year_once_its_result_is_in_force(
    signed_in, scene: Scene, nominee, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = nominee.person
    person.account = make_user(Role.SECONDEE, scene.home)
    person.save()
    placement = make_placement(scene.campaign, person)
    appraise(scene, make_standard(scene), [placement], 4)
    page = f"/growth/people/{placement.pk}/"
    readers = (person.account, scene.home_user)
    assert "95.0" in text_of(signed_in(scene.owner).get(page))
    for is_in_force in (None, False, True):
        found = [] if is_in_force is None else [SettledYear(placement.pk, 2026, is_in_force)]
        monkeypatch.setattr("secondment.findings.ports.SETTLED_YEARS", [lambda _keys, found=found: found])
        for one in readers:
            assert ("95.0" in text_of(signed_in(one).get(page))) is bool(is_in_force)


@pytest.mark.parametrize("n_people", [4, 5])
def test_the_mean_change_needs_five_people(signed_in, scene: Scene, n_people: int) -> None:
    version = make_standard(scene)
    placements = []
    for place in range(n_people):
        nominee = scene.nomination()
        levels = (1 + place % 2, 1, 1, 1, 1)
        low = [rater(one.name, *levels) for one in three()]
        give_abilities(nominee, low, rated_on=RATED_ON, by=scene.home_user, on=ON, at=AT)
        placements.append(make_placement(scene.campaign, nominee.person))
    appraise(scene, version, placements, 3)
    found = {one.ability: one for one in group_changes(courses_of(placements).values())}
    assert len(found) == (5 if n_people == 5 else 0)
    page = text_of(signed_in(scene.owner).get("/growth/groups/"))
    assert ("+35.0 ± 0.0" in page) is (n_people == 5)
    if n_people == 5:
        # changes of 35, 15, 35, 15, 35
        assert found["party_building"].change.by == 27
        assert found["party_building"].change.se == pytest.approx(math.sqrt(480 / 4 / 5))


def test_courses_cost_the_same_for_many(scene: Scene) -> None:
    version = make_standard(scene)
    placements = [make_placement(scene.campaign, scene.nomination().person) for _each in range(6)]
    appraise(scene, version, placements, 4)
    counts = []
    for some in (placements[:1], placements):
        rows = list(Placement.objects.filter(pk__in=[one.pk for one in some]))
        with CaptureQueriesContext(
            connection,
        ) as captured:
            courses_of(rows)
        counts.append(len(captured))
    assert counts[0] == counts[1]
