"""The leave form (F7) as a Word file."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from secondment.documents.official import chinese_date
from secondment.documents.word_forms import WordForm
from secondment.leave.models import LeaveRequest, LeaveStep
from secondment.leave.words import days_words, half_words, span_words
from secondment.units.official_names import office_of, place_and_title

FOLDER = Path(__file__).parent / "word_forms"


@dataclass(frozen=True)
class StepSheet:
    """What one office has decided, or the place for it."""

    office: str
    opinion: str


@dataclass(frozen=True)
class LeaveSheet:
    """请假（外出报备）单 (form F7). What is not decided yet is left to the hand."""

    owner_unit: str
    name: str
    home_post: str
    host_post: str
    type: str
    span: str
    days: str
    reason: str
    destination: str
    deputy: str
    asked_on: str
    level: str
    steps: tuple[StepSheet, ...]
    back: str


LEAVE_FORM = WordForm(FOLDER / "leave.docx", LeaveSheet)


def leave_sheet(request: LeaveRequest) -> LeaveSheet:
    """Form F7 of one request, in Chinese whatever the reader's language is; a reason about a body stays sealed."""
    placement = request.placement
    with override(settings.LANGUAGE_CODE):
        leave_type = request.get_type_display()
        span = span_words(request.span)
        back = half_words(request.back) if request.back else ""
        if request.back and not request.late.is_empty:
            back = f"{back}，逾期{days_words(request.late.n_working)}个工作日"
        steps = tuple(_step(one) for one in request.steps.select_related("unit", "decided_by"))
    deputy = f"{request.deputy_name}　{request.deputy_contact}".strip()
    return LeaveSheet(
        owner_unit=office_of(placement.owner_unit),
        name=placement.person.name,
        home_post=place_and_title(placement.home_unit, placement.person.post_title),
        host_post=place_and_title(placement.host_unit, placement.post.title),
        type=leave_type,
        span=span,
        days=f"{days_words(request.half_days)}个工作日",
        reason="" if request.is_health else request.reason,
        destination=request.destination,
        deputy=deputy,
        asked_on=chinese_date(timezone.localtime(request.asked_at).date()),
        level=request.level,
        steps=steps,
        back=back,
    )


def _step(step: LeaveStep) -> StepSheet:
    if step.decided_at is None:
        return StepSheet(step.unit.name, "")
    who = step.decided_for or (step.decided_by.name if step.decided_by else "")
    words = f"（{step.words}）" if step.words else ""
    day = chinese_date(timezone.localtime(step.decided_at).date())
    return StepSheet(step.unit.name, f"{step.get_state_display()}{words}　{who}　{day}")
