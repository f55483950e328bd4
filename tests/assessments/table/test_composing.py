"""Composites by hand: weights, errors, what is missing, what stands apart; with the estimator and without it."""

from decimal import Decimal
from math import sqrt
from typing import Any

import pytest

from secondment.assessments.choices import PoolKind
from secondment.assessments.composite.choices import Basis
from secondment.assessments.composite.services import Counted, Stated, record_quantities, state_facts
from secondment.assessments.composite.standards import schemes_of
from secondment.assessments.models import CommitteeTable, Evaluation, Pool, Register
from secondment.assessments.services import change_pools
from secondment.assessments.services.errors import ReasonMissingError
from secondment.assessments.table.calculating import standing_of, tiers_of
from secondment.assessments.table.choices import Standing
from secondment.assessments.table.errors import TableError
from secondment.assessments.table.holding import holding_of
from secondment.assessments.table.services import calculate_table, hold_table
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError
from secondment.people.models import Person
from secondment.standards.choices import VersionState
from secondment.standards.models import StandardVersion
from tests.assessments.conftest import Scene
from tests.assessments.measured import make_run
from tests.assessments.schemes import make_scheme
from tests.makers import AT

VALUES = {"tasks": ("80", "documented"), "days": ("150", "audited")}


@pytest.fixture
def version(scene: Scene) -> StandardVersion:
    return make_scheme(scene.root)


@pytest.fixture
def register(scene: Scene, version: StandardVersion) -> Register:
    return scene.open()


def people(register: Register) -> list[Evaluation]:
    return list(register.evaluations.select_related("placement", "person").order_by("placement"))


def count(scene: Scene, one: Evaluation, *codes: str) -> None:
    said = [
        Counted(one.pk, code, Decimal(VALUES[code][0]), VALUES[code][1], "依据") for code in codes or VALUES
    ]
    record_quantities(one.register, said, by=scene.owner, at=AT)


def calculated(scene: Scene, register: Register, basis: Basis = Basis.FAIR) -> dict[str, Any]:
    table = calculate_table(register.pools.get(), basis, by=scene.owner, at=AT)
    return {int(key): one for key, one in table.results["people"].items()}


@pytest.mark.parametrize(
    ("chance", "standing"),
    [
        (1.0, Standing.IN),
        (0.9, Standing.IN),
        (0.899999, Standing.COMMITTEE),
        (0.5, Standing.COMMITTEE),
        (0.100001, Standing.COMMITTEE),
        (0.1, Standing.OUT),
        (0.0, Standing.OUT),
    ],
)
def test_the_bounds_of_a_proposal(chance: float, standing: Standing) -> None:
    assert standing_of(chance) == standing


class TestMeasured:
    def test_a_composite_by_hand(self, scene: Scene, register: Register, version: StandardVersion) -> None:
        rows = people(register)
        make_run(register, version, [(one, 85.0, 90.0) for one in rows])
        count(scene, rows[0])
        count(scene, rows[1], "tasks")
        found = calculated(scene, register)
        one = found[rows[0].pk]
        # .7 × 90 + .2 × 80 + .1 × 70; errors 2, 5 and 2
        assert one["fair"] == pytest.approx(86)
        assert one["se"] == pytest.approx(sqrt(1.4**2 + 1 + 0.2**2))
        assert one["low"] == pytest.approx(86 - 1.6448536 * sqrt(3), abs=1e-4)
        assert one["high"] == pytest.approx(86 + 1.6448536 * sqrt(3), abs=1e-4)
        assert one["plain"] == pytest.approx(0.7 * 85 + 16 + 7)
        assert [part["adds"] for part in one["fair_parts"]] == pytest.approx([63, 16, 7])
        assert sum(one["grade_chances"]) == pytest.approx(1)
        # 4 points are missing to 90: votes are 20 above days, which have a tenth of the weight
        assert one["fair_flip"] is None
        # a missing value is no zero: the other weights rise
        other = found[rows[1].pk]
        assert other["fair"] == pytest.approx(79 / 0.9, abs=1e-5)
        assert [part["share"] for part in other["fair_parts"]] == [77.78, 22.22, None]
        assert [part["adds"] is None for part in other["fair_parts"]] == [False, False, True]

    def test_the_smallest_change_of_weights_that_flips(
        self, scene: Scene, register: Register, version: StandardVersion
    ) -> None:
        rows = people(register)
        make_run(register, version, [(one, 85.0, 94.0) for one in rows])
        count(scene, rows[0])
        one = calculated(scene, register)[rows[0].pk]
        # 65.8 + 16 + 7; 1.2 points are missing to 90, and votes are 24 above days: 0.05 of their 0.1
        assert one["fair"] == pytest.approx(88.8)
        assert one["fair_flip"] == pytest.approx(0.05)

    def test_one_place_among_five(self, scene: Scene, register: Register, version: StandardVersion) -> None:
        rows = people(register)
        fair = [96.0, 80.0, 80.0, 70.0, 60.0]
        make_run(register, version, [(one, 80.0, score) for one, score in zip(rows, fair, strict=True)])
        for one in rows:
            count(scene, one)
        found = calculated(scene, register)
        standings = [found[one.pk]["standing"] for one in rows]
        assert standings == ["in", "out", "out", "out", "out"]
        assert found[rows[0].pk]["chance"] > 0.99
        assert [found[one.pk]["fair_rank"] for one in rows] == [1, 2, 2, 4, 5]
        assert {found[one.pk]["plain_rank"] for one in rows} == {1}
        assert (found[rows[0].pk]["rank_low"], found[rows[0].pk]["rank_high"]) == (1, 1)
        assert found[rows[0].pk]["next"] in (rows[1].pk, rows[2].pk)
        assert found[rows[0].pk]["over"] > 0.99
        table = CommitteeTable.objects.get()
        tiers, wrong = tiers_of(table.results["sets"][0], 0.8)
        assert [tiers[one.pk] for one in rows] == [1, 2, 2, 3, 4]
        assert 0 <= wrong < 0.01
        assert table.results["is_comparable"]

    def test_people_who_cannot_be_told_apart_are_left_to_the_committee(
        self, scene: Scene, register: Register, version: StandardVersion
    ) -> None:
        rows = people(register)
        make_run(register, version, [(one, 80.0, 85.0) for one in rows])
        found = calculated(scene, register)
        assert {one["standing"] for one in found.values()} == {"committee"}
        assert all(0.1 < one["chance"] < 0.35 for one in found.values())

    def test_no_place_after_rounding_down(
        self, scene: Scene, register: Register, version: StandardVersion
    ) -> None:
        rows = people(register)
        change_pools(rows[:1], PoolKind.ELSEWHERE, by=scene.owner, at=AT)
        make_run(register, version, [(one, 80.0, 85.0) for one in rows])
        four = register.pools.get(kind=PoolKind.CIVIL)
        table = calculate_table(four, Basis.FAIR, by=scene.owner, at=AT)
        assert table.inputs["places"] == 0  # a fifth of four, rounded down
        assert {one["standing"] for one in table.results["people"].values()} == {"out"}
        uncounted = register.pools.get(kind=PoolKind.ELSEWHERE)
        table = calculate_table(uncounted, Basis.FAIR, by=scene.owner, at=AT)
        assert table.inputs["places"] is None
        assert {one["chance"] for one in table.results["people"].values()} == {None}

    def test_places_for_everybody_who_may_have_one(
        self, scene: Scene, register: Register, version: StandardVersion
    ) -> None:
        rows = people(register)
        make_run(register, version, [(one, 80.0, 85.0) for one in rows])
        said = [Stated(one.pk, "discipline", True, "结论") for one in rows[1:]]
        state_facts(register, said, by=scene.owner, at=AT)
        found = calculated(scene, register)
        assert (found[rows[0].pk]["standing"], found[rows[0].pk]["chance"]) == ("in", 1.0)
        assert {found[one.pk]["standing"] for one in rows[1:]} == {""}

    def test_what_is_stated_or_on_record_stands_before_every_score(
        self, scene: Scene, register: Register, version: StandardVersion
    ) -> None:
        rows = people(register)
        fair = [99.0, 98.0, 80.0, 70.0, 60.0]
        make_run(register, version, [(one, 80.0, score) for one, score in zip(rows, fair, strict=True)])
        state_facts(register, [Stated(rows[0].pk, "politics", True, "结论")], by=scene.owner, at=AT)
        Evaluation.objects.filter(pk=rows[1].pk).update(limits=["warning"])
        found = calculated(scene, register)
        assert [found[one.pk]["standing"] for one in rows] == ["", "", "in", "out", "out"]
        assert found[rows[0].pk]["fair"] is not None

    @pytest.mark.parametrize("subsets", [[1, 1, 1, 2, 2], [1, 1, 1, 1, 2]])
    def test_without_common_raters_nobody_is_ranked_across(
        self, scene: Scene, register: Register, version: StandardVersion, subsets: list[int]
    ) -> None:
        rows = people(register)
        scores = [(one, 80.0, 90.0 - 5 * at) for at, one in enumerate(rows)]
        make_run(register, version, scores, subsets=subsets)
        table = calculate_table(register.pools.get(), Basis.FAIR, by=scene.owner, at=AT)
        assert not table.results["is_comparable"]
        found = table.results["people"].values()
        assert {one["standing"] for one in found} == {"committee"}
        assert {one["chance"] for one in found} == {None}
        assert max(one.get("rank_high", 1) for one in found) <= 4

    def test_somebody_without_link_makes_the_pool_incomparable(
        self, scene: Scene, register: Register, version: StandardVersion
    ) -> None:
        rows = people(register)
        scores = [(one, 80.0, None if at == 4 else 85.0) for at, one in enumerate(rows)]
        make_run(register, version, scores)
        table = calculate_table(register.pools.get(), Basis.FAIR, by=scene.owner, at=AT)
        assert not table.results["is_comparable"]
        last = table.results["people"][str(rows[4].pk)]
        assert (last["fair"], last["plain"]) == (None, 80.0)

    def test_who_was_not_voted_on_is_left_to_the_committee_and_the_others_are_ranked(
        self, scene: Scene, register: Register, version: StandardVersion
    ) -> None:
        rows = people(register)
        fair = [99.0, 80.0, 70.0, 60.0]
        make_run(register, version, [(one, 80.0, score) for one, score in zip(rows, fair, strict=False)])
        count(scene, rows[4])
        found = calculated(scene, register)
        assert [found[one.pk]["standing"] for one in rows] == ["in", "out", "out", "out", "committee"]
        # 30 of 100 weights are not enough for a composite
        assert (found[rows[4].pk]["fair"], found[rows[4].pk]["plain"]) == (None, None)

    def test_an_absent_group_is_kept_with_the_figures(
        self, scene: Scene, register: Register, version: StandardVersion
    ) -> None:
        groups = {
            "absent": ["masses"],
            "withheld": ["home"],
            "groups": [{"members": ["leaders", "colleagues"]}, {"members": ["organisation"]}],
        }
        rows = people(register)
        make_run(register, version, [(one, 80.0, 85.0) for one in rows], groups=groups)
        one = calculated(scene, register)[rows[0].pk]
        assert one["groups"] == {
            "absent": ["masses"],
            "withheld": ["home"],
            "merged": [["leaders", "colleagues"]],
        }


class TestPlain:
    def test_a_year_is_finished_with_the_estimator_off(
        self, scene: Scene, register: Register, version: StandardVersion
    ) -> None:
        rows = people(register)
        make_run(register, version, [(one, 90.0 - at, None) for at, one in enumerate(rows)])
        for one in rows:
            count(scene, one)
        table = calculate_table(register.pools.get(), Basis.PLAIN, by=scene.owner, at=AT)
        found = table.results["people"]
        assert [found[str(one.pk)]["plain_rank"] for one in rows] == [1, 2, 3, 4, 5]
        assert found[str(rows[0].pk)]["plain"] == pytest.approx(86)
        for one in found.values():
            assert (one["standing"], one["chance"], one.get("low"), one.get("fair")) == (
                "committee",
                None,
                None,
                None,
            )
        assert (table.results["sets"], table.results["is_comparable"]) == ([], False)

    def test_fair_scores_are_not_used_unless_asked_for(
        self, scene: Scene, register: Register, version: StandardVersion
    ) -> None:
        rows = people(register)
        make_run(register, version, [(one, 80.0, 99.0) for one in rows])
        found = calculated(scene, register, Basis.PLAIN)
        assert found[rows[0].pk].get("fair") is None

    @pytest.mark.usefixtures("register")
    def test_without_any_computation_nothing_is_made_up(self, scene: Scene) -> None:
        register = Register.objects.get()
        for basis in Basis:
            found = calculated(scene, register, basis)
            assert {one["plain"] for one in found.values()} == {None}


class TestHolding:
    def test_the_same_inputs_give_the_same_table(
        self, scene: Scene, register: Register, version: StandardVersion
    ) -> None:
        make_run(register, version, [(one, 80.0, 85.0) for one in people(register)])
        pool = register.pools.get()
        first = calculate_table(pool, Basis.FAIR, by=scene.owner, at=AT)
        assert calculate_table(pool, Basis.FAIR, by=scene.second_owner, at=AT) == first
        other = calculate_table(pool, Basis.PLAIN, by=scene.owner, at=AT)
        assert other != first
        back = calculate_table(pool, Basis.FAIR, by=scene.owner, at=AT)
        assert (back.pk != first.pk, back.results) == (True, first.results)
        assert AuditEvent.objects.filter(action="assessment.calculate_table").count() == 3

    def test_every_change_of_an_input_is_named(
        self, scene: Scene, register: Register, version: StandardVersion
    ) -> None:
        rows = people(register)
        make_run(register, version, [(one, 80.0, 85.0) for one in rows])
        pool = register.pools.get()
        assert holding_of(pool) is None
        calculate_table(pool, Basis.FAIR, by=scene.owner, at=AT)
        assert holding_of(pool).changes == []
        assert not holding_of(pool).is_stale

        def changes() -> list[str]:
            found = holding_of(Pool.objects.get(pk=pool.pk))
            assert found.is_stale
            calculate_table(pool, Basis.FAIR, by=scene.owner, at=AT)
            assert not holding_of(pool).is_stale
            return list(found.changes)

        count(scene, rows[0])
        assert changes() == ["量化指标值有变化：张示例"]
        state_facts(register, [Stated(rows[0].pk, "discipline", True, "结论")], by=scene.owner, at=AT)
        assert changes() == ["门槛或否决事项有变化：张示例"]
        Evaluation.objects.filter(pk=rows[0].pk).update(limits=["warning"])
        assert changes() == ["等次限制有变化：张示例"]
        make_run(register, version, [(one, 81.0, 86.0) for one in rows])
        assert changes() == ["有新的测评计算"]
        change_pools(rows[4:], PoolKind.ELSEWHERE, by=scene.owner, at=AT)
        assert changes() == ["优秀名额由 1 个变为 0 个", "移出 1 人"]
        change_pools(rows[4:], PoolKind.CIVIL, by=scene.owner, at=AT)
        assert changes() == ["优秀名额由 0 个变为 1 个", f"新列入 {rows[4].person.name}"]

    def test_another_standard_is_named(
        self, scene: Scene, register: Register, version: StandardVersion
    ) -> None:
        pool = register.pools.get()
        calculate_table(pool, Basis.FAIR, by=scene.owner, at=AT)
        StandardVersion.objects.filter(pk=version.pk).update(state=VersionState.RETIRED)
        make_scheme(scene.root)
        assert any("所用测评标准有变化" in one for one in holding_of(pool).changes)

    def test_a_person_may_say_that_it_holds_nevertheless(
        self, scene: Scene, register: Register, version: StandardVersion
    ) -> None:
        rows = people(register)
        make_run(register, version, [(one, 80.0, 85.0) for one in rows])
        pool = register.pools.get()
        acting = {"by": scene.owner, "at": AT}
        with pytest.raises(TableError, match="没有变化"):
            hold_table(pool, digest="", reason="仍适用", **acting)
        calculate_table(pool, Basis.FAIR, **acting)
        with pytest.raises(TableError, match="没有变化"):
            hold_table(pool, digest="", reason="仍适用", **acting)
        count(scene, rows[0])
        digest = holding_of(pool).digest
        with pytest.raises(TableError, match="又有变化"):
            hold_table(pool, digest="another", reason="仍适用", **acting)
        with pytest.raises(ReasonMissingError):
            hold_table(pool, digest=digest, reason=" ", **acting)
        with pytest.raises(NotAllowedError):
            hold_table(pool, digest=digest, reason="仍适用", by=scene.host_clerk, at=AT)
        hold_table(pool, digest=digest, reason="差别很小", **acting)
        found = holding_of(pool)
        assert (found.is_stale, found.is_held, found.table.held_reason) == (False, True, "差别很小")
        count(scene, rows[1])
        assert holding_of(pool).is_stale

    def test_only_the_department_and_only_with_a_standard(self, scene: Scene) -> None:
        register = scene.open()
        pool = register.pools.get()
        with pytest.raises(TableError, match="没有已签批的测评标准"):
            calculate_table(pool, Basis.FAIR, by=scene.owner, at=AT)
        with pytest.raises(NotAllowedError):
            calculate_table(pool, Basis.FAIR, by=scene.host_clerk, at=AT)
        assert schemes_of(people(register)) == {}
        assert Person.objects.count() == 5
