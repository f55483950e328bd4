"""The organisation group by name, and the marks its members sign."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.appraisals.errors import MarkError
from secondment.appraisals.marks import NewMark, faults_of, scale_of
from secondment.appraisals.models import Appraisal, SignedMark
from secondment.appraisals.raters import DUTY_LENGTH, NAME_LENGTH
from secondment.appraisals.recusal import spelt
from secondment.appraisals.services.locking import locked
from secondment.appraisals.states import MARKS_OPEN, TEAM_OPEN
from secondment.audit.services import record
from secondment.common.sentences import listed
from secondment.files.names import clean_name

MOST_MEMBERS = 30


@dataclass(frozen=True)
class Member:
    """A member of the organisation group."""

    name: str
    duty: str = ""


@transaction.atomic
def set_team(appraisal: Appraisal, members: Sequence[Member], *, by: User, at: dt.datetime) -> Appraisal:
    """Name the group; nobody who has marked already leaves it."""
    row = locked(appraisal, by, states=TEAM_OPEN)
    team = [Member(clean_name(one.name), one.duty.strip()) for one in members]
    _refuse_team(row, team)
    new = [{"name": one.name, "duty": one.duty} for one in team]
    if new != row.team:
        row.team = new
        row.save()
        record("appraisal.set_team", row, by=by, at=at, details={"people": [one.name for one in team]})
    return row


@transaction.atomic
def write_marks(appraisal: Appraisal, marks: Sequence[NewMark], *, by: User, at: dt.datetime) -> int:
    """Enter marks, all or none; returns how many were new, changed or taken back. What is not named stays."""
    row = locked(appraisal, by, states=MARKS_OPEN)
    scale = scale_of(row)
    faults = [str(one) for one in faults_of(marks, scale)]
    if faults:
        raise MarkError("；".join(faults), reasons=faults)
    known = {
        (one.candidate_id, one.indicator, one.rater): one
        for one in SignedMark.objects.select_for_update().filter(candidate__appraisal=row)
    }
    changed = [one for one in marks if _differs(one, known.get(one.key))]
    _write(changed, known, by)
    raters = sorted({one.rater for one in changed})
    for rater in raters:
        n = sum(one.rater == rater for one in changed)
        record("appraisal.mark", row, by=by, at=at, details={"rater": rater, "n": n})
    return len(changed)


def _write(changed: Sequence[NewMark], known: Mapping[tuple[int, str, str], SignedMark], by: User) -> None:
    gone = [known[one.key].pk for one in changed if one.is_blank]
    SignedMark.objects.filter(pk__in=gone).delete()
    fresh, rewritten = [], []
    for one in changed:
        if one.is_blank:
            continue
        row = known.get(one.key)
        if row is None:
            row = SignedMark(candidate_id=one.candidate, indicator=one.indicator, rater=one.rater)
            fresh.append(row)
        else:
            row.version += 1
            rewritten.append(row)
        row.level, row.recorded_by = one.level, by
    SignedMark.objects.bulk_create(fresh, batch_size=500)
    SignedMark.objects.bulk_update(rewritten, ["level", "recorded_by", "version"], batch_size=500)


def _differs(new: NewMark, known: SignedMark | None) -> bool:
    if known is None:
        return not new.is_blank
    return new.is_blank or new.level != known.level


def _refuse_team(appraisal: Appraisal, team: Sequence[Member]) -> None:
    names = [spelt(one.name) for one in team]
    if not all(names):
        raise MarkError(_("有成员没有姓名。请填写，或删去这一行。"), field="members")
    if any(len(one.name) > NAME_LENGTH or len(one.duty) > DUTY_LENGTH for one in team):
        raise MarkError(_("姓名或职务过长。请每行写一人：姓名，空格，职务。"), field="members")
    twice = {one.name for one in team if names.count(spelt(one.name)) > 1}
    if twice:
        words = _("考核组成员重名：%(names)s。评分按姓名署名，请加以区分，例如注明单位。")
        raise MarkError(words % {"names": listed(sorted(twice))}, field="members")
    if len(team) > MOST_MEMBERS:
        raise MarkError(_("考核组最多 %(n)d 人。") % {"n": MOST_MEMBERS}, field="members")
    marks = SignedMark.objects.filter(candidate__appraisal=appraisal)
    leaving = {
        one for one in marks.values_list("rater", flat=True).distinct() if one not in {m.name for m in team}
    }
    if leaving:
        words = _("%(names)s已经评分，不能移出考核组。确需移出的，请先清除其评分。")
        raise MarkError(words % {"names": listed(sorted(leaving))}, field="members")
