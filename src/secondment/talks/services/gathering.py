"""Plan a training or meeting, change it, tell everybody, call it off, or hold it after all."""

import datetime as dt
from dataclasses import dataclass, field

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.accounts.queries import accounts_of
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.common.sentences import Sentence, say
from secondment.common.versions import lock_version
from secondment.notices.services import send_notice
from secondment.talks.choices import ROLE_OF, GatheringState
from secondment.talks.errors import GatheringError, WordsMissingError
from secondment.talks.gathering_drafts import TOLD, NewGathering, faults_of, named, who_cannot_come
from secondment.talks.gatherings import PEOPLE
from secondment.talks.models import Gathering, Invitation
from secondment.talks.rules import may_organise
from secondment.units.models import Unit


@dataclass(frozen=True)
class Told:
    """How many were told, and who has no account and is told by the organiser."""

    n: int = 0
    without_account: list[str] = field(default_factory=list)


@transaction.atomic
def plan_gathering(
    new: NewGathering, *, unit: Unit, side: str, by: User, on: dt.date, at: dt.datetime
) -> Gathering:
    """Nobody is told yet. The same office, title and day again is the one that stands."""
    gathering = Gathering(unit=unit, side=side, planned_by=by)
    require(may_organise(by, gathering), _("培训座谈由主办单位登记。"))
    _refuse_faults(new, on)
    list(Unit.objects.select_for_update().filter(pk=unit.pk).values_list("pk"))
    same = Gathering.objects.filter(unit=unit, side=side, title=new.title, starts_on=new.starts_on)
    known = same.exclude(state=GatheringState.CANCELLED).first()
    if known is not None:
        return known
    new.write_to(gathering)
    gathering.save()
    record("gathering.plan", gathering, by=by, at=at, details={"day": f"{new.starts_on}"})
    return gathering


@transaction.atomic
def change_gathering(
    gathering: Gathering, new: NewGathering, *, version: int, by: User, on: dt.date, at: dt.datetime
) -> Told:
    """Another day, place or content. Whoever was told already is told what concerns them."""
    row = locked(gathering, by, version=version)
    _refuse_faults(new, on)
    changed = new.changed(row)
    is_told = row.state == GatheringState.SENT
    if is_told and {"starts_on", "ends_on"} & set(changed) and new.last_day < on:
        raise GatheringError(_("改期不能改到过去。活动已经开过的，请登记到会情况。"), field="starts_on")
    people = [one.placement for one in row.invitations.select_related(*PEOPLE)]
    refused = list(who_cannot_come(row.unit, row.side, new, people))
    if refused:
        words = _("改后有人不能参加：%(names)s。请先移出名单，再改。")
        raise GatheringError(words % {"names": named(refused)}, field="starts_on")
    if not changed:
        return Told()
    new.write_to(row)
    row.save()
    record("gathering.change", row, by=by, at=at, details={"changed": changed})
    if not is_told or not TOLD & set(changed):
        return Told()
    title = say("培训座谈有变更：%(title)s", title=row.title)
    return _tell_all(row, title, title, by=by, at=at)


@transaction.atomic
def send_gathering(gathering: Gathering, *, by: User, on: dt.date, at: dt.datetime) -> Told:
    """Everybody on the list is told, and the offices that sent and received them."""
    row = locked(gathering, by)
    if row.state == GatheringState.SENT:
        raise GatheringError(_("通知已经发出。请刷新页面，查看最新情况。"))
    if row.last_day < on:
        raise GatheringError(_("活动已经开过，不再发通知。请直接登记到会情况。"))
    if not row.invitations.exists():
        raise GatheringError(_("名单是空的。请先选择参加人员。"))
    row.state, row.sent_at = GatheringState.SENT, at
    row.save()
    told = _tell_all(row, *asked(row), by=by, at=at)
    record("gathering.send", row, by=by, at=at, details={"n": told.n, "missed": told.without_account})
    return told


@transaction.atomic
def cancel_gathering(gathering: Gathering, *, words: str, by: User, at: dt.datetime) -> Told:
    """It is called off; whoever was told is told why."""
    row = locked(gathering, by)
    if not words.strip():
        raise WordsMissingError(_("请写明取消的原因，参加人员可以看到。"), field="words")
    was_told = row.state == GatheringState.SENT
    row.state, row.cancel_words = GatheringState.CANCELLED, words.strip()
    row.save()
    record("gathering.cancel", row, by=by, at=at)
    title = say("活动取消：%(title)s", title=row.title)
    return _tell_all(row, title, title, by=by, at=at) if was_told else Told()


@transaction.atomic
def reinstate_gathering(gathering: Gathering, *, by: User, at: dt.datetime) -> Told:
    """It was called off by mistake; whoever was told that it is off is told that it is on."""
    row = _locked(gathering, by)
    if row.state != GatheringState.CANCELLED:
        raise GatheringError(_("活动没有取消。请刷新页面，查看最新情况。"))
    was_told = row.sent_at is not None
    row.state = GatheringState.SENT if was_told else GatheringState.PLANNED
    row.cancel_words = ""
    row.save()
    record("gathering.reinstate", row, by=by, at=at)
    title = say("活动照常举行：%(title)s", title=row.title)
    return _tell_all(row, title, title, by=by, at=at) if was_told else Told()


def locked(gathering: Gathering, by: User, *, version: int | None = None) -> Gathering:
    """The row, locked, its version raised, while its day and list may change."""
    row = _locked(gathering, by, version=version)
    if not row.is_open:
        raise GatheringError(_("活动已取消或已登记到会，不能再改。请刷新页面，查看最新情况。"))
    return row


def asked(gathering: Gathering) -> tuple[Sentence, Sentence]:
    """What a person is told, and what their offices are told, when they are invited."""
    title = gathering.title
    return say("请您参加：%(title)s", title=title), say("您单位有人员参加：%(title)s", title=title)


def tell_people(
    gathering: Gathering,
    invitations: list[Invitation],
    to_person: Sentence,
    to_office: Sentence,
    *,
    by: User,
    at: dt.datetime,
    path: str | None = None,
) -> Told:
    """A message to each of them who has an account, and one to every account of their offices; it leads to the page of
    the training or meeting unless they may not read it any more.
    """
    found = [(one, one.placement.person.account) for one in invitations]
    reached = [(one, account) for one, account in found if account is not None and account.is_active]
    body = gathering.summary
    page = reverse("talks:gathering_detail", args=[gathering.pk]) if path is None else path
    accounts = {account.pk: account for _one, account in reached}
    send_notice(accounts.values(), title=to_person, body=body, path=page, at=at)
    offices = _offices_of(invitations)
    others = [one for pk, one in offices.items() if pk not in accounts and pk != by.pk]
    send_notice(others, title=to_office, body=body, path=page, at=at)
    Invitation.objects.filter(pk__in=[one.pk for one, _account in reached]).update(told_at=at)
    keys = {one.pk for one, _account in reached}
    return Told(len(keys), [one.placement.person.name for one in invitations if one.pk not in keys])


def _offices_of(invitations: list[Invitation]) -> dict[int, User]:
    """Accounts of home and host units, each once however many of their people are invited."""
    found: dict[int, User] = {}
    for side, name in (("home", "home_unit"), ("host", "host_unit")):
        units = {unit.pk: unit for one in invitations for unit in [getattr(one.placement, name)]}
        found |= {one.pk: one for one in accounts_of(units.values(), ROLE_OF[side])}
    return found


def _tell_all(
    gathering: Gathering, to_person: Sentence, to_office: Sentence, *, by: User, at: dt.datetime
) -> Told:
    people = list(gathering.invitations.select_related(*PEOPLE))
    return tell_people(gathering, people, to_person, to_office, by=by, at=at)


def _locked(gathering: Gathering, by: User, *, version: int | None = None) -> Gathering:
    row = lock_version(gathering, version=version)
    require(may_organise(by, row), _("只有主办单位可以办理。"))
    return row


def _refuse_faults(new: NewGathering, on: dt.date) -> None:
    faults = list(faults_of(new, on))
    if faults:
        name, words = faults[0]
        raise GatheringError(words, field=name, reasons=[one for _field, one in faults])
