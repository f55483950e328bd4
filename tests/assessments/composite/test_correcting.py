"""A value that was counted wrongly: replaced with its reason, the earlier one kept, the table stale until it is computed again."""

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from secondment.accounts.choices import Role
from secondment.assessments.composite.choices import Basis
from secondment.assessments.composite.correcting import correct_quantity
from secondment.assessments.composite.errors import QuantityError
from secondment.assessments.composite.models import QuantityCorrection, QuantityMark
from secondment.assessments.composite.services import Counted, record_quantities
from secondment.assessments.models import Evaluation, Register
from secondment.assessments.services import confirm_decision, enforce_decision
from secondment.assessments.table.holding import holding_of
from secondment.assessments.table.services import calculate_table
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError, StaleObjectError
from tests.assessments.conftest import Scene
from tests.assessments.measured import make_run
from tests.assessments.schemes import make_scheme
from tests.makers import AT, ON, make_user
from tests.pages import text_of

EIGHTY, NINETY = Decimal(80), Decimal(90)


@pytest.fixture
def register(scene: Scene) -> Register:
    version = make_scheme(scene.root)
    register = scene.open()
    rows = list(register.evaluations.select_related("placement").order_by("placement"))
    make_run(register, version, [(one, 80.0, 85.0) for one in rows])
    said = [Counted(one.pk, "tasks", EIGHTY, "documented", "验收单1号") for one in rows]
    record_quantities(register, said, by=scene.owner, at=AT)
    calculate_table(register.pools.get(), Basis.FAIR, by=scene.owner, at=AT)
    return register


def mark_of(evaluation: Evaluation) -> QuantityMark:
    return QuantityMark.objects.get(evaluation=evaluation, indicator="tasks")


def in_force(scene: Scene) -> list[Evaluation]:
    rows = scene.hear()
    decision = scene.decide(rows)
    confirm_decision(decision, by=scene.second_owner, at=AT)
    enforce_decision(decision, by=scene.owner, on=ON, at=AT)
    return rows


class TestCorrecting:
    @pytest.mark.usefixtures("register")
    def test_the_earlier_value_stays_with_the_reason(self, scene: Scene) -> None:
        rows = in_force(scene)
        made = correct_quantity(mark_of(rows[0]), NINETY, " 漏计一项验收 ", by=scene.owner, at=AT)
        assert (made.before, made.before_backing, made.before_evidence) == (
            EIGHTY,
            "documented",
            "验收单1号",
        )
        assert (made.value, made.reason, made.corrected_by) == (NINETY, "漏计一项验收", scene.owner)
        row = mark_of(rows[0])
        assert (row.value, row.backing, row.evidence, row.version) == (NINETY, "documented", "验收单1号", 2)
        event = AuditEvent.objects.get(action="assessment.correct_quantity")
        assert event.details == {
            "indicator": "任务完成",
            "from": "80",
            "to": "90",
            "backing": "documented",
            "reason": "漏计一项验收",
        }
        assert mark_of(rows[1]).value == EIGHTY

    def test_the_composite_of_that_person_is_stale_until_computed_again(
        self, scene: Scene, register: Register, signed_in: Any
    ) -> None:
        pool = register.pools.get()
        rows = in_force(scene)
        assert holding_of(pool).changed == frozenset()
        correct_quantity(mark_of(rows[0]), NINETY, "漏计一项验收", by=scene.owner, at=AT)
        found = holding_of(pool)
        assert (found.is_stale, found.changed) == (True, frozenset({rows[0].pk}))
        page = reverse("assessments:table_detail", args=[pool.pk])
        client = signed_in(scene.owner)
        assert text_of(client.get(page)).count("依据有变化，得分待重新计算") == 1
        before = found.table.results["people"][str(rows[0].pk)]["fair"]
        table = calculate_table(pool, Basis.FAIR, by=scene.owner, at=AT)
        # a fifth of ten points, of the nine tenths that are there
        after = table.results["people"][str(rows[0].pk)]["fair"]
        assert after - before == pytest.approx(0.2 * 10 / 0.9, abs=1e-5)
        assert "依据有变化，得分待重新计算" not in text_of(client.get(page))

    @pytest.mark.usefixtures("register")
    def test_how_it_is_backed_may_change_alone(self, scene: Scene) -> None:
        row = mark_of(scene.evaluation())
        correct_quantity(
            row, EIGHTY, "补来审计报告", backing="audited", evidence="审1号", by=scene.owner, at=AT
        )
        row = mark_of(scene.evaluation())
        assert (row.value, row.backing, row.evidence) == (EIGHTY, "audited", "审1号")
        correct_quantity(row, EIGHTY, "没有材料", backing="declared", evidence="", by=scene.owner, at=AT)
        assert mark_of(scene.evaluation()).evidence == ""
        assert QuantityCorrection.objects.count() == 2


class TestPage:
    @pytest.mark.usefixtures("register")
    def test_the_register_corrects_and_shows_what_it_was(self, scene: Scene, signed_in: Any) -> None:
        rows = in_force(scene)
        client, mark = signed_in(scene.owner), mark_of(rows[0])
        person = reverse("assessments:evaluation_detail", args=[rows[0].pk])
        page = reverse("assessments:quantity_correct", args=[mark.pk])
        assert page in client.get(person).content.decode()
        assert "任务完成" in text_of(client.get(page))
        data = {"value": "90", "backing": "documented", "evidence": "验收单2号", "reason": "", "version": 1}
        assert client.post(page, data).status_code == 200
        assert client.post(page, data | {"reason": "漏计", "version": 7}).status_code == 409
        done = text_of(client.post(page, data | {"reason": "漏计一项验收"}, follow=True))
        assert "原值和理由保留备查" in done
        assert "由 80 更正为 90：漏计一项验收" in done
        leader = signed_in(make_user(Role.LEADER, scene.root))
        assert page not in leader.get(person).content.decode()
        assert "由 80 更正为 90" not in text_of(signed_in(scene.host_clerk).get(person))


class TestRefused:
    @pytest.mark.usefixtures("register")
    @pytest.mark.parametrize(
        ("value", "reason", "more", "field", "words"),
        [
            (NINETY, " ", {}, "reason", "更正的理由"),
            (EIGHTY, "理由", {}, "value", "与原来相同"),
            (Decimal(-1), "理由", {}, "value", "小于 0"),
            (NINETY, "理由", {"evidence": " "}, "evidence", "没有填写依据"),
            (NINETY, "理由", {"backing": "hearsay"}, "backing", "核实程度"),
        ],
    )
    def test_what_cannot_be_kept(
        self,
        scene: Scene,
        value: Decimal,
        reason: str,
        more: dict,
        field: str,
        words: str,
    ) -> None:
        with pytest.raises(QuantityError, match=words) as refused:
            correct_quantity(mark_of(scene.evaluation()), value, reason, **more, by=scene.owner, at=AT)
        assert refused.value.field == field
        assert not QuantityCorrection.objects.exists()

    @pytest.mark.usefixtures("register")
    def test_not_while_a_decision_is_checked(self, scene: Scene) -> None:
        rows = scene.hear()
        scene.decide(rows)
        with pytest.raises(QuantityError, match="正在复核或公示") as refused:
            correct_quantity(mark_of(rows[0]), NINETY, "漏计", by=scene.owner, at=AT)
        assert refused.value.way[1] == reverse("assessments:evaluation_detail", args=[rows[0].pk])

    @pytest.mark.usefixtures("register")
    def test_an_indicator_that_is_gone(self, scene: Scene) -> None:
        row = mark_of(scene.evaluation())
        QuantityMark.objects.filter(pk=row.pk).update(indicator="gone")
        with pytest.raises(QuantityError, match="已没有这项指标"):
            correct_quantity(row, NINETY, "漏计", by=scene.owner, at=AT)

    @pytest.mark.usefixtures("register")
    def test_by_the_department_alone_and_never_over_another(self, scene: Scene) -> None:
        row = mark_of(scene.evaluation())
        with pytest.raises(NotAllowedError):
            correct_quantity(row, NINETY, "漏计", by=scene.host_clerk, at=AT)
        with pytest.raises(StaleObjectError):
            correct_quantity(row, NINETY, "漏计", version=2, by=scene.owner, at=AT)
        correct_quantity(row, NINETY, "漏计", version=1, by=scene.owner, at=AT)
