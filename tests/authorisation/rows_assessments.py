"""Yearly assessments: the department runs them, both units are heard, the secondee sees the own result in force."""

import datetime as dt

from secondment.accounts.choices import Role
from secondment.assessments.choices import DecisionState, PoolKind, SummaryKind, SummarySource
from secondment.assessments.choices import Side as Party
from secondment.assessments.models import (
    CommitteeTable,
    Comparison,
    Evaluation,
    Grade,
    GradeDecision,
    Pool,
    QuantityMark,
    Register,
    Summary,
)
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from tests.authorisation.matrix import Row
from tests.authorisation.rows_posts import somebodys_file
from tests.authorisation.world import Side
from tests.makers import AT, ON, make_person, make_user

OWNER = frozenset({Role.ORGANISATION_DEPARTMENT})
INSIDE = OWNER | {Role.LEADER}
READERS = INSIDE | {Role.HOME_UNIT, Role.HOST_UNIT}
EVERYONE = frozenset(Role)


def the_evaluation(side: Side) -> Evaluation:
    """The year of the side's one person, in post all of it; what a request made is taken back, so nothing is kept."""
    if found := Evaluation.objects.filter(person=side.person).select_related("register", "pool").first():
        return found
    days = {"starts_on": dt.date(2024, 1, 1), "ends_on": dt.date(2027, 1, 1)}
    Placement.objects.filter(pk=side.placement.pk).update(state=PlacementState.IN_POST, **days)
    made = Register.objects.create(
        owner_unit=side.root, year=2025, opinions_by=ON, opened_by=make_user(), opened_at=AT
    )
    version = side.placement.programme_version
    return Evaluation.objects.create(
        register=made,
        year=made.year,
        person=side.person,
        placement=side.placement,
        pool=Pool.objects.create(register=made, programme_version=version, kind=PoolKind.CIVIL),
        year_workdays=248,
        host_workdays=248,
        assessing_side=Party.HOST,
    )


def register(side: Side) -> dict[str, int]:
    return {"pk": the_evaluation(side).register_id}


def pool(side: Side) -> dict[str, int]:
    return {"pk": the_evaluation(side).pool_id}


def tabled(side: Side) -> dict[str, int]:
    """The table of the side's one person."""
    one = the_evaluation(side)
    if not CommitteeTable.objects.filter(pool=one.pool).exists():
        figures = {"standing": "committee", "groups": {}, "has_votes": False}
        CommitteeTable.objects.create(
            pool=one.pool,
            basis="plain",
            inputs={"places": 0, "runs": {}, "people": {}},
            digest="0",
            results={"people": {str(one.pk): figures}, "sets": [], "is_comparable": False, "cuts": []},
            software_version="1",
            calculated_by=make_user(),
            calculated_at=AT,
        )
    return {"pk": one.pool_id, "evaluation": one.pk}


def compared(side: Side) -> dict[str, int]:
    """A judgement about two of the pool; both are the same here, in order, as the constraint wants it."""
    one = the_evaluation(side)
    other = Evaluation.objects.create(
        register=one.register,
        year=one.year,
        person=make_person(one.person.unit),
        placement=one.placement,
        pool=one.pool,
        year_workdays=one.year_workdays,
        host_workdays=one.host_workdays,
        assessing_side=one.assessing_side,
    )
    row = Comparison.objects.create(
        pool=one.pool,
        first=one,
        second=other,
        prefers_first=True,
        judge="张委员",
        recorded_by=make_user(),
        recorded_at=AT,
    )
    return {"pk": one.pool_id, "comparison": row.pk}


def counted(side: Side) -> dict[str, int]:
    """A value of the side's one person."""
    row, _made = QuantityMark.objects.get_or_create(
        evaluation=the_evaluation(side),
        indicator="tasks",
        defaults={"value": 80, "backing": "declared", "recorded_by": make_user(), "recorded_at": AT},
    )
    return {"pk": row.pk}


def evaluation(side: Side) -> dict[str, int]:
    return {"pk": the_evaluation(side).pk}


def opinion(party: Party):
    return lambda side: evaluation(side) | {"side": party.value}


def chosen(side: Side) -> dict[str, object]:
    return {"selected": [evaluation(side)["pk"]]}


def decision(state: DecisionState, grade: str = "competent"):
    """A decision of the side in this state, recorded by somebody else."""

    def made(side: Side) -> dict[str, int]:
        one = the_evaluation(side)
        row = GradeDecision.objects.create(
            register=one.register,
            state=state,
            meeting="部务会",
            deciders="张示例",
            number="示组发〔2026〕1号",
            decided_on=dt.date(2026, 1, 20),
            recorded_by=make_user(),
            recorded_at=AT,
        )
        Grade.objects.create(decision=row, evaluation=one, grade=grade)
        return {"pk": row.pk}

    return made


def own_result(side: Side) -> dict[str, int]:
    found = GradeDecision.objects.get(pk=decision(DecisionState.IN_FORCE)(side)["pk"])
    return {"pk": found.grades.get().pk}


def graded(side: Side) -> dict[str, object]:
    own_result(side)
    return chosen(side)


def text(side: Side) -> dict[str, int]:
    """The text of a year of the side's one person, typed in by somebody else."""
    placement = the_evaluation(side).placement
    made, _created = Summary.objects.get_or_create(
        placement=placement,
        year=2025,
        defaults={
            "kind": SummaryKind.YEAR,
            "text": "总结",
            "source": SummarySource.CLERK,
            "written_by": make_user(),
            "written_at": AT,
        },
    )
    return {"pk": made.pk}


def to_write(side: Side) -> dict[str, int]:
    return {"placement": the_evaluation(side).placement_id, "year": 2025}


OFFICES = OWNER | {Role.HOME_UNIT, Role.HOST_UNIT}
ROWS = {
    "assessments:summary_list": Row(OFFICES),
    "assessments:my_summaries": Row(frozenset({Role.SECONDEE})),
    "assessments:summary_write": Row(OFFICES | {Role.SECONDEE}, to_write),
    "assessments:summary_detail": Row(OFFICES | {Role.SECONDEE}, text),
    "assessments:summary_return": Row(OFFICES, text),
    "assessments:summary_print": Row(OFFICES | {Role.SECONDEE}, text),
    "assessments:summary_sheet": Row(OFFICES),
    "assessments:summary_import": Row(OFFICES),
    "assessments:summary_import_review": Row(frozenset(), somebodys_file),
    "assessments:summary_import_aside": Row(frozenset(), somebodys_file, "post"),
    "assessments:summary_import_faults": Row(frozenset(), somebodys_file),
    "assessments:summary_import_confirm": Row(frozenset(), somebodys_file, "post"),
    "assessments:table_detail": Row(INSIDE, pool),
    "assessments:table_calculate": Row(OWNER, pool, "post"),
    "assessments:table_hold": Row(OWNER, pool, "post"),
    "assessments:table_compare": Row(OWNER, pool),
    "assessments:comparison_withdraw": Row(OWNER, compared),
    "assessments:quantity_correct": Row(OWNER, counted),
    "assessments:table_person": Row(INSIDE, tabled),
    "assessments:minutes_download": Row(OWNER, decision(DecisionState.RECORDED)),
    "assessments:quantity_grid": Row(OWNER, register),
    "assessments:quantity_sheet": Row(OWNER, register),
    "assessments:statement_grid": Row(OWNER, register),
    "assessments:quantity_template": Row(OWNER),
    "assessments:quantity_import": Row(OWNER),
    "assessments:quantity_import_review": Row(frozenset(), somebodys_file),
    "assessments:quantity_import_aside": Row(frozenset(), somebodys_file, "post"),
    "assessments:quantity_import_faults": Row(frozenset(), somebodys_file),
    "assessments:quantity_import_confirm": Row(frozenset(), somebodys_file, "post"),
    "assessments:register_list": Row(EVERYONE),
    "assessments:register_open": Row(OWNER),
    "assessments:register_detail": Row(READERS, register),
    "assessments:register_refresh": Row(OWNER, register, method="post"),
    "assessments:register_withdraw": Row(OWNER, register),
    "assessments:pool_list": Row(INSIDE, register),
    "assessments:pool_basis": Row(OWNER, pool),
    "assessments:decision_record": Row(OWNER, register),
    "assessments:decision_detail": Row(INSIDE, decision(DecisionState.RECORDED)),
    "assessments:decision_confirm": Row(OWNER, decision(DecisionState.RECORDED, "none"), method="post"),
    "assessments:decision_return": Row(OWNER, decision(DecisionState.RECORDED)),
    "assessments:decision_post": Row(OWNER, decision(DecisionState.CONFIRMED, "excellent")),
    "assessments:posting_download": Row(OWNER, decision(DecisionState.CONFIRMED, "excellent")),
    "assessments:decision_enforce": Row(OWNER, decision(DecisionState.CONFIRMED), method="post"),
    "assessments:evaluation_detail": Row(READERS, evaluation),
    "assessments:opinion_give": Row(OWNER | {Role.HOST_UNIT}, opinion(Party.HOST)),
    "assessments:changes_settle": Row(OWNER, evaluation),
    "assessments:evaluation_remove": Row(OWNER, evaluation),
    "assessments:grade_correct": Row(OWNER, evaluation),
    "assessments:opinions_give": Row(OWNER | {Role.HOME_UNIT, Role.HOST_UNIT}, method="post", data=chosen),
    "assessments:forms_print": Row(READERS, method="post", data=chosen),
    "assessments:pools_change": Row(OWNER, method="post", data=chosen),
    "assessments:results_receive": Row(OWNER, method="post", data=graded),
    "assessments:opinion_export": Row(OWNER | {Role.HOME_UNIT, Role.HOST_UNIT}, register),
    "assessments:opinion_template": Row(OWNER | {Role.HOME_UNIT, Role.HOST_UNIT}),
    "assessments:opinion_import": Row(OWNER | {Role.HOME_UNIT, Role.HOST_UNIT}),
    "assessments:opinion_import_review": Row(frozenset(), somebodys_file),
    "assessments:opinion_import_aside": Row(frozenset(), somebodys_file, "post"),
    "assessments:opinion_import_faults": Row(frozenset(), somebodys_file),
    "assessments:opinion_import_confirm": Row(frozenset(), somebodys_file, "post"),
    "assessments:my_results": Row(EVERYONE),
    "assessments:result_receive": Row(frozenset({Role.SECONDEE}), own_result, method="post"),
}
