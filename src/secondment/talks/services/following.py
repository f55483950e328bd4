"""Items that follow from a talk: given to an office, closed as done or as impossible, opened again."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.queries import accounts_of
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.common.sentences import say
from secondment.notices.services import send_notice
from secondment.placements.models import Placement
from secondment.talks.choices import ROLE_OF, UNIT_OF, FollowUpState, Owner
from secondment.talks.drafts import NewFollowUp
from secondment.talks.errors import FollowUpError, WordsMissingError
from secondment.talks.models import FollowUp, Talk
from secondment.talks.queries import placements_of
from secondment.talks.rules import is_open, may_change, may_close
from secondment.units.models import Unit


@transaction.atomic
def add_follow_up(talk: Talk, new: NewFollowUp, *, by: User, at: dt.datetime) -> FollowUp:
    """One item more."""
    row = Talk.objects.select_for_update().select_related("unit").get(pk=talk.pk)
    placements = placements_of(row)
    require(may_change(by, row, placements), _("跟进事项由谈话单位或主办组织部门登记。"))
    return write_follow_up(row, new, placements, by=by, at=at)


def write_follow_up(
    talk: Talk, new: NewFollowUp, placements: Sequence[Placement], *, by: User, at: dt.datetime
) -> FollowUp:
    """Write an item within the caller's transaction; the office that sees to it is told."""
    if new.due_on < talk.held_on:
        raise FollowUpError(_("办结期限早于谈话日期。请改正期限。"), field="due_on")
    unit, role = office_of(talk, new, placements)
    item, is_new = FollowUp.objects.get_or_create(
        talk=talk, placement=new.placement, text=new.text, unit=unit, role=role, due_on=new.due_on
    )
    if is_new:
        record(
            "talk.add_follow_up", item, by=by, at=at, details={"office": unit.name, "day": f"{new.due_on}"}
        )
        _tell_office(item, by, at)
    return item


def office_of(talk: Talk, new: NewFollowUp, placements: Sequence[Placement]) -> tuple[Unit, Role]:
    """The office of an item; of everybody talked with there must be one."""
    if new.owner == Owner.OWN:
        return talk.unit, ROLE_OF[talk.side]
    people = [new.placement] if new.placement else placements
    units: dict[int, Unit] = {}
    for one in people:
        unit: Unit = getattr(one, UNIT_OF[new.owner])
        units[unit.pk] = unit
    if len(units) > 1:
        raise FollowUpError(
            _("谈话对象分属%(n)d个单位，无法交由一个单位负责。请按人分别登记跟进事项。") % {"n": len(units)},
            field="owner",
        )
    return next(iter(units.values())), ROLE_OF[new.owner]


@transaction.atomic
def close_follow_up(
    item: FollowUp, *, is_done: bool, words: str, by: User, on: dt.date, at: dt.datetime
) -> FollowUp:
    """Done, or not possible with the reason; both stay on record with the words."""
    row, placements = _locked(item)
    require(may_close(by, row, placements), _("跟进事项由负责单位或主办组织部门办结。"))
    if not is_open(row):
        raise FollowUpError(_("这项跟进事项已经办结或撤销。请刷新页面，查看最新情况。"))
    if not is_done and not words.strip():
        raise WordsMissingError(_("无法办理的，请写明原因，本人可以看到。"), field="words")
    row.state = FollowUpState.DONE if is_done else FollowUpState.NOT_POSSIBLE
    row.closed_on, row.closed_by, row.closing_words = on, by, words.strip()
    _saved(row)
    record("talk.close_follow_up", row, by=by, at=at, details={"done": is_done})
    _tell_people(row, placements, at)
    return row


@transaction.atomic
def reopen_follow_up(item: FollowUp, *, by: User, at: dt.datetime) -> FollowUp:
    """It was closed by mistake."""
    row, placements = _locked(item)
    require(may_close(by, row, placements), _("跟进事项由负责单位或主办组织部门办结。"))
    if row.state == FollowUpState.OPEN or row.talk.is_withdrawn:
        raise FollowUpError(_("这项跟进事项不能重新打开。请刷新页面，查看最新情况。"))
    row.state, row.closed_on, row.closed_by, row.closing_words = FollowUpState.OPEN, None, None, ""
    _saved(row)
    record("talk.reopen_follow_up", row, by=by, at=at)
    return row


def _locked(item: FollowUp) -> tuple[FollowUp, list[Placement]]:
    list(FollowUp.objects.select_for_update().filter(pk=item.pk).values_list("pk"))
    row = FollowUp.objects.select_related("talk__unit", "unit", "placement__person").get(pk=item.pk)
    everybody = placements_of(row.talk)
    return row, [one for one in everybody if row.placement_id in (None, one.pk)]


def _saved(row: FollowUp) -> None:
    row.version += 1
    row.save(update_fields=["state", "closed_on", "closed_by", "closing_words", "version"])


def _tell_office(item: FollowUp, by: User, at: dt.datetime) -> None:
    others = [one for one in accounts_of([item.unit], Role(item.role)) if one.pk != by.pk]
    title = say("谈话跟进事项由您单位负责：%(text)s", text=item.text)
    send_notice(others, title=title, at=at, path=page_of(item.talk_id))


def _tell_people(item: FollowUp, placements: Sequence[Placement], at: dt.datetime) -> None:
    accounts = [one.person.account for one in placements if one.person.account]
    title = say("谈话跟进事项有了结果：%(text)s", text=item.text)
    send_notice(accounts, title=title, at=at, path=page_of(item.talk_id))


def page_of(talk: int) -> str:
    """The page of a talk."""
    return reverse("talks:talk_detail", args=[talk])
