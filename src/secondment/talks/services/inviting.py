"""Who is on the list of a training or meeting, who did not come, and the files for those who do."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record, record_export
from secondment.common.errors import require
from secondment.common.protection import open_bytes, seal_bytes
from secondment.common.sentences import say
from secondment.common.versions import lock_version
from secondment.documents.services import store_file
from secondment.placements.models import Placement
from secondment.talks.choices import GatheringState
from secondment.talks.errors import GatheringError
from secondment.talks.gathering_drafts import named, of_row, who_cannot_come
from secondment.talks.gatherings import PEOPLE
from secondment.talks.models import Gathering, Invitation, Material
from secondment.talks.rules import may_organise
from secondment.talks.services.gathering import Told, asked, locked, tell_people

MOST_MATERIALS = 10


@transaction.atomic
def invite(
    gathering: Gathering, placements: Sequence[Placement], *, by: User, at: dt.datetime
) -> tuple[int, Told]:
    """Take these people onto the list, all or none; returns how many came, and who was told where notice is out."""
    row = locked(gathering, by)
    refused = list(who_cannot_come(row.unit, row.side, of_row(row), placements))
    if refused:
        raise GatheringError(_("不能列入名单：%(names)s。请重新勾选。") % {"names": named(refused)})
    known = set(row.invitations.values_list("placement_id", flat=True))
    new = [Invitation(gathering=row, placement=one) for one in placements if one.pk not in known]
    if not new:
        return 0, Told()
    Invitation.objects.bulk_create(new)
    row.save()
    record("gathering.invite", row, by=by, at=at, details={"people": _names(new)})
    if row.state != GatheringState.SENT:
        return len(new), Told()
    rows = list(row.invitations.filter(placement__in=placements).select_related(*PEOPLE))
    rows = [one for one in rows if one.placement_id not in known]
    return len(new), tell_people(row, rows, *asked(row), by=by, at=at)


@transaction.atomic
def uninvite(gathering: Gathering, invitations: Sequence[Invitation], *, by: User, at: dt.datetime) -> int:
    """Take people off the list; whoever was told is told."""
    row = locked(gathering, by)
    rows = row.invitations.filter(pk__in=[one.pk for one in invitations])
    leaving = list(rows.select_related(*PEOPLE))
    if not leaving:
        return 0
    if row.state == GatheringState.SENT:
        to_person = say("不再请您参加：%(title)s", title=row.title)
        to_office = say("您单位有人员不再参加：%(title)s", title=row.title)
        tell_people(row, leaving, to_person, to_office, path="", by=by, at=at)
    rows.delete()
    row.save()
    record("gathering.uninvite", row, by=by, at=at, details={"people": _names(leaving)})
    return len(leaving)


@transaction.atomic
def record_attendance(
    gathering: Gathering,
    absences: Mapping[int, str],
    *,
    version: int,
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> int:
    """Who did not come, and why; everybody else on the list did. Told again it corrects what was told before."""
    row = lock_version(gathering, version=version)
    require(may_organise(by, row), _("到会情况只由主办单位登记。"))
    if row.state == GatheringState.CANCELLED:
        raise GatheringError(_("活动已取消，不登记到会情况。"))
    if not row.is_over(on):
        raise GatheringError(_("活动%(day)s结束，结束以后登记到会情况。") % {"day": row.last_day})
    people = list(row.invitations.all())
    if not people:
        raise GatheringError(_("名单是空的。请先选择参加人员。"))
    changed = [one for one in people if one.absence != absences.get(one.pk, "").strip()]
    for one in changed:
        one.absence = absences.get(one.pk, "").strip()
    Invitation.objects.bulk_update(changed, ["absence"])
    was_held = row.state == GatheringState.HELD
    row.state = GatheringState.HELD
    n_absent = sum(bool(one.absence) for one in people)
    if changed or not was_held:
        row.save()
        details = {"people": len(people), "absent": n_absent}
        record("gathering.attend", row, by=by, at=at, details=details)
    return n_absent


@transaction.atomic
def reopen_attendance(gathering: Gathering, *, by: User, at: dt.datetime) -> Gathering:
    """The list itself was wrong: what was told of who came is taken back, and the list can be changed."""
    row = lock_version(gathering, version=None)
    require(may_organise(by, row), _("到会情况只由主办单位登记。"))
    if row.state != GatheringState.HELD:
        raise GatheringError(_("还没有登记到会情况。请刷新页面，查看最新情况。"))
    row.state = GatheringState.SENT if row.sent_at else GatheringState.PLANNED
    row.invitations.update(absence="")
    row.save()
    record("gathering.reopen", row, by=by, at=at)
    return row


@transaction.atomic
def keep_material(
    gathering: Gathering, name: str, content: bytes, content_type: str, *, by: User, at: dt.datetime
) -> Material:
    """A file more for those who are invited; sealed at rest."""
    row = _organised(gathering, by)
    standing = row.materials.filter(is_current=True).select_related("file")
    known = next((one for one in standing if one.file.name == name[-200:]), None)
    if known is not None:
        raise GatheringError(
            _("已有同名的材料“%(name)s”。要换新的，请先移除旧的，或改名后上传。") % {"name": name},
            field="file",
        )
    if len(standing) >= MOST_MATERIALS:
        raise GatheringError(
            _("材料最多%(n)d份。请移除不用的，或合并后上传。") % {"n": MOST_MATERIALS}, field="file"
        )
    sealed = seal_bytes(content, context=_context(row))
    stored = store_file(name, sealed, content_type=content_type, by=by, at=at)
    kept = Material.objects.create(gathering=row, file=stored, by=by, at=at)
    record("gathering.keep_file", row, by=by, at=at, details={"file": stored.name})
    return kept


@transaction.atomic
def drop_material(material: Material, *, by: User, at: dt.datetime) -> Material:
    """Nobody is shown it any more; it stays on record. Twice is once."""
    row = _organised(material.gathering, by)
    if Material.objects.filter(pk=material.pk, is_current=True).update(is_current=False):
        record("gathering.drop_file", row, by=by, at=at, details={"file": material.file.name})
    return material


def read_material(material: Material, *, by: User, at: dt.datetime) -> bytes:
    """What was uploaded, with an event."""
    record_export("gathering.download", material.gathering, by=by, at=at)
    with material.file.content.open("rb") as sealed:
        return open_bytes(sealed.read(), context=_context(material.gathering))


def _organised(gathering: Gathering, by: User) -> Gathering:
    row = lock_version(gathering, version=None)
    require(may_organise(by, row), _("材料由主办单位上传。"))
    return row


def _names(invitations: Sequence[Invitation]) -> list[str]:
    return [one.placement.person.name for one in invitations]


def _context(gathering: Gathering) -> str:
    return f"talks.material.{gathering.key}"
