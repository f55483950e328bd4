"""Values of quantitative indicators: by which standard, what records propose, what is kept, and what is refused."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from secondment.appraisals.models import Appraisal, Candidate
from secondment.assessments.choices import PoolKind
from secondment.assessments.composite.choices import STANDARD_ERRORS, Backing
from secondment.assessments.composite.errors import QuantityError, StatementError
from secondment.assessments.composite.models import QuantityMark, StatedFact
from secondment.assessments.composite.proposals import proposals_for
from secondment.assessments.composite.scoring import score_of
from secondment.assessments.composite.services import Counted, Stated, record_quantities, state_facts
from secondment.assessments.composite.standards import schemes_of
from secondment.assessments.models import Evaluation, Register
from secondment.assessments.queries import with_names
from secondment.assessments.services import change_pools, refresh_register
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError, StaleObjectError
from secondment.leave.models import LeaveEntry
from secondment.people.choices import Category
from secondment.people.models import Person
from secondment.standards.choices import VersionState
from secondment.standards.models import Indicator, StandardVersion
from secondment.task_books.choices import BookState
from secondment.task_books.facts import done_by
from secondment.task_books.models import Task, TaskBook
from tests.assessments.conftest import Scene
from tests.assessments.schemes import add_indicator, make_scheme, make_standard
from tests.makers import AT, ON, make_programme_version, make_unit
from tests.pages import text_of


def counted(evaluation: Evaluation, value: str | None = "75", **fields) -> Counted:
    content = {"backing": "documented", "evidence": "验收单1号"} if value is not None else {}
    return Counted(
        evaluation.pk,
        fields.pop("indicator", "tasks"),
        Decimal(value) if value is not None else None,
        **{**content, **fields},
    )


def stated(evaluation: Evaluation, is_adverse: bool | None = True, **fields) -> Stated:
    fields.setdefault("basis", "纪委结论3号")
    return Stated(evaluation.pk, fields.pop("indicator", "discipline"), is_adverse, **fields)


@pytest.fixture
def register(scene: Scene) -> Register:
    make_scheme(scene.root)
    return scene.open()


class TestStandard:
    def test_the_nearest_signed_standard_of_the_category_holds(self, scene: Scene) -> None:
        top = scene.root
        scene.open()
        one = scene.evaluation()
        assert schemes_of([one]) == {}
        make_standard(top, category=Category.ENTERPRISE)
        make_standard(top, state=VersionState.DRAFT)
        make_standard(make_unit("另一省委组织部"))
        make_standard(scene.home)
        assert schemes_of([one]) == {}
        first = make_standard(top)
        assert schemes_of([one])[one.pk].version == first
        programme = scene.campaign.programme_version.programme
        make_standard(top, programme=make_programme_version().programme)
        own = make_standard(top, programme=programme)
        make_standard(top)
        assert schemes_of([one])[one.pk].version == own

    def test_a_department_below_has_its_own(self, scene: Scene) -> None:
        scene.open()
        below = make_unit("示例市委组织部", scene.root)
        Register.objects.update(owner_unit=below)
        upper = make_standard(scene.root)
        one = scene.evaluation()
        assert schemes_of([one])[one.pk].version == upper
        lower = make_standard(below)
        assert schemes_of([one])[one.pk].version == lower

    def test_who_was_voted_on_keeps_the_standard_of_the_ballots(self, scene: Scene) -> None:
        scene.open()
        old = make_standard(scene.root)
        StandardVersion.objects.filter(pk=old.pk).update(state=VersionState.RETIRED)
        make_standard(scene.root, standard=old.standard)
        one = scene.evaluation()
        appraisal = Appraisal.objects.create(
            owner_unit=scene.root, name="测评", year=2025, held_on=ON, closes_on=ON, created_at=AT
        )
        candidate = Candidate.objects.create(
            appraisal=appraisal, placement=one.placement, year=2025, standard=old
        )
        assert schemes_of([one])[one.pk].version == old
        Candidate.objects.filter(pk=candidate.pk).update(is_void=True)
        assert schemes_of([one])[one.pk].version != old
        Candidate.objects.filter(pk=candidate.pk).update(is_void=False, year=2024)
        assert schemes_of([one])[one.pk].version != old

    def test_as_many_queries_for_one_as_for_many(
        self, register: Register, django_assert_num_queries: Any
    ) -> None:
        rows = list(with_names(register.evaluations.all()))
        with django_assert_num_queries(3):
            schemes_of(rows[:1])
        with django_assert_num_queries(3):
            schemes_of(rows)

    @pytest.mark.usefixtures("register")
    def test_what_a_scheme_holds(self, scene: Scene) -> None:
        one = scene.evaluation()
        scheme = schemes_of([one])[one.pk]
        assert scheme.rated_weight == 70
        assert [indicator.code for indicator in scheme.quantitative] == ["tasks", "days"]
        assert [indicator.code for indicator in scheme.stated] == ["politics", "discipline"]


class TestScore:
    @pytest.mark.parametrize(
        ("value", "score"),
        [("0", 0), ("30", 30), ("60", 60), ("80", 80), ("100", 100), ("120", 100)],
    )
    def test_the_published_rule_is_followed(self, scene: Scene, value: str, score: float) -> None:
        version = make_scheme(scene.root)
        assert score_of(version.indicators.get(code="tasks"), Decimal(value)) == pytest.approx(score)

    def test_a_rule_that_is_not_steady(self, scene: Scene) -> None:
        version = make_scheme(scene.root)
        days = version.indicators.get(code="days")
        assert [score_of(days, value) for value in (50, 100, 150, 200, 250)] == [40, 40, 70, 100, 100]

    def test_without_a_rule_there_is_no_score(self, scene: Scene) -> None:
        version = make_standard(scene.root)
        assert score_of(add_indicator(version, "x", 10, points=[]), Decimal(5)) is None
        assert score_of(add_indicator(version, "y", 10, points=[[0, 0]]), Decimal(5)) is None

    def test_the_better_it_is_backed_the_smaller_the_error(self) -> None:
        assert [STANDARD_ERRORS[one] for one in Backing] == [2.0, 5.0, 10.0]


class TestProposals:
    def book(self, scene: Scene, **fields) -> TaskBook:
        return TaskBook.objects.create(
            placement=scene.placements[0],
            number=2,
            state=fields.pop("state", BookState.IN_FORCE),
            written_by=scene.host_clerk,
            written_at=AT,
        )

    def task(self, book: TaskBook, line: int, weight: int, due: str | None, accepted: str | None) -> None:
        Task.objects.create(
            book=book, line=line, name="任务", target="", weight=weight, due_on=due, accepted_on=accepted
        )

    @pytest.mark.usefixtures("register")
    def test_tasks_due_or_done_by_the_end_of_the_year(self, scene: Scene) -> None:
        book = self.book(scene)
        self.task(book, 1, 30, "2025-06-30", "2025-06-30")
        self.task(book, 2, 15, "2025-12-31", None)
        self.task(book, 3, 15, "2026-01-01", "2025-12-31")  # done before it was due
        self.task(book, 4, 20, "2026-01-01", "2026-01-01")
        self.task(book, 5, 20, None, None)  # due at the end of the term
        one = scene.evaluation()
        found = proposals_for([one], schemes_of([one]))[one.pk, "tasks"]
        assert (found.value, found.backing) == (Decimal("75.0"), Backing.DOCUMENTED)
        assert found.reason == (
            "任务书第 2 版：至 2025-12-31 应完成 3 项（权重 60%），已验收 2 项（权重 45%）"
        )

    @pytest.mark.usefixtures("register")
    def test_nothing_due_is_nothing_proposed(self, scene: Scene) -> None:
        one = scene.evaluation()
        assert (one.pk, "tasks") not in proposals_for([one], schemes_of([one]))
        book = self.book(scene)
        self.task(book, 1, 100, None, None)
        assert (one.pk, "tasks") not in proposals_for([one], schemes_of([one]))
        self.task(book, 2, 0, "2025-06-30", None)
        assert (one.pk, "tasks") not in proposals_for([one], schemes_of([one]))
        assert done_by([one.placement], one.placement.last_day)[one.placement_id].percent == 0

    @pytest.mark.usefixtures("register")
    def test_a_draft_proposes_nothing(self, scene: Scene) -> None:
        self.task(self.book(scene, state=BookState.DRAFT), 1, 100, "2025-06-30", "2025-06-30")
        assert done_by(scene.placements, dt.date(2025, 12, 31)) == {}

    @pytest.mark.usefixtures("register")
    def test_days_in_post_come_from_the_ledger(self, scene: Scene) -> None:
        one = scene.evaluation()
        found = proposals_for([one], schemes_of([one]))[one.pk, "days"]
        assert (found.value, found.reason) == (Decimal("248.0"), "请假台账（天）：248 − 0 = 248")
        version = schemes_of([one])[one.pk].version
        version.indicators.filter(code="days").update(unit_of_measure="%")
        assert proposals_for([one], schemes_of([one]))[one.pk, "days"].value == Decimal("100.0")

    @pytest.mark.usefixtures("register")
    def test_no_day_due_proposes_nothing(self, scene: Scene) -> None:
        one = scene.evaluation()
        one.placement.starts_on = dt.date(2026, 6, 1)
        assert (one.pk, "days") not in proposals_for([one], schemes_of([one]))

    def test_records_are_asked_only_where_the_standard_says_so(
        self, register: Register, django_assert_num_queries: Any
    ) -> None:
        rows = list(
            register.evaluations.select_related("placement__programme_version", "placement__host_unit")
        )
        schemes = schemes_of(rows)
        with django_assert_num_queries(2):
            proposals_for(rows[:1], schemes)
        with django_assert_num_queries(2):
            proposals_for(rows, schemes)
        version = schemes[rows[0].pk].version
        version.indicators.filter(source__in=["task_book", "presence"]).update(source="evidence")
        schemes = schemes_of(rows)
        with django_assert_num_queries(0):
            assert proposals_for(rows, schemes) == {}

    @pytest.mark.usefixtures("register")
    def test_two_years_and_people_without_standard(self, scene: Scene) -> None:
        one = scene.evaluation()
        assert proposals_for([one], {}) == {}
        assert LeaveEntry.objects.count() == 0


class TestKeeping:
    def test_values_are_kept_once_and_said_in_the_trail(self, scene: Scene, register: Register) -> None:
        one, other = scene.evaluation(0), scene.evaluation(1)
        said = [counted(one), counted(other, "12.50", backing="declared", evidence="")]
        assert record_quantities(register, said, by=scene.owner, at=AT) == 2
        rows = QuantityMark.objects.order_by("pk")
        assert [(row.value, row.backing, row.evidence, row.version) for row in rows] == [
            (Decimal("75.00"), "documented", "验收单1号", 1),
            (Decimal("12.50"), "declared", "", 1),
        ]
        assert record_quantities(register, said, by=scene.owner, at=AT) == 0
        assert AuditEvent.objects.filter(action="assessment.record_quantity").count() == 2
        assert record_quantities(register, [counted(one, "80")], by=scene.second_owner, at=AT) == 1
        row = QuantityMark.objects.get(evaluation=one)
        assert (row.value, row.version, row.recorded_by) == (Decimal("80.00"), 2, scene.second_owner)

    def test_a_cleared_value_is_taken_back_and_never_zero(self, scene: Scene, register: Register) -> None:
        one = scene.evaluation()
        assert record_quantities(register, [counted(one, None)], by=scene.owner, at=AT) == 0
        record_quantities(register, [counted(one)], by=scene.owner, at=AT)
        assert record_quantities(register, [counted(one, None)], by=scene.owner, at=AT) == 1
        assert not QuantityMark.objects.exists()
        assert AuditEvent.objects.filter(action="assessment.remove_quantity").count() == 1

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"value": "-0.01"}, "实际值小于 0"),
            ({"backing": ""}, "没有选择核实程度"),
            ({"backing": "certain"}, "没有选择核实程度"),
            ({"evidence": " "}, "没有填写依据"),
            ({"backing": "audited", "evidence": ""}, "没有填写依据"),
            ({"indicator": "virtue"}, "已没有这项指标"),
            ({"indicator": "none"}, "已没有这项指标"),
        ],
    )
    def test_what_cannot_be_right_is_refused_and_nothing_is_kept(
        self, scene: Scene, register: Register, fields: dict[str, Any], words: str
    ) -> None:
        said = [counted(scene.evaluation(1)), counted(scene.evaluation(0), **fields)]
        with pytest.raises(QuantityError, match=words):
            record_quantities(register, said, by=scene.owner, at=AT)
        assert not QuantityMark.objects.exists()

    @pytest.mark.parametrize(
        ("indicator", "unit", "value", "is_kept"),
        [
            ("days", "%", "99.99", True),
            ("days", "%", "100.00", True),
            ("days", "%", "100.01", False),
            ("days", "天", "200", True),
            ("tasks", "%", "100.01", True),  # more may be done than was agreed
        ],
    )
    def test_nobody_is_in_post_on_more_days_than_are_due(
        self, scene: Scene, register: Register, indicator: str, unit: str, value: str, is_kept: bool
    ) -> None:
        Indicator.objects.filter(code="days").update(unit_of_measure=unit)
        said = [counted(scene.evaluation(), value, indicator=indicator)]
        if is_kept:
            assert record_quantities(register, said, by=scene.owner, at=AT) == 1
            return
        with pytest.raises(QuantityError, match=r"在岗比例为 100\.01%，超过 100%"):
            record_quantities(register, said, by=scene.owner, at=AT)
        assert not QuantityMark.objects.exists()

    def test_a_declared_value_needs_no_paper_and_zero_is_a_value(
        self, scene: Scene, register: Register
    ) -> None:
        said = [counted(scene.evaluation(), "0", backing="declared", evidence="")]
        assert record_quantities(register, said, by=scene.owner, at=AT) == 1
        assert QuantityMark.objects.get().value == 0

    def test_somebody_without_standard_has_no_indicator(self, scene: Scene) -> None:
        register = scene.open()
        with pytest.raises(QuantityError, match="已没有这项指标"):
            record_quantities(register, [counted(scene.evaluation())], by=scene.owner, at=AT)

    def test_people_of_other_registers_and_decided_ones_are_refused(
        self, scene: Scene, register: Register
    ) -> None:
        one = scene.evaluation()
        with pytest.raises(QuantityError, match="已不在名册中"):
            record_quantities(register, [Counted(0, "tasks", Decimal(1), "declared")], by=scene.owner, at=AT)
        scene.decide(scene.hear())
        with pytest.raises(QuantityError, match="张示例的等次已登记决定"):
            record_quantities(register, [counted(one)], by=scene.owner, at=AT)
        with pytest.raises(StatementError, match="等次已登记决定"):
            state_facts(register, [stated(one)], by=scene.owner, at=AT)

    def test_two_clerks_do_not_overwrite_each_other(self, scene: Scene, register: Register) -> None:
        one = scene.evaluation()
        record_quantities(register, [counted(one, version=0)], by=scene.owner, at=AT)
        with pytest.raises(StaleObjectError):
            record_quantities(register, [counted(one, "60", version=0)], by=scene.second_owner, at=AT)
        # what is the same needs no question
        assert record_quantities(register, [counted(one, version=0)], by=scene.second_owner, at=AT) == 0
        assert record_quantities(register, [counted(one, "60", version=1)], by=scene.second_owner, at=AT) == 1

    def test_only_the_department_in_charge(self, scene: Scene, register: Register) -> None:
        for user in (scene.host_clerk, scene.home_clerk, scene.secondee):
            with pytest.raises(NotAllowedError):
                record_quantities(register, [counted(scene.evaluation())], by=user, at=AT)
            with pytest.raises(NotAllowedError):
                state_facts(register, [stated(scene.evaluation())], by=user, at=AT)


class TestStatements:
    def test_a_statement_is_made_changed_and_taken_back(self, scene: Scene, register: Register) -> None:
        one = scene.evaluation()
        assert state_facts(register, [stated(one)], by=scene.owner, at=AT) == 1
        assert state_facts(register, [stated(one)], by=scene.owner, at=AT) == 0
        row = StatedFact.objects.get()
        assert (row.is_adverse, row.basis, row.stated_by) == (True, "纪委结论3号", scene.owner)
        assert state_facts(register, [stated(one, False, basis="")], by=scene.second_owner, at=AT) == 1
        row.refresh_from_db()
        assert (row.is_adverse, row.version) == (False, 2)
        assert state_facts(register, [stated(one, None, basis="")], by=scene.owner, at=AT) == 1
        assert state_facts(register, [stated(one, None, basis="")], by=scene.owner, at=AT) == 0
        assert not StatedFact.objects.exists()
        actions = AuditEvent.objects.order_by("pk").values_list("action", flat=True)
        assert [name for name in actions if name.startswith("assessment.")][-3:] == [
            "assessment.state_fact",
            "assessment.state_fact",
            "assessment.withdraw_statement",
        ]

    def test_what_is_adverse_has_a_basis(self, scene: Scene, register: Register) -> None:
        with pytest.raises(StatementError, match="张示例，违纪违法：认定不利情形没有写依据"):
            state_facts(register, [stated(scene.evaluation(), basis=" ")], by=scene.owner, at=AT)
        with pytest.raises(StatementError, match="已没有这项指标"):
            state_facts(register, [stated(scene.evaluation(), indicator="tasks")], by=scene.owner, at=AT)

    def test_two_clerks(self, scene: Scene, register: Register) -> None:
        one = scene.evaluation()
        state_facts(register, [stated(one, version=0)], by=scene.owner, at=AT)
        with pytest.raises(StaleObjectError):
            state_facts(register, [stated(one, False, basis="", version=0)], by=scene.owner, at=AT)


def url(name: str, *args: object) -> str:
    return reverse(f"assessments:{name}", args=args)


def sent(lines: list[tuple[Evaluation, str]], **fields: str) -> dict[str, str]:
    """A page as it is sent: empty lines, and what `fields` say for the first."""
    data = {}
    for evaluation, code in lines:
        prefix = f"q{evaluation.pk}-{code}"
        data |= {
            f"{prefix}-value": "",
            f"{prefix}-backing": "",
            f"{prefix}-evidence": "",
            f"{prefix}-version": "0",
        }
    first, code = lines[0]
    return data | {f"q{first.pk}-{code}-{name}": value for name, value in fields.items()}


class TestPages:
    def all_lines(self, register: Register) -> list[tuple[Evaluation, str]]:
        people = register.evaluations.order_by("person__name_key", "pk")
        return [(one, code) for one in people for code in ("tasks", "days")]

    def test_values_are_entered_for_many(self, scene: Scene, register: Register, signed_in: Any) -> None:
        client = signed_in(scene.owner)
        page = url("quantity_grid", register.pk)
        text = text_of(client.get(page))
        assert "任务完成 （%）" in text
        assert "248（请假台账（天）：248 − 0 = 248）" in text
        lines = self.all_lines(register)
        first = lines[0][0]
        data = sent(lines, value="75", backing="documented", evidence="验收单1号")
        answer = client.post(page, data)
        assert answer.status_code == 302
        mark = QuantityMark.objects.get()
        assert (mark.evaluation, mark.indicator, mark.value) == (first, "tasks", Decimal(75))
        assert "75.0" in text_of(client.get(page))

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"value": "七"}, "输入一个数"),
            ({"value": "75"}, "没有选择核实程度，请选择。"),
            ({"value": "75", "backing": "audited"}, "没有填写依据，请填写材料名称或文号"),
            ({"backing": "audited"}, "没有填写实际值，请填写实际值，或清空核实程度和依据。"),
        ],
    )
    def test_faults_stand_beside_their_field(
        self, scene: Scene, register: Register, signed_in: Any, fields: dict[str, str], words: str
    ) -> None:
        answer = signed_in(scene.owner).post(
            url("quantity_grid", register.pk), sent(self.all_lines(register), **fields)
        )
        assert words in answer.content.decode()
        assert not QuantityMark.objects.exists()

    def test_proposals_are_filled_in_on_request_and_kept_only_when_saved(
        self, scene: Scene, register: Register, signed_in: Any
    ) -> None:
        client = signed_in(scene.owner)
        page = url("quantity_grid", register.pk)
        plain, filled = client.get(page).content.decode(), client.get(f"{page}?take=1").content.decode()
        assert 'value="248"' not in plain
        assert filled.count('value="248"') == 5
        assert "建议值已填入，尚未保存" in filled
        assert not QuantityMark.objects.exists()

    def test_a_page_of_nobody(self, scene: Scene, signed_in: Any) -> None:
        register = scene.open()
        client = signed_in(scene.owner)
        for name in ("quantity_grid", "statement_grid"):
            text = text_of(client.get(url(name, register.pk)))
            assert "5 人没有已签批的测评标准" in text
            assert "没有需要" in text
            assert client.post(url(name, register.pk), {}).status_code == 200

    def test_pools_apart(self, scene: Scene, register: Register, signed_in: Any) -> None:
        client = signed_in(scene.owner)
        page = url("quantity_grid", register.pk)
        assert "?pool=" not in client.get(page).content.decode()
        one = scene.evaluation()
        change_pools([one], PoolKind.LEADER, by=scene.owner, at=AT)
        one.refresh_from_db()
        found = client.get(page, {"pool": one.pool_id}).content.decode()
        assert "?pool=" in found
        assert f"q{one.pk}-tasks-value" in found
        assert f"q{scene.evaluation(1).pk}-tasks-value" not in found
        assert client.get(page, {"pool": "999999"}).status_code == 404

    def test_statements_are_entered(self, scene: Scene, register: Register, signed_in: Any) -> None:
        client = signed_in(scene.owner)
        page = url("statement_grid", register.pk)
        assert "违纪违法" in text_of(client.get(page))
        data = {}
        for one in register.evaluations.all():
            for code in ("politics", "discipline"):
                data |= {
                    f"s{one.pk}-{code}-is_adverse": "",
                    f"s{one.pk}-{code}-basis": "",
                    f"s{one.pk}-{code}-version": "0",
                }
        first = scene.evaluation()
        faulty = data | {f"s{first.pk}-politics-is_adverse": "yes"}
        assert "认定不利情形没有写依据" in client.post(page, faulty).content.decode()
        faulty = data | {f"s{first.pk}-politics-basis": "文号"}
        assert "没有选择认定结果" in client.post(page, faulty).content.decode()
        assert not StatedFact.objects.exists()
        sound = data | {
            f"s{first.pk}-politics-is_adverse": "no",
            f"s{first.pk}-discipline-is_adverse": "yes",
            f"s{first.pk}-discipline-basis": "结论",
        }
        assert client.post(page, sound).status_code == 302
        assert list(StatedFact.objects.order_by("indicator").values_list("indicator", "is_adverse")) == [
            ("discipline", True),
            ("politics", False),
        ]
        assert "有此情形" in client.get(page).content.decode()

    def test_a_refusal_of_the_service_is_shown(
        self, scene: Scene, register: Register, signed_in: Any
    ) -> None:
        lines = self.all_lines(register)
        data = sent(lines, value="75", backing="declared")
        scene.decide(scene.hear())
        text = signed_in(scene.owner).post(url("quantity_grid", register.pk), data).content.decode()
        assert "的等次已登记决定，不能再改" in text

    def test_queries_do_not_grow(self, scene: Scene, register: Register, signed_in: Any) -> None:
        client = signed_in(scene.owner)
        page = url("quantity_grid", register.pk)
        client.get(page)
        with CaptureQueriesContext(connection) as few:
            client.get(page)
        for _n in range(10):
            scene.add()
        refresh_register(register, by=scene.owner, at=AT)
        with CaptureQueriesContext(connection) as many:
            client.get(page)
        assert len(many) == len(few)
        assert Person.objects.count() >= 15
