"""Entitlement of many placements at once: presence ledger × rules of their programmes."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence

from secondment.allowances.entitlement import Entitled, MonthFacts, entitled, rules_in
from secondment.allowances.models import TripCount
from secondment.allowances.parameters import allowance_rules
from secondment.campaigns.choices import AllowanceKind, Payer
from secondment.campaigns.parameters import AllowanceRule
from secondment.common.days import ONE_DAY
from secondment.common.workdays import workdays_between
from secondment.leave.drafts import term_of
from secondment.leave.levels import host_office
from secondment.leave.presence import amounts_of
from secondment.leave.spans import HALF_DAYS, Span, first_of_next_month, joined
from secondment.placements.duties import BEGAN, PLACEMENTS
from secondment.placements.models import Placement
from secondment.units.choices import UnitKind
from secondment.units.models import Unit

Key = tuple[int, dt.date, str]
"""Placement, first day of a month, allowance."""
IN_TOWNSHIPS = (UnitKind.TOWNSHIP, UnitKind.VILLAGE)


def rules_of(placement: Placement) -> list[AllowanceRule]:
    """What the programme of a placement pays, if it applies to the host unit: townships and villages alone have theirs."""
    rules = [AllowanceRule(**one) for one in allowance_rules(placement)]
    is_township = placement.host_unit.kind in IN_TOWNSHIPS
    return [one for one in rules if is_township or one.kind != AllowanceKind.TOWNSHIP]


def payer_of(placement: Placement, payer: str) -> Unit:
    """The office that pays; for a village the township."""
    if payer == Payer.HOST:
        return host_office(placement)
    return placement.owner_unit if payer == Payer.OWNER else placement.home_unit


def entitled_in(placements: Sequence[Placement], starts_on: dt.date, ends_on: dt.date) -> dict[Key, Entitled]:
    """Every allowance of these months (`ends_on` is the first day after them); months outside a term have none."""
    keys = [one.pk for one in placements]
    amounts = amounts_of(keys, starts_on, ends_on)
    trips = _trips(keys, starts_on, ends_on)
    pauses = _pauses(keys)
    found: dict[Key, Entitled] = {}
    for placement in placements:
        rules = rules_of(placement) if placement.state in BEGAN else []
        for month in months_between(starts_on, ends_on) if rules else ():
            facts = _facts(placement, month, pauses[placement.pk])
            if facts.n_due:
                key = placement.pk, month
                known = MonthFacts(
                    facts.n_month, facts.n_due, facts.paused, amounts.get(key, {}), trips.get(key, 0)
                )
                for rule in rules_in(rules, month):
                    found[(*key, rule.kind)] = entitled(rule, known)
    return found


def months_between(starts_on: dt.date, ends_on: dt.date) -> Iterator[dt.date]:
    """The first day of each month."""
    month = starts_on.replace(day=1)
    while month < ends_on:
        yield month
        month = first_of_next_month(month)


def _facts(placement: Placement, month: dt.date, pauses: Sequence[Span]) -> MonthFacts:
    whole = Span.of_days(month, first_of_next_month(month))
    term = term_of(placement).shared(whole)
    n_month = workdays_between(month, whole.ends.day - ONE_DAY) * HALF_DAYS
    n_due = n_month if term == whole else 0 if term.is_empty else term.n_working
    return MonthFacts(n_month, n_due, sum(one.shared(term).n_working for one in pauses))


def _trips(keys: Sequence[int], starts_on: dt.date, ends_on: dt.date) -> dict[tuple[int, dt.date], int]:
    rows = TripCount.objects.filter(placement__in=keys, month__gte=starts_on, month__lt=ends_on)
    return {(placement, month): n for placement, month, n in rows.values_list("placement", "month", "n")}


def _pauses(keys: Sequence[int]) -> dict[int, list[Span]]:
    """Suspensions, as the rooms that know of them tell the register of obligations."""
    found: dict[int, list[Span]] = defaultdict(list)
    for read in PLACEMENTS.pauses:
        for key, periods in read(keys).items():
            found[key] += [Span.of_days(one.starts_on, one.ends_on) for one in periods]
    return defaultdict(list, {key: joined(spans) for key, spans in found.items()})
