"""Rows that pages of the committee's table show."""

from collections.abc import Collection
from typing import Any

from secondment.assessments.models import Comparison, Evaluation, Pool
from secondment.assessments.queries import with_names, with_stage


def evaluations_of(pool: Pool, keys: Collection[int]) -> list[Evaluation]:
    """These people of the pool by name."""
    rows = with_names(pool.evaluations.filter(pk__in=list(keys)))
    return list(rows.order_by("person__name_key", "pk"))


def everybody_of(pool: Pool) -> list[Any]:
    """Everybody of the pool in a steady order, without the parameters of their programme: these are large, and the same again and again."""
    rows = with_stage(with_names(pool.evaluations.all())).order_by("pk")
    return list(rows.defer("placement__programme_version__parameters", "pool__programme_version__parameters"))


def comparisons_of(pool: Pool) -> list[Comparison]:
    """Every judgement about two, by member; those that were taken back too."""
    rows = Comparison.objects.filter(pool=pool)
    return list(rows.select_related("first__person", "second__person", "recorded_by", "withdrawn_by"))
