"""Messages about the yearly assessment: one to each unit, however many people it concerns."""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.urls import reverse

from secondment.accounts.choices import Role
from secondment.accounts.queries import accounts_of
from secondment.assessments.models import Evaluation
from secondment.common.sentences import counted, say
from secondment.notices.services import send_notice
from secondment.units.models import Unit

SIDES = (("placement.host_unit", Role.HOST_UNIT), ("placement.home_unit", Role.HOME_UNIT))


def ask_units(evaluations: Sequence[Evaluation], *, at: dt.datetime) -> None:
    """Both units of everybody are asked for their opinion."""
    for unit, role, rows in _by_unit(evaluations):
        register = rows[0].register
        title = counted("请填报 %(n)d 名挂职干部的年度考核意见", len(rows))
        body = say("%(year)s 年度，%(day)s 前填报", year=f"{register.year}", day=f"{register.opinions_by}")
        send_notice(accounts_of([unit], role), title=title, body=body, path=_page(rows[0]), at=at)


def notify_results(evaluations: Sequence[Evaluation], *, at: dt.datetime) -> None:
    """Both units and everybody with an account are told that the grades are in force."""
    for unit, role, rows in _by_unit(evaluations):
        title = counted("%(n)d 名挂职干部的年度考核等次已生效", len(rows))
        send_notice(accounts_of([unit], role), title=title, path=_page(rows[0]), at=at)
    for one in evaluations:
        account = one.person.account
        title = say("%(year)s 年度考核结果已确定，请查看并签收", year=f"{one.year}")
        path = reverse("assessments:my_results")
        send_notice([account] if account else [], title=title, path=path, at=at)


def _by_unit(evaluations: Iterable[Evaluation]) -> Iterable[tuple[Unit, Role, list[Evaluation]]]:
    for field, role in SIDES:
        unit_of: Any = attrgetter(field)
        in_order = sorted(evaluations, key=lambda one: unit_of(one).pk)
        for unit, rows in groupby(in_order, key=unit_of):
            yield unit, role, list(rows)


def _page(evaluation: Evaluation) -> str:
    return reverse("assessments:register_detail", args=[evaluation.register_id])
