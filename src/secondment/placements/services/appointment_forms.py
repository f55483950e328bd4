"""任免审批表 (form F3) of people decided on: the person's own form, filled in from the decision."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from django.conf import settings
from django.db import transaction
from django.utils.translation import override

from secondment.accounts.models import User
from secondment.campaigns.document_names import work_of
from secondment.common.sentences import say
from secondment.documents.models import StoredFile
from secondment.documents.official import chinese_date
from secondment.documents.uploads import keep_upload, open_upload
from secondment.jobs.models import Job
from secondment.jobs.services import start_job
from secondment.people.files.appointment_forms.form import AppointmentForm
from secondment.people.files.approval_form import approval_forms
from secondment.people.files.filled_form import form_of
from secondment.people.models import Person
from secondment.people.rules import sections_of
from secondment.people.services.exports import allow_forms
from secondment.placements.models import Placement
from secondment.units.official_names import official_name, place_and_title

FORMS_JOB = "placements.appointment_forms"
FILLED_AT_ONCE = 10
ON_SECONDMENT = "（挂职）"
Progress = Callable[[int, int, str], None]


def fill_forms(
    placements: Sequence[Placement],
    *,
    by: User,
    on: dt.date,
    at: dt.datetime,
    progress: Progress | None = None,
) -> bytes:
    """One file for all of them, each form on record, with what the account may read of each person."""
    allow_forms([one.person for one in placements], kind="docx", reason=_reason(placements), by=by, at=at)
    return approval_forms(_filled(placements, by, on, progress), on=on)


@transaction.atomic
def request_forms(placements: Sequence[Placement], *, by: User, on: dt.date, at: dt.datetime) -> Job:
    """Have many forms filled by a background job."""
    arguments = {"placements": [one.pk for one in placements], "by": by.pk, "on": on.isoformat()}
    return start_job(FORMS_JOB, arguments, by=by, at=at)


def keep_forms(placements: Sequence[Placement], content: bytes, *, by: User, at: dt.datetime) -> str:
    """Keep the file sealed for a day, for the account that asked for it; returns its key."""
    name = forms_name([one.person.name for one in placements])
    return str(keep_upload(name, content, purpose=FORMS_JOB, by=by, at=at).pk)


def open_forms(stored: StoredFile, *, at: dt.datetime) -> bytes:
    """The file that was kept; a day later it has to be filled again."""
    return open_upload(stored, purpose=FORMS_JOB, at=at)


def forms_name(names: Sequence[str]) -> str:
    """What the file is called."""
    others = f"等{len(names)}人" if names[1:] else ""
    return f"干部任免审批表（{names[0]}{others}）.docx"


def decided_form(placement: Placement, form: AppointmentForm, *, by: User, on: dt.date) -> AppointmentForm:
    """The person's form with what was decided; the home unit submits it, nobody is removed from a post."""
    post = place_and_title(placement.host_unit, placement.post.title)
    day = f"{on:%Y%m%d}"
    return replace(
        form,
        proposed_post=post if "挂职" in post else f"{post}{ON_SECONDMENT}",
        post_to_leave="",
        reason=_decision_sentence(placement),
        reporting_unit=official_name(placement.home_unit),
        filled_in_by=by.name,
        filled_in_on=day,
        age_counted_on=day,
    )


def _filled(
    placements: Sequence[Placement], by: User, on: dt.date, progress: Progress | None
) -> Iterator[tuple[Person, AppointmentForm]]:
    for n_done, placement in enumerate(placements):
        if progress is not None:
            progress(n_done, len(placements), say("填写任免审批表"))
        person = placement.person
        form = form_of(person, sections_of(by, person))
        yield person, decided_form(placement, form, by=by, on=on)


def _decision_sentence(placement: Placement) -> str:
    """Why: the work, the decision with its number, the term; the personnel relation stays."""
    with override(settings.LANGUAGE_CODE):
        work = f"根据{work_of(placement.campaign.name)}安排，" if placement.campaign else ""
        number = f"（{placement.decision_number}）" if placement.decision_number else ""
        term = f"{chinese_date(placement.starts_on)}至{chinese_date(placement.last_day)}"
        return f"{work}经集体研究决定{number}，选派挂职，时间{term}。挂职期间人事关系不变，保留原职务。"


def _reason(placements: Sequence[Placement]) -> str:
    """The reason on record: the decisions whose forms these are."""
    numbers = list(dict.fromkeys(filter(None, (one.decision_number for one in placements))))
    which = f"（{'、'.join(numbers)[:80]}）" if numbers else ""
    return f"按选派决定填写任免审批表{which}"
