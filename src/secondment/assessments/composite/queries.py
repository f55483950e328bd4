"""Whose values and statements a clerk enters, page by page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404

from secondment.accounts.models import User
from secondment.assessments.composite.models import QuantityCorrection, QuantityMark, StatedFact
from secondment.assessments.composite.standards import Scheme, Schemes, schemes_of
from secondment.assessments.models import Evaluation, Register
from secondment.assessments.queries import visible_to, with_names
from secondment.common.keys import number_in

PEOPLE_A_PAGE = 40


@dataclass(frozen=True)
class PeoplePage:
    """The people of one page, the schemes they are assessed by, and who of the register has none."""

    page: Page[Evaluation]
    schemes: Schemes
    without: Sequence[Evaluation]
    pool: int


def people_of(
    register: Register, *, pool: str, number: str, concerns: Callable[[Scheme], object]
) -> PeoplePage:
    """People of the register whose standard asks for what `concerns` names, perhaps of one pool."""
    rows = with_names(register.evaluations.all()).order_by("pool", "person__name_key", "pk")
    key = number_in(pool) if pool else 0
    if pool:
        rows = rows.filter(pool=key)
        if not rows:
            raise Http404
    every = list(rows)
    schemes = schemes_of(every)
    concerned = [one for one in every if one.pk in schemes and concerns(schemes[one.pk])]
    without = [one for one in every if one.pk not in schemes]
    return PeoplePage(Paginator(concerned, PEOPLE_A_PAGE).get_page(number), schemes, without, key)


def marks_of(evaluations: Sequence[Evaluation]) -> dict[tuple[int, str], QuantityMark]:
    """(Evaluation, indicator) → the value that is kept."""
    rows = QuantityMark.objects.filter(evaluation__in=[one.pk for one in evaluations])
    return {(one.evaluation_id, one.indicator): one for one in rows.select_related("recorded_by")}


def correctable(user: User) -> QuerySet[QuantityMark]:
    """Values of evaluations that the user sees."""
    rows = QuantityMark.objects.filter(evaluation__in=visible_to(user))
    return rows.select_related("evaluation__person", "evaluation__register__owner_unit")


def corrections_of(evaluation: Evaluation) -> list[QuantityCorrection]:
    """Every correction of somebody's values, the oldest first."""
    return list(evaluation.corrections.select_related("corrected_by"))


def facts_stated(evaluations: Sequence[Evaluation]) -> dict[tuple[int, str], StatedFact]:
    """(Evaluation, indicator) → what was stated."""
    rows = StatedFact.objects.filter(evaluation__in=[one.pk for one in evaluations])
    return {(one.evaluation_id, one.indicator): one for one in rows.select_related("stated_by")}


def unstated_of(evaluations: Sequence[Evaluation], schemes: Schemes) -> dict[int, int]:
    """Evaluation → how many gates and vetoes of its standard nobody has stated anything about; who lacks none is left out."""
    stated = facts_stated(evaluations)
    missing = {
        key: sum((key, one.code) not in stated for one in scheme.stated) for key, scheme in schemes.items()
    }
    return {key: n for key, n in missing.items() if n}
