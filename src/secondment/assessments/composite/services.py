"""Write down what was counted and what is stated, for many people at once, all or nothing."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.assessments.choices import READY, WAITING
from secondment.assessments.composite.drafts import faults_of_statement, faults_of_value
from secondment.assessments.composite.errors import QuantityError, StatementError
from secondment.assessments.composite.models import QuantityMark, StatedFact
from secondment.assessments.composite.standards import Schemes, schemes_of
from secondment.assessments.composite.words import plain_number
from secondment.assessments.models import Register
from secondment.assessments.queries import with_names, with_stage
from secondment.assessments.rules import own_or_related, require_about_others, require_may_manage
from secondment.assessments.services.registers import lock
from secondment.audit.services import record
from secondment.common.errors import DomainError, StaleObjectError
from secondment.common.file_faults import told_whole
from secondment.files.faults import Fault
from secondment.standards.choices import IndicatorKind
from secondment.standards.models import Indicator


@dataclass(frozen=True)
class Counted:
    """A value as it was entered; none takes back the one that is there. `version` is that of the row on the page (0: none)."""

    evaluation_id: int
    indicator: str
    value: Decimal | None
    backing: str = ""
    evidence: str = ""
    version: int | None = None


@dataclass(frozen=True)
class Stated:
    """What is stated about a gate or a veto; none takes the statement back."""

    evaluation_id: int
    indicator: str
    is_adverse: bool | None
    basis: str = ""
    version: int | None = None


@transaction.atomic
def record_quantities(register: Register, said: Sequence[Counted], *, by: User, at: dt.datetime) -> int:
    """Keep the values of people of this register; returns how many became different.

    Raises `QuantityError`, `StaleObjectError`.
    """
    desk = _Desk(register, said, QuantityMark, QuantityError, by)
    return sum(_keep_quantity(desk, one, by, at) for one in said)


@transaction.atomic
def state_facts(register: Register, said: Sequence[Stated], *, by: User, at: dt.datetime) -> int:
    """Keep what a person states about gates and vetoes, each with its basis; returns how many became different.

    Raises `StatementError`, `StaleObjectError`.
    """
    desk = _Desk(register, said, StatedFact, StatementError, by)
    return sum(_keep_statement(desk, one, by, at) for one in said)


class _Desk:
    """The evaluations concerned with their schemes and what is kept of them; the register is locked."""

    def __init__(
        self,
        register: Register,
        said: Sequence[Counted | Stated],
        model: type[QuantityMark | StatedFact],
        error: type[DomainError],
        by: User,
    ) -> None:
        locked = lock(register)
        require_may_manage(by, locked)
        keys = {one.evaluation_id for one in said}
        rows = with_stage(with_names(locked.evaluations.filter(pk__in=keys)))
        self.evaluations: Mapping[int, Any] = {one.pk: one for one in rows}
        self.by = by
        self.apart = own_or_related(by, [one.person for one in self.evaluations.values()])
        self.schemes: Schemes = schemes_of(self.evaluations.values())
        self.error = error
        found = model._default_manager.select_for_update().filter(evaluation__in=keys)  # noqa: SLF001 -- Django's documented name
        self.kept: dict[tuple[int, str], Any] = {(one.evaluation_id, one.indicator): one for one in found}

    def evaluation(self, key: int) -> Any:
        """The person's year, still open."""
        row = self.evaluations.get(key)
        if row is None:
            raise self.error(_("有人员已不在名册中，一项也没有保存。请刷新页面后重新填写。"))
        if row.person_id in self.apart:
            require_about_others(self.by, [row.person])
        if row.stage not in (WAITING, READY):
            raise self.error(
                _("%(name)s的等次已登记决定，不能再改。确需更改的，先退回或更正等次决定。")
                % {"name": row.person.name},
                way=(_("查看等次"), reverse("assessments:evaluation_detail", args=[key])),
            )
        return row

    def indicator(self, key: int, code: str, kinds: tuple[str, ...]) -> Indicator:
        """The indicator of the person's standard, if it is of these kinds."""
        scheme = self.schemes.get(key)
        for one in scheme.indicators if scheme else ():
            if one.code == code and one.kind in kinds:
                return one
        raise self.error(_("测评标准中已没有这项指标，一项也没有保存。请刷新页面后重新填写。"))

    def refuse(self, row: Any, indicator: Indicator, faults: Iterable[tuple[str, Fault]]) -> None:
        """Name the person, the indicator and the remedy of the first fault."""
        for _field, fault in faults:
            named = {"name": row.person.name, "indicator": indicator.title, "fault": told_whole(fault)}
            raise self.error(_("%(name)s，%(indicator)s：%(fault)s") % named)

    def before(self, said: Counted | Stated) -> Any:
        """What is kept of it, as the page showed it; refuses what somebody else has changed meanwhile."""
        row = self.kept.get((said.evaluation_id, said.indicator))
        if said.version is not None and said.version != (row.version if row else 0):
            raise StaleObjectError(_("页面打开后，已有他人修改了该记录。请刷新页面，核对后重新填写。"))
        return row


def _keep_quantity(desk: _Desk, said: Counted, by: User, at: dt.datetime) -> bool:
    row = desk.kept.get((said.evaluation_id, said.indicator))
    content = (said.value, said.backing, said.evidence.strip()) if said.value is not None else None
    if content == ((row.value, row.backing, row.evidence) if row else None):
        return False
    evaluation = desk.evaluation(said.evaluation_id)
    indicator = desk.indicator(said.evaluation_id, said.indicator, (IndicatorKind.QUANTITATIVE,))
    row = desk.before(said)
    details: dict[str, object] = {"indicator": indicator.title}
    if said.value is None:
        row.delete()
        record("assessment.remove_quantity", evaluation, by=by, at=at, details=details)
        return True
    faults = faults_of_value(indicator, said.value, said.backing, said.evidence.strip())
    desk.refuse(evaluation, indicator, faults)
    row = row or QuantityMark(evaluation=evaluation, indicator=said.indicator, version=0)
    row.value, row.backing, row.evidence = said.value, said.backing, said.evidence.strip()
    row.recorded_by, row.recorded_at = by, at
    row.version += 1
    row.save()
    details |= {"to": plain_number(said.value), "backing": said.backing}
    record("assessment.record_quantity", evaluation, by=by, at=at, details=details)
    return True


def _keep_statement(desk: _Desk, said: Stated, by: User, at: dt.datetime) -> bool:
    row = desk.kept.get((said.evaluation_id, said.indicator))
    content = (said.is_adverse, said.basis.strip()) if said.is_adverse is not None else None
    if content == ((row.is_adverse, row.basis) if row else None):
        return False
    evaluation = desk.evaluation(said.evaluation_id)
    indicator = desk.indicator(
        said.evaluation_id, said.indicator, (IndicatorKind.GATE.value, IndicatorKind.VETO.value)
    )
    row = desk.before(said)
    details: dict[str, object] = {"indicator": indicator.title}
    if said.is_adverse is None:
        row.delete()
        record("assessment.withdraw_statement", evaluation, by=by, at=at, details=details)
        return True
    desk.refuse(evaluation, indicator, faults_of_statement(said.is_adverse, said.basis.strip()))
    row = row or StatedFact(evaluation=evaluation, indicator=said.indicator, version=0)
    row.is_adverse, row.basis = said.is_adverse, said.basis.strip()
    row.stated_by, row.stated_at = by, at
    row.version += 1
    row.save()
    details |= {"adverse": said.is_adverse}
    record("assessment.state_fact", evaluation, by=by, at=at, details=details)
    return True
