"""Who is appraised: take candidates in, and out again, with the standard in force for each."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.appraisals.errors import CandidateError
from secondment.appraisals.models import Appraisal, Candidate
from secondment.appraisals.queries import standards_for
from secondment.appraisals.services.locking import in_draft
from secondment.appraisals.years import named, who_cannot
from secondment.audit.services import record
from secondment.placements.models import Placement

NAMED_IN_TRAIL = 50


@transaction.atomic
def add_candidates(
    appraisal: Appraisal, placements: Sequence[Placement], *, by: User, at: dt.datetime
) -> list[Candidate]:
    """Take these people in, all or none; returns those who are new."""
    row = in_draft(appraisal, by)
    chosen = _locked(placements)
    own = set(row.candidates.values_list("placement_id", flat=True))
    new = [one for one in chosen if one.pk not in own]
    refused = list(who_cannot(row, new))
    if refused:
        words = _("不能列为测评对象：%(names)s。请重新勾选。")
        raise CandidateError(words % {"names": named(refused)})
    standards = standards_for(new)
    without = [one for one in new if one.pk not in standards]
    if without:
        raise CandidateError(_without_standard(without))
    made = Candidate.objects.bulk_create(
        Candidate(appraisal=row, placement=one, year=row.year, standard=standards[one.pk]) for one in new
    )
    if made:
        row.save()
        record("appraisal.add_candidates", row, by=by, at=at, details=_people(new))
    return made


@transaction.atomic
def remove_candidates(
    appraisal: Appraisal, candidates: Sequence[Candidate], *, by: User, at: dt.datetime
) -> int:
    """Take people out before lists are locked; papers that are left without anybody stay, and the page says so."""
    row = in_draft(appraisal, by)
    rows = row.candidates.filter(pk__in=[one.pk for one in candidates])
    leaving = list(rows.select_related("placement__person"))
    if leaving:
        rows.delete()
        row.save()
        people = [one.placement for one in leaving]
        record("appraisal.remove_candidates", row, by=by, at=at, details=_people(people))
    return len(leaving)


def _locked(placements: Sequence[Placement]) -> list[Placement]:
    """The placements, locked: two departments cannot take the same person for the same year."""
    keys = sorted({one.pk for one in placements})
    list(Placement.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
    rows = Placement.objects.filter(pk__in=keys).select_related(
        "person", "owner_unit", "host_unit", "programme_version__programme"
    )
    return list(rows.order_by("person__name_key", "pk"))


def _without_standard(placements: Sequence[Placement]) -> str:
    kinds = {
        (one.programme_version.programme.name, one.person.get_category_display()): one for one in placements
    }
    words = _("没有已签批的测评标准：%(kinds)s。请先在“测评标准”中编制并签批，再选测评对象。")
    shown = [(one, f"{programme} · {category}") for (programme, category), one in sorted(kinds.items())]
    return words % {"kinds": named(shown)}


def _people(placements: Sequence[Placement]) -> dict[str, object]:
    names = [one.person.name for one in placements[:NAMED_IN_TRAIL]]
    return {"n": len(placements), "people": names}
