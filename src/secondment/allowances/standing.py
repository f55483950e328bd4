"""How insurance and medical checks stand on a day; one rule for lists, pages and what is owed."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from secondment.allowances.choices import Standing
from secondment.allowances.models import FundYear, HealthCheck, Insurance
from secondment.allowances.parameters import check_months, insurance_days
from secondment.allowances.queries import checks_of, funds_of, insurances_of
from secondment.common.days import ONE_DAY, add_months
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement

CHECK_SOON_DAYS = 30
"""A check stands in to-do lists for so many days before it is due."""


@dataclass(frozen=True)
class Cover:
    """The insurance that holds longest, and how it stands."""

    insurance: Insurance | None
    standing: Standing

    @property
    def last_day(self) -> dt.date | None:
        """The last insured day."""
        return self.insurance.last_day if self.insurance else None


@dataclass(frozen=True)
class Checked:
    """The last medical check, by when the next one is due, and how that stands."""

    check: HealthCheck | None
    due_on: dt.date | None
    standing: Standing


@dataclass(frozen=True)
class Care:
    """Insurance, check and work fund of one placement."""

    cover: Cover
    checked: Checked
    fund: FundYear | None


def care_of(placements: Sequence[Placement], on: dt.date) -> Mapping[int, Care]:
    """Of each placement; three queries."""
    keys = [one.pk for one in placements]
    insurances = {one.placement_id: one for one in insurances_of(keys)}
    checks = {one.placement_id: one for one in checks_of(keys)}
    funds = {one.placement_id: one for one in funds_of(keys)}
    return {
        one.pk: Care(
            cover_of(one, insurances.get(one.pk), on),
            checked_of(one, checks.get(one.pk), on),
            funds.get(one.pk),
        )
        for one in placements
    }


def cover_of(placement: Placement, insurance: Insurance | None, on: dt.date) -> Cover:
    """Soon: the last insured day is within the programme's days, and the term goes on behind it."""
    if _is_over(placement, on):
        return Cover(insurance, Standing.CLOSED)
    if insurance is None:
        return Cover(None, Standing.NONE)
    if insurance.ends_on <= on:
        return Cover(insurance, Standing.OVER)
    is_soon = (insurance.last_day - on).days <= insurance_days(placement)
    ends_before = insurance.ends_on < placement.ends_on
    return Cover(insurance, Standing.SOON if is_soon and ends_before else Standing.GOOD)


def checked_of(placement: Placement, check: HealthCheck | None, on: dt.date) -> Checked:
    """Over: the day so many months after the last check has passed."""
    due_on = add_months(check.checked_on, check_months(placement)) if check else None
    if _is_over(placement, on):
        return Checked(check, due_on, Standing.CLOSED)
    if due_on is None:
        return Checked(None, None, Standing.NONE)
    if due_on < on:
        return Checked(check, due_on, Standing.OVER)
    is_soon = (due_on - on).days <= CHECK_SOON_DAYS and due_on < placement.ends_on
    return Checked(check, due_on, Standing.SOON if is_soon else Standing.GOOD)


def _is_over(placement: Placement, on: dt.date) -> bool:
    return placement.state == PlacementState.ENDED or placement.ends_on <= on


def gap_before(insurance: Insurance, others: Sequence[Insurance]) -> int:
    """Days without insurance between the one before and this one."""
    before = [one.ends_on for one in others if one.starts_on < insurance.starts_on]
    return max(0, (insurance.starts_on - max(before)) // ONE_DAY) if before else 0
