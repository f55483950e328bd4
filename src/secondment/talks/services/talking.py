"""Record a talk, and take back an entry that was made by mistake."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.common.file_faults import told_whole
from secondment.documents.papers import retire_paper
from secondment.obligations.services import bring_up_to_date
from secondment.placements.models import Placement
from secondment.talks.choices import Source
from secondment.talks.drafts import NewTalk, faults_of
from secondment.talks.errors import TalkError, WordsMissingError
from secondment.talks.models import Talk, TalkPerson
from secondment.talks.papers import RECORD
from secondment.talks.queries import placements_of
from secondment.talks.rules import may_change, may_record
from secondment.talks.services.following import write_follow_up


@transaction.atomic
def record_talk(new: NewTalk, *, by: User, on: dt.date, at: dt.datetime, source: Source = Source.OWN) -> Talk:
    """One entry for everybody talked with; the same told again is the entry that stands."""
    require(
        may_record(by, new.unit, new.side, new.placements),
        _("谈话由谈话单位登记，或由主办组织部门代为登记。"),
    )
    faults = [told_whole(fault) for _field, fault in faults_of(new, on)]
    if faults:
        raise TalkError(faults[0], reasons=faults, field=next(faults_of(new, on))[0])
    list(
        Placement.objects.select_for_update()
        .filter(pk__in=[one.pk for one in new.placements])
        .values_list("pk")
    )
    known = same_talk(new)
    if known is not None:
        return known
    talk = Talk(
        held_on=new.held_on,
        kind=new.kind,
        unit=new.unit,
        side=new.side,
        talker=new.talker,
        source=source,
        recorded_by=by,
        recorded_at=at,
    )
    talk.set_points(new.points)
    talk.save()
    TalkPerson.objects.bulk_create(TalkPerson(talk=talk, placement=one) for one in new.placements)
    details = {"day": f"{new.held_on}", "people": len(new.placements)}
    record("talk.record", talk, by=by, at=at, details=details)
    for item in new.items:
        write_follow_up(talk, item, new.placements, by=by, at=at)
    bring_up_to_date(on=on, subjects=list(new.placements))
    return talk


def same_talk(new: NewTalk) -> Talk | None:
    """An entry of the same day, kind, office and talker with exactly these people."""
    rows = Talk.objects.filter(
        held_on=new.held_on,
        kind=new.kind,
        unit=new.unit,
        side=new.side,
        talker=new.talker,
        is_withdrawn=False,
    ).prefetch_related("people")
    keys = {one.pk for one in new.placements}
    return next((row for row in rows if {one.placement_id for one in row.people.all()} == keys), None)


@transaction.atomic
def withdraw_talk(talk: Talk, *, words: str, by: User, on: dt.date, at: dt.datetime) -> Talk:
    """The entry was a mistake: it stays as a record, meets no duty, and its items wait for nobody."""
    row = Talk.objects.select_for_update().select_related("unit").get(pk=talk.pk)
    placements = placements_of(row)
    if row.is_withdrawn:
        raise TalkError(_("这次谈话已经撤销。请刷新页面，查看最新情况。"))
    require(may_change(by, row, placements), _("谈话由谈话单位或主办组织部门撤销。"))
    if not words.strip():
        raise WordsMissingError(_("请用几个字写明为什么撤销。"), field="words")
    retire_paper(RECORD, row)
    row.is_withdrawn, row.withdrawn_words = True, words.strip()
    row.version += 1
    row.save(update_fields=["is_withdrawn", "withdrawn_words", "version"])
    record("talk.withdraw", row, by=by, at=at)
    bring_up_to_date(on=on, subjects=placements)
    return row
