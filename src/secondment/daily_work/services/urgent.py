"""Urgent matters (重要情况即报): told in one line, known at once, acknowledged by a named person or passed upwards."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import RoleAssignment, User
from secondment.accounts.queries import accounts_of
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.common.sentences import Sentence, say
from secondment.daily_work.models import LINE_LENGTH, NAME_LENGTH, UrgentMatter, UrgentOffice
from secondment.daily_work.parameters import urgent_hours
from secondment.daily_work.queries import discipline_offices, with_urgent_names
from secondment.daily_work.rules import acknowledges, may_report_urgent, teller_of, writes_down
from secondment.daily_work.services.errors import UrgentLineError, UrgentStateError, WordsMissingError
from secondment.notices.services import send_notice
from secondment.obligations.services import Owed, meet, owe
from secondment.placements.choices import UNDER_WAY
from secondment.placements.models import Placement
from secondment.placements.queries import with_names
from secondment.units.models import Unit

URGENT = "urgent_matter"
SAME_WITHIN = dt.timedelta(hours=24)


@dataclass(frozen=True)
class Told:
    """The matter, and whether it is new: the same line told again is the one that stands."""

    matter: UrgentMatter
    is_new: bool


@transaction.atomic
def report_urgent(
    placement: Placement,
    *,
    kind: str,
    line: str,
    told_by: str = "",
    discipline: Unit | None = None,
    by: User,
    at: dt.datetime,
) -> Told:
    """Tell home unit and organisation department at once, and the discipline office where it is chosen."""
    row = _locked_placement(placement)
    require(may_report_urgent(by, row), _("重要情况由本人、接收单位、派出单位或组织部门报告。"))
    text = _checked(row, line.strip(), told_by.strip(), discipline)
    same = next((one for one in _lately(row, kind, at) if one.line == text), None)
    if same is not None:
        return Told(same, is_new=False)
    due_at = at + dt.timedelta(hours=urgent_hours(row))
    matter = UrgentMatter(
        placement=row, kind=kind, told_by=told_by.strip(), reported_by=by, reported_at=at, due_at=due_at
    )
    matter.next_at = due_at
    matter.set_line(text)
    matter.save()
    teller, addressed = teller_of(by, row), _addressed(row, discipline)
    if teller is not None and teller != addressed[0]:
        UrgentOffice.objects.create(matter=matter, unit=teller[0], role=teller[1], is_teller=True, told_at=at)
    for at_place, (unit, role) in enumerate(addressed):
        if at_place == 0 or teller != (unit, role):
            _tell(matter, unit, role, at=at)
    record("urgent_matter.report", matter, by=by, at=at)
    return Told(matter, is_new=True)


@transaction.atomic
def acknowledge_urgent(
    matter: UrgentMatter, *, name: str = "", by: User, on: dt.date, at: dt.datetime
) -> UrgentMatter:
    """A named person takes note; `name` is that of somebody in an office without an account, written down for them."""
    row = _locked(matter)
    offices = list(row.offices.select_related("unit"))
    is_own, is_written_down = acknowledges(by, row, offices), writes_down(by, row)
    require(is_own or is_written_down, _("由收到报告的单位签收；报告人不签收自己的报告。"))
    if row.acknowledged_at is not None:
        raise UrgentStateError(_("这一条已经签收过了。请刷新页面，查看是谁签收的。"))
    if not is_own and not name.strip():
        raise WordsMissingError(_("由您代为登记的，请写明是派出单位的哪一位知道了。"), field="name")
    row.acknowledged_by, row.acknowledged_at = by, at
    row.acknowledged_for = "" if is_own else name.strip()[:NAME_LENGTH]
    row.minutes_waited = int((at - row.reported_at).total_seconds() // 60)
    row.next_at = None
    row.save()
    meet(row, URGENT, on=on)
    record("urgent_matter.acknowledge", row, by=by, at=at)
    return row


@transaction.atomic
def reveal_line(matter: UrgentMatter, *, by: User, at: dt.datetime) -> str:
    """The line of a matter that may speak of a body or a family; every look is on record. Readers are those who see it."""
    record("urgent_matter.reveal", matter, by=by, at=at)
    return matter.line


def escalate_urgent(*, at: dt.datetime) -> int:
    """What nobody acknowledged in time goes to the next office; returns how many were passed on."""
    waiting = UrgentMatter.objects.filter(acknowledged_at=None, next_at__lt=at).order_by("next_at")
    return sum(_escalate(pk, at) for pk in waiting.values_list("pk", flat=True))


@transaction.atomic
def _escalate(pk: int, at: dt.datetime) -> bool:
    row = _locked(UrgentMatter(pk=pk))
    if row.acknowledged_at is not None or row.next_at is None or row.next_at >= at:
        return False
    told = set(row.offices.values_list("unit", "role"))
    office = next((one for one in _above(row.placement) if (one[0].pk, one[1]) not in told), None)
    row.next_at = None if office is None else at + dt.timedelta(hours=urgent_hours(row.placement))
    row.save(update_fields=["next_at"])
    if office is None:
        return False
    _tell(row, *office, at=at, is_next=True)
    record("urgent_matter.escalate", row, by=None, at=at, details={"to_office": office[0].name})
    return True


def _above(placement: Placement) -> Iterator[tuple[Unit, Role]]:
    """Organisation departments above the one in charge, the nearest first, then its leaders."""
    keys = [int(key) for key in placement.owner_unit.path.strip("/").split("/")]
    held = RoleAssignment.objects.filter(
        role=Role.ORGANISATION_DEPARTMENT, user__is_active=True, unit__in=keys[:-1]
    )
    for unit in Unit.objects.filter(pk__in=held.values("unit")).order_by("-path"):
        yield unit, Role.ORGANISATION_DEPARTMENT
    if accounts_of([placement.owner_unit], Role.LEADER).exists():
        yield placement.owner_unit, Role.LEADER


def _checked(placement: Placement, line: str, told_by: str, discipline: Unit | None) -> str:
    if placement.state not in UNDER_WAY:
        raise UrgentStateError(_("这名干部现在不在挂职期内，请按干部管理权限报告。"))
    if not line:
        raise UrgentLineError(_("请用一句话写明情况。"), field="line")
    if len(line) > LINE_LENGTH:
        raise UrgentLineError(
            _("情况有%(n)d个字，请缩短到%(most)d个字以内；详情电话报告。")
            % {"n": len(line), "most": LINE_LENGTH},
            field="line",
        )
    if len(told_by) > NAME_LENGTH:
        raise UrgentLineError(_("来电人最多%(most)d个字。") % {"most": NAME_LENGTH}, field="told_by")
    if discipline is not None and discipline not in discipline_offices(placement):
        raise UrgentLineError(_("请从列出的纪检督查机构中选择。"), field="discipline")
    return line


def _lately(placement: Placement, kind: str, at: dt.datetime) -> list[UrgentMatter]:
    rows = UrgentMatter.objects.filter(placement=placement, kind=kind, reported_at__gt=at - SAME_WITHIN)
    return list(with_urgent_names(rows))


def _addressed(placement: Placement, discipline: Unit | None) -> list[tuple[Unit, Role]]:
    """The department in charge comes first: it is told even where one of its own clerks took the call."""
    offices = [(placement.owner_unit, Role.ORGANISATION_DEPARTMENT), (placement.home_unit, Role.HOME_UNIT)]
    return offices if discipline is None else [*offices, (discipline, Role.INSPECTOR)]


def _tell(matter: UrgentMatter, unit: Unit, role: Role, *, at: dt.datetime, is_next: bool = False) -> None:
    """A message to everybody of the office, and a line of its to-do; what happened is said on the page alone."""
    UrgentOffice.objects.create(matter=matter, unit=unit, role=role, is_next=is_next, told_at=at)
    recipients = accounts_of([unit], role).exclude(pk=matter.reported_by_id)
    send_notice(recipients, title=_title(matter.placement), at=at, path=_page(matter))
    owe_urgent(matter, unit, role, at=at)


def owe_urgent(matter: UrgentMatter, unit: Unit, role: Role, *, at: dt.datetime) -> None:
    """The line in the to-do of an office that was told."""
    placement = matter.placement
    owed = Owed(
        kind=URGENT,
        title=_title(placement),
        unit=unit,
        role=role,
        creditor=placement.host_unit.name,
        due_on=timezone.localtime(at + dt.timedelta(hours=urgent_hours(placement))).date(),
        path=_page(matter),
        basis=placement.programme_version.programme.name,
    )
    owe(matter, owed)


def _title(placement: Placement) -> Sentence:
    return say("%(person)s同志有重要情况，请签收", person=placement.person.name)


def _page(matter: UrgentMatter) -> str:
    return reverse("daily_work:urgent_detail", args=[matter.pk])


def _locked(matter: UrgentMatter) -> UrgentMatter:
    rows = UrgentMatter.objects.select_for_update(of=("self",))
    return with_urgent_names(rows).get(pk=matter.pk)


def _locked_placement(placement: Placement) -> Placement:
    """The placement, locked: the same is not told twice by two people at once."""
    list(Placement.objects.select_for_update().filter(pk=placement.pk).values_list("pk"))
    return with_names(Placement.objects.select_related("person__account")).get(pk=placement.pk)
