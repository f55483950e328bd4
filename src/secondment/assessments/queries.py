"""What a user sees of yearly assessments."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import in_units, paths_of, under
from secondment.assessments.choices import READY, WAITING, DecisionState, PoolKind, Side
from secondment.assessments.facts import COUNTED
from secondment.assessments.limits import WITHOUT_COMMENT
from secondment.assessments.models import Evaluation, Grade, GradeDecision, Opinion, Pool, Register
from secondment.assessments.pools import Places, places_of
from secondment.leave.unexcused import LATE_LINES
from secondment.people.choices import Grade as GradeCode
from secondment.placements.models import Placement

DEPARTMENT = Role.ORGANISATION_DEPARTMENT
OPEN_TO_UNITS = (DecisionState.POSTED, DecisionState.IN_FORCE)


def visible_to(user: User) -> QuerySet[Evaluation]:
    """Evaluations of registers of the user's department, and those of people its units send or receive."""
    overseen = paths_of(user, DEPARTMENT, Role.LEADER)
    return Evaluation.objects.filter(
        in_units("register__owner_unit", overseen)
        | in_units("placement__home_unit", [*overseen, *paths_of(user, Role.HOME_UNIT)])
        | in_units("placement__host_unit", [*overseen, *paths_of(user, Role.HOST_UNIT)])
    )


def registers_visible_to(user: User) -> QuerySet[Register]:
    """Registers of the user's department, and those that hold somebody of the user's units."""
    own = under("owner_unit__path", paths_of(user, DEPARTMENT, Role.LEADER))
    seen = Q(pk__in=visible_to(user).order_by().values("register"))
    return Register.objects.filter(own | seen).select_related("owner_unit", "programme")


def pools_visible_to(user: User) -> QuerySet[Pool]:
    """Pools of the registers that the user sees."""
    rows = Pool.objects.filter(register__in=registers_visible_to(user))
    return rows.select_related("register__owner_unit", "programme_version__programme")


def decisions_visible_to(user: User) -> QuerySet[GradeDecision]:
    """Decisions of the user's department."""
    paths = paths_of(user, DEPARTMENT, Role.LEADER)
    rows = GradeDecision.objects.filter(under("register__owner_unit__path", paths))
    return rows.select_related("register__owner_unit", "register__programme", "recorded_by", "confirmed_by")


def with_names(rows: QuerySet[Evaluation]) -> QuerySet[Evaluation]:
    """Evaluations with everything their pages name."""
    return rows.select_related(
        "register__owner_unit",
        "person__unit",
        "placement__person",
        "placement__post",
        "placement__home_unit",
        "placement__host_unit",
        "placement__programme_version__programme",
        "pool__programme_version__programme",
    )


def with_stage(rows: QuerySet[Evaluation], *, is_inside: bool = True) -> QuerySet[Any]:
    """Evaluations with both proposals, the last grade and how far it is; units learn of it when it is posted."""
    states = [one for one in DecisionState if one != DecisionState.RETURNED]
    grades = Grade.objects.filter(
        evaluation=OuterRef("pk"), decision__state__in=states if is_inside else OPEN_TO_UNITS
    ).order_by("-pk")
    opinions = Opinion.objects.filter(evaluation=OuterRef("pk"))
    in_force = grades.filter(decision__state=DecisionState.IN_FORCE)
    named = rows.annotate(
        host_grade=_text(opinions.filter(side=Side.HOST).values("grade")),
        home_grade=_text(opinions.filter(side=Side.HOME).values("grade")),
        last_grade=_text(grades.values("grade")),
        last_state=_text(grades.values("decision__state")),
        grade_in_force=Subquery(in_force.values("grade")[:1]),
        received_on=Subquery(in_force.values("received_on")[:1]),
        limits_text=Cast("limits", TextField()),
    )
    is_open = Q(last_state="") | Q(last_state=DecisionState.IN_FORCE, last_grade="")
    is_heard = ~Q(host_grade="") & ~Q(home_grade="")
    if is_inside:  # a unit must not learn of an investigation from what it is not asked
        is_heard |= Q(limits_text__contains=WITHOUT_COMMENT)
    return named.annotate(
        stage=Case(
            When(is_open & is_heard, then=Value(READY)),
            When(is_open, then=Value(WAITING)),
            default="last_state",
            output_field=CharField(),
        )
    )


def _text(rows: QuerySet[Any]) -> Coalesce:
    return Coalesce(Subquery(rows[:1], output_field=CharField()), Value(""))


def candidates(register: Register) -> QuerySet[Placement]:
    """Placements of the department that touch the year and whose people are in no register of it yet."""
    taken = Evaluation.objects.filter(year=register.year, person=OuterRef("person"))
    rows = Placement.objects.filter(
        ~Exists(taken),
        owner_unit__path__startswith=register.owner_unit.path,
        state__in=COUNTED,
        starts_on__year__lte=register.year,
        ends_on__gt=f"{register.year}-01-01",
    )
    if register.programme_id:
        rows = rows.filter(programme_version__programme=register.programme_id)
    return with_facts(rows.order_by("person__name_key", "pk"))


def with_facts(rows: QuerySet[Placement]) -> QuerySet[Placement]:
    """Placements with what the facts of a year are made from."""
    related = rows.select_related("person", "programme_version__programme")
    return related.prefetch_related("person__penalties", "routine_grades", LATE_LINES)


def decided_grades(evaluations: Iterable[int], *states: DecisionState) -> dict[int, Grade]:
    """The last grade of each evaluation among decisions in these states."""
    rows = Grade.objects.filter(evaluation__in=list(evaluations), decision__state__in=states)
    return {one.evaluation_id: one for one in rows.select_related("decision").order_by("pk")}


STANDING = tuple(one for one in DecisionState if one != DecisionState.RETURNED)


def quota_list(register: Register, asked: dict[int, str] | None = None) -> list[Places]:
    """Every pool with its places and how many are 优秀: as decided, else as `asked`, else as the units propose.

    `asked` maps evaluations to the grades a decision would give; with it, proposals do not count.
    """
    evaluations = list(register.evaluations.values_list("pk", "pool_id", "assessing_side"))
    keys = [pk for pk, _pool, _side in evaluations]
    standing = {pk: one.grade for pk, one in decided_grades(keys, *STANDING).items()}
    grades = standing | (asked if asked is not None else _proposed(evaluations, standing))
    n_people = Counter(pool for _pk, pool, _side in evaluations)
    n_excellent = Counter(pool for pk, pool, _side in evaluations if grades.get(pk) == GradeCode.EXCELLENT)
    pools = register.pools.select_related("programme_version__programme", "register__owner_unit")
    return [
        places_of(pool, n_people=n_people[pool.pk], n_excellent=n_excellent[pool.pk])
        for pool in pools
        if n_people[pool.pk]
    ]


def _proposed(evaluations: Sequence[tuple[int, int, str]], standing: dict[int, str]) -> dict[int, str]:
    side_of = {pk: side for pk, _pool, side in evaluations}
    opinions = Opinion.objects.filter(evaluation__in=list(side_of)).values_list("evaluation", "side", "grade")
    return {pk: grade for pk, side, grade in opinions if pk not in standing and side == side_of[pk]}


def own_results(user: User) -> QuerySet[Grade]:
    """Grades in force of the account's own person, the newest year first; nothing before that."""
    newer = Grade.objects.filter(
        evaluation=OuterRef("evaluation"), decision__state=DecisionState.IN_FORCE, pk__gt=OuterRef("pk")
    )
    rows = Grade.objects.filter(
        ~Exists(newer), evaluation__person__account=user, decision__state=DecisionState.IN_FORCE
    )
    return rows.select_related(
        "decision__register__owner_unit",
        "evaluation__person",
        "evaluation__placement__host_unit",
        "evaluation__placement__home_unit",
        "evaluation__placement__post",
    ).order_by("-evaluation__year", "-pk")


def register_figures(rows: QuerySet[Register]) -> QuerySet[Any]:
    """Registers with how many people they hold."""
    return rows.annotate(n_people=Count("evaluations", distinct=True))


def of_unknown_category(register: Register) -> list[str]:
    """Who is counted among civil servants only because the record says neither rank nor grade; they are to be asked."""
    rows = register.evaluations.filter(pool__kind=PoolKind.CIVIL, person__rank="", person__grade_rank="")
    return list(rows.order_by("person__name_key", "pk").values_list("person__name", flat=True))
