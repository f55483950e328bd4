"""Propose at half term; nothing follows by itself."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.assessments.interim.choices import MidtermSide
from secondment.assessments.interim.duties import MIDTERM, MIDTERM_RHYTHM, is_midterm_asked
from secondment.assessments.interim.errors import MidtermError
from secondment.assessments.interim.halves import may_be_said_from
from secondment.assessments.interim.models import TEXT_LENGTH, MidtermOpinion
from secondment.assessments.interim.rules import sides_of
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.obligations.services import bring_up_to_date
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.placements.queries import with_names


@dataclass(frozen=True)
class MidtermSaid:
    """A proposal as it was written."""

    proposal: str
    text: str
    signer: str


@transaction.atomic
def give_midterm(
    placement: Placement, side: str, said: MidtermSaid, *, by: User, on: dt.date, at: dt.datetime
) -> MidtermOpinion:
    """Keep what a side proposes; a later one replaces it, the same again is there once. Raises `MidtermError`."""
    row = _locked(placement)
    require(side in sides_of(by, row), _("中期评估由接收单位和主办组织部门提出；本人不填写。"))
    _check(row, said, on)
    before = MidtermOpinion.objects.filter(placement=row, side=side, is_current=True).first()
    given = {"proposal": said.proposal, "text": said.text.strip(), "signer": said.signer.strip()}
    if before is not None:
        if all(getattr(before, name) == value for name, value in given.items()):
            return before
        before.is_current = False
        before.save(update_fields=["is_current"])
    opinion = MidtermOpinion.objects.create(
        placement=row, side=side, given_on=on, given_by=by, given_at=at, **given
    )
    details = {"side": side, "to": said.proposal}
    record("assessment.give_midterm", opinion, by=by, at=at, details=details)
    if side == MidtermSide.HOST:
        bring_up_to_date(on=on, duties=[MIDTERM], subjects=[row])
    return opinion


def _check(row: Placement, said: MidtermSaid, on: dt.date) -> None:
    if not is_midterm_asked(row):
        raise MidtermError(_("所属项目未启用中期评估。"))
    if row.state != PlacementState.IN_POST:
        raise MidtermError(_("%(name)s不在挂职岗位上，不作中期评估。") % {"name": row.person.name})
    first = may_be_said_from(row)
    if on < first:
        raise MidtermError(
            _("任期过半前%(n)d天起评估，请在%(day)s以后填写。")
            % {"n": MIDTERM_RHYTHM.early_days, "day": first}
        )
    for field, text in (("text", said.text), ("signer", said.signer)):
        if not text.strip():
            raise MidtermError(_("请写明建议的理由，并由具体的人署名。"), field=field)
    if len(said.text.strip()) > TEXT_LENGTH:
        raise MidtermError(_("理由不超过%(n)d字，请精简。") % {"n": TEXT_LENGTH}, field="text")


def _locked(placement: Placement) -> Placement:
    Placement.objects.select_for_update().get(pk=placement.pk)
    return with_names(Placement.objects.filter(pk=placement.pk)).select_related("person__account").get()
