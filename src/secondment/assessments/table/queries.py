"""Rows that pages of the committee's table show."""

from collections.abc import Collection

from secondment.assessments.models import Comparison, Evaluation, Pool
from secondment.assessments.queries import with_names


def evaluations_of(pool: Pool, keys: Collection[int]) -> list[Evaluation]:
    """These people of the pool by name."""
    rows = with_names(pool.evaluations.filter(pk__in=list(keys)))
    return list(rows.order_by("person__name_key", "pk"))


def comparisons_of(pool: Pool) -> list[Comparison]:
    """Every judgement about two, by member."""
    rows = Comparison.objects.filter(pool=pool)
    return list(rows.select_related("first__person", "second__person", "recorded_by"))
