"""What is proposed: the assessing unit's grade as far as gates, vetoes, limits and concerns allow it, and what each bars."""

from typing import Any

import pytest

from secondment.assessments.composite.services import Stated, state_facts
from secondment.assessments.composite.standards import schemes_of
from secondment.assessments.concerns import barring_concerns, concerns_of
from secondment.assessments.facts import facts_of
from secondment.assessments.forms import grade_forms
from secondment.assessments.models import Evaluation, Grade
from secondment.assessments.proposing import proposals_of, proposed_grade, strongest
from secondment.assessments.queries import with_facts, with_names, with_stage
from secondment.assessments.services.errors import BarredGradeError, ReasonMissingError
from secondment.leave.choices import EntryKind
from secondment.leave.models import LeaveEntry, LeaveRequest
from secondment.placements.models import Placement
from secondment.standards.choices import IndicatorKind
from tests.assessments.conftest import YEAR, Scene
from tests.assessments.schemes import add_indicator, make_scheme
from tests.assessments.test_facts import rules
from tests.makers import AT, make_person, make_programme_version, make_user

EVERY = ("excellent", "competent", "basically_competent", "incompetent", "none", "")


@pytest.mark.parametrize(
    ("effects", "proposed"),
    [
        ((), EVERY),
        (("not_excellent",), ("competent", *EVERY[1:])),
        (("lowest",), ("incompetent",) * 6),
        (("no_grade",), ("none",) * 6),
        (("lowest", "not_excellent"), ("incompetent",) * 6),
        (("not_excellent", "lowest", "no_grade"), ("none",) * 6),
    ],
)
def test_the_strongest_effect_decides(effects: tuple[str, ...], proposed: tuple[str, ...]) -> None:
    assert tuple(proposed_grade(one, effects) for one in EVERY) == proposed


def test_which_is_the_strongest() -> None:
    assert strongest(()) is None
    assert strongest(("not_excellent", "lowest")) == "lowest"
    assert strongest(("no_grade", "lowest")) == "no_grade"


def opened(scene: Scene, *effects: tuple[str, str]) -> list[Any]:
    """A register under a standard with a gate or veto of each effect; both units propose 优秀 for everybody."""
    version = make_scheme(scene.root)
    for kind, effect in effects:
        add_indicator(
            version, f"{kind}-{effect}", kind=kind, effect=effect, source="conclusion", title=effect
        )
    scene.open()
    scene.hear(*["excellent"] * len(scene.placements))
    return rows()


def rows() -> list[Any]:
    return list(with_stage(with_names(Evaluation.objects.order_by("placement"))))


def state(scene: Scene, one: Evaluation, code: str) -> None:
    state_facts(one.register, [Stated(one.pk, code, True, "结论1号")], by=scene.owner, at=AT)


GATE, VETO = IndicatorKind.GATE.value, IndicatorKind.VETO.value


class TestEffects:
    @pytest.mark.parametrize("kind", [GATE, VETO])
    @pytest.mark.parametrize(
        ("effect", "proposed", "barred"),
        [
            ("not_excellent", "competent", {"excellent"}),
            ("lowest", "incompetent", {"excellent"}),
            ("no_grade", "none", {"excellent", "competent", "basically_competent", "incompetent"}),
        ],
    )
    def test_the_declared_effect_decides(
        self, scene: Scene, kind: str, effect: str, proposed: str, barred: set[str]
    ) -> None:
        one = opened(scene, (kind, effect))[0]
        state(scene, one, f"{kind}-{effect}")
        found = proposals_of(rows())
        assert found[one.pk].grade == proposed
        assert {other.grade for key, other in found.items() if key != one.pk} == {"excellent"}
        assert [form.initial["grade"] for form in grade_forms(None, rows()[:1])] == [proposed]
        for grade in EVERY[:5]:
            if grade in barred:
                with pytest.raises(BarredGradeError, match=f"事项“{effect}”，标准规定"):
                    scene.decide([one], grade, reason="会议研究")
            elif grade != proposed:
                with pytest.raises(ReasonMissingError):
                    scene.decide([one], grade)
        decision = scene.decide([one], proposed)
        assert Grade.objects.get(decision=decision).proposed == proposed

    def test_one_that_declares_nothing_bars_excellent(self, scene: Scene) -> None:
        one = opened(scene)[0]
        state(scene, one, "politics")
        found = proposals_of(rows())[one.pk]
        assert (found.grade, found.adverse[0].effect) == ("competent", "not_excellent")
        assert [found.barred_by(grade) is not None for grade in EVERY] == [True, *[False] * 5]

    def test_vetoes_come_first(self, scene: Scene) -> None:
        one = opened(scene, (GATE, "lowest"), (VETO, "not_excellent"))[0]
        for code in ("politics", "gate-lowest", "veto-not_excellent", "discipline"):
            state(scene, one, code)
        found = proposals_of(rows())[one.pk]
        assert [each.indicator.code for each in found.adverse] == [
            "discipline",
            "veto-not_excellent",
            "politics",
            "gate-lowest",
        ]
        assert found.grade == "incompetent"

    def test_what_is_not_adverse_changes_nothing(self, scene: Scene) -> None:
        one = opened(scene)[0]
        state_facts(one.register, [Stated(one.pk, "discipline", False)], by=scene.owner, at=AT)
        assert proposals_of(rows())[one.pk].grade == "excellent"

    def test_limits_on_record_count_alike(self, scene: Scene) -> None:
        one = opened(scene)[0]
        Evaluation.objects.filter(pk=one.pk).update(limits=["warning"])
        assert proposals_of(rows())[one.pk].grade == "competent"
        Evaluation.objects.filter(pk=one.pk).update(limits=["warning", "leave"])
        assert proposals_of(rows())[one.pk].grade == "none"

    def test_as_many_queries_for_one_as_for_many(self, scene: Scene, django_assert_num_queries: Any) -> None:
        found = opened(scene)
        schemes = schemes_of(found)
        with django_assert_num_queries(5):
            proposals_of(found[:1], schemes)
        with django_assert_num_queries(5):
            proposals_of(found, schemes)


def late(placement: Placement, n: int) -> None:
    """So many leaves of the year that ended late."""
    asked_by = make_user()
    for at in range(1, n + 1):
        request = LeaveRequest.objects.create(
            placement=placement,
            type="annual",
            starts_on=f"{YEAR}-0{at}-06",
            ends_on=f"{YEAR}-0{at}-07",
            state="returned",
            half_days=4,
            level="乡镇党委书记",
            asked_by=asked_by,
            asked_at=AT,
        )
        LeaveEntry.objects.create(
            placement=placement,
            request=request,
            kind=EntryKind.LATE,
            month=f"{YEAR}-0{at}-01",
            starts_on=f"{YEAR}-0{at}-08",
            ends_on=f"{YEAR}-0{at}-09",
            half_days=2,
            written_at=AT,
        )


ABSENT = {"absences_no_excellent": 2, "absences_incompetent": 4, "days_running": 15, "days_in_year": 30}


class TestAbsences:
    @pytest.mark.parametrize("mode", ["off", "warn", "block"])
    @pytest.mark.parametrize(
        ("n", "effect"), [(1, None), (2, "not_excellent"), (3, "not_excellent"), (4, "lowest"), (5, "lowest")]
    )
    def test_they_speak_against_excellent_and_bar_only_where_the_rule_bars(
        self, scene: Scene, mode: str, n: int, effect: str | None
    ) -> None:
        version = make_programme_version(rules(H20={"mode": mode, "values": ABSENT}))
        placement = scene.add(make_person(scene.home), programme_version=version)
        late(placement, n)
        [placement] = with_facts(Placement.objects.filter(pk=placement.pk))
        found = concerns_of(placement, YEAR)
        assert [one.effect for one in found] == ([effect] if effect else [])
        if effect:
            lead = "建议不称职（不合格）" if effect == "lowest" else "建议不评优秀"
            assert found[0].words == f"{lead}：当年无故脱岗 {n} 次（规则 H20）"
        bars = ["absence"] if effect and mode == "block" else []
        assert barring_concerns(placement, YEAR) == bars
        assert list(facts_of(placement, YEAR, leave_workdays=None).limits) == bars

    def test_what_is_proposed_follows_and_a_reason_may_depart(self, scene: Scene) -> None:
        late(scene.placements[0], 1)
        one = opened(scene)[0]
        assert proposals_of([one])[one.pk].grade == "competent"
        with pytest.raises(ReasonMissingError):
            scene.decide([one], "excellent")
        scene.decide([one], "excellent", reason="事出有因，会议研究")
