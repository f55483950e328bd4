"""The written division of work, and what the secondee declares for recusal in official duties."""

import datetime as dt
from dataclasses import dataclass, fields

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.common.protection import seal
from secondment.placements.models import Placement
from secondment.placements.services.arrival import divide_work
from secondment.task_books.errors import ReasonMissingError
from secondment.task_books.models import POWERS, DivisionOfWork, RecusalDeclaration, facts_context
from secondment.task_books.rules import is_own, may_read_facts, may_write
from secondment.task_books.services.placing import locked_placement


@dataclass(frozen=True)
class Division:
    """What the host writes: duties in words, the powers that go with them, and those expressly not given."""

    duties: str
    over_people: bool = False
    over_money: bool = False
    over_projects: bool = False
    not_given: str = ""


@transaction.atomic
def write_division(
    placement: Placement,
    division: Division,
    *,
    by: User,
    on: dt.date,
    at: dt.datetime,
    version: int | None = None,
) -> Placement:
    """Write the division of work; its words stand with the placement, the powers here. The same again changes nothing."""
    row = locked_placement(placement.pk)
    require(may_write(by, row), _("分工由接收单位或主办组织部门明确。"))
    if not division.duties.strip():
        raise ReasonMissingError(_("请写明分工。"), field="duties")
    standing = DivisionOfWork.objects.filter(placement=row, is_current=True).first()
    if row.duties != division.duties.strip():
        row = divide_work(row, division.duties.strip(), by=by, on=on, at=at, version=version)
    names = [one.name for one in fields(Division) if one.name != "duties"]
    if standing is not None and all(getattr(standing, name) == getattr(division, name) for name in names):
        return row
    DivisionOfWork.objects.filter(placement=row, is_current=True).update(is_current=False)
    values = {name: getattr(division, name) for name in names}
    kept = DivisionOfWork.objects.create(placement=row, by=by, at=at, **values)
    given = [name for name in POWERS if getattr(kept, name)]
    record("division_of_work.write", kept, by=by, at=at, details={"changed": given})
    return row


@transaction.atomic
def declare_recusal(
    placement: Placement, *, matters: str = "", facts: str = "", by: User, at: dt.datetime
) -> RecusalDeclaration:
    """The secondee declares matters to stay out of, or nothing; the same again is no new declaration.

    The host reads the matters, the family facts are sealed and read by the organisation departments alone.
    """
    row = locked_placement(placement.pk)
    require(is_own(by, row), _("公务回避由本人申报。"))
    matters, facts = matters.strip(), facts.strip()
    if facts and not matters:
        raise ReasonMissingError(_("请写明需要回避的事项，接收单位据此安排。"), field="matters")
    standing = RecusalDeclaration.objects.filter(placement=row, is_current=True).first()
    if standing is not None and (standing.matters, standing.facts) == (matters, facts):
        return standing
    RecusalDeclaration.objects.filter(placement=row, is_current=True).update(is_current=False)
    sealed = seal(facts, context=facts_context(row.pk)) if facts else None
    kept = RecusalDeclaration.objects.create(
        placement=row, matters=matters, facts_sealed=sealed, by=by, at=at
    )
    record(f"recusal.declare_{'matters' if matters else 'nothing'}", kept, by=by, at=at)
    return kept


@transaction.atomic
def read_facts(declaration: RecusalDeclaration, *, by: User, at: dt.datetime) -> str:
    """The family facts in clear, with an event."""
    require(may_read_facts(by, declaration.placement))
    record("recusal.read_facts", declaration, by=by, at=at)
    return declaration.facts
