"""Order a special assessment, write about its people with facts, close it."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secondment.accounts.models import User
from secondment.assessments.interim.choices import SpecialState
from secondment.assessments.interim.errors import SpecialError
from secondment.assessments.interim.models import SpecialAssessment
from secondment.assessments.interim.rules import may_run
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.common.sentences import listed
from secondment.common.versions import lock_version
from secondment.findings.choices import FindingState
from secondment.findings.models import Finding
from secondment.findings.services import NewFinding, write_finding
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.units.models import Unit

LEAST_ASSESSORS, SEPARATORS = 2, "、，,；; "


def names_in(text: str) -> list[str]:
    """The names of a list as people type it."""
    for sign in SEPARATORS:
        text = text.replace(sign, "\n")
    return [one.strip() for one in text.splitlines() if one.strip()]


@transaction.atomic
def order_special(
    owner: Unit,
    placements: Sequence[Placement],
    *,
    title: str,
    reason: str,
    assessors: str,
    due_on: dt.date,
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> SpecialAssessment:
    """Order one, with a reason, for people in post, by at least two named assessors. Raises `SpecialError`."""
    special = SpecialAssessment(
        owner_unit=owner,
        title=title.strip(),
        reason=reason.strip(),
        assessors="、".join(dict.fromkeys(names_in(assessors))),
        due_on=due_on,
        ordered_by=by,
        ordered_on=on,
    )
    require(may_run(by, special), _("专项考核由组织部门部署。"))
    _check(special, placements, owner, on)
    special.save()
    special.placements.set(placements)
    record("assessment.order_special", special, by=by, at=at, details={"n": len(placements)})
    return special


@transaction.atomic
def find_special(
    special: SpecialAssessment,
    new: NewFinding,
    *,
    by: User,
    on: dt.date,
    at: dt.datetime,
    corrects: Finding | None = None,
) -> Finding:
    """Write about one of its people: a finding of the department, with the facts that it cites."""
    row = _open(special, by)
    if not row.placements.filter(pk=new.placement.pk).exists():
        raise SpecialError(_("%(name)s不是这次专项考核的对象。") % {"name": new.placement.person.name})
    finding = write_finding(new, corrects=corrects, by=by, on=on, at=at)
    row.findings.add(finding)
    return finding


@transaction.atomic
def close_special(special: SpecialAssessment, *, by: User, on: dt.date, at: dt.datetime) -> SpecialAssessment:
    """It is over once something stands about everybody."""
    row = _open(special, by)
    found = row.findings.filter(state=FindingState.STANDING).values("placement")
    missing = row.placements.exclude(pk__in=found).select_related("person")
    names = [one.person.name for one in missing]
    if names:
        words = ngettext("还有%(n)d人没有评语：%(names)s", "还有%(n)d人没有评语：%(names)s", len(names))
        raise SpecialError(words % {"n": len(names), "names": listed(names)})
    row.state, row.closed_on = SpecialState.CLOSED, on
    row.save()
    record("assessment.close_special", row, by=by, at=at)
    return row


@transaction.atomic
def reopen_special(special: SpecialAssessment, *, by: User, at: dt.datetime) -> SpecialAssessment:
    """It was closed too early; one that is open stays so."""
    row = lock_version(special, version=None)
    require(may_run(by, row), _("专项考核由组织部门部署。"))
    if row.state == SpecialState.OPEN:
        return row
    row.state, row.closed_on = SpecialState.OPEN, None
    row.save()
    record("assessment.reopen_special", row, by=by, at=at)
    return row


def _check(special: SpecialAssessment, placements: Sequence[Placement], owner: Unit, on: dt.date) -> None:
    if not special.title or not special.reason:
        raise SpecialError(_("请填写名称和考核事由。"), field="reason" if special.title else "title")
    if len(names_in(special.assessors)) < LEAST_ASSESSORS:
        raise SpecialError(_("考核组不少于2人，请逐一写明姓名。"), field="assessors")
    if special.due_on < on:
        raise SpecialError(_("完成期限不能早于今天。"), field="due_on")
    if not placements:
        raise SpecialError(_("请至少选择一名考核对象。"), field="placements")
    for one in placements:
        if one.state != PlacementState.IN_POST or not one.owner_unit.path.startswith(owner.path):
            raise SpecialError(
                _("%(name)s不在岗，或不由本部门主办，不能列入。") % {"name": one.person.name},
                field="placements",
            )


def _open(special: SpecialAssessment, by: User) -> SpecialAssessment:
    row = lock_version(special, version=None)
    require(may_run(by, row), _("专项考核由组织部门办理。"))
    if row.state == SpecialState.CLOSED:
        raise SpecialError(_("这次专项考核已经结束。确需补充的，请先恢复办理。"))
    return row
