"""Forms of placements as Word files: what their templates in `word_forms` may name."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils.translation import override

from secondment.documents.official import chinese_date
from secondment.documents.word_forms import WordForm
from secondment.placements.choices import PlacementState, TermChangeKind
from secondment.placements.models import Placement
from secondment.units.official_names import office_of, place_and_title, seconded_to

FOLDER = Path(__file__).parent / "word_forms"


@dataclass(frozen=True)
class TermChangeSheet:
    """延期、提前结束、召回、撤换审批表 (form F16). Opinions are written and stamped by hand; those known are printed."""

    kind: str
    kinds: str  # all four, the one that is asked for ticked
    owner_unit: str
    filled_on: dt.date
    name: str
    programme: str
    home_post: str
    host_post: str
    old_term: str
    new_term: str
    takes_effect_on: dt.date
    reason: str
    own_opinion: str
    home_opinion: str
    host_opinion: str
    decision: str


TERM_CHANGE = WordForm(FOLDER / "term_change.docx", TermChangeSheet)


@dataclass(frozen=True)
class ArrivalSheet:
    """报到回执 (form F5). What is not known yet is left to the hand, and so are signature and seal."""

    owner_unit: str
    name: str
    notice_number: str
    programme: str
    home_post: str
    host_post: str
    term: str
    report_by: str
    reported_on: str
    duties: str
    contact_leader: str
    mentor: str
    party_branch: str
    party_in_on: str
    work_mode: str
    lodging: str
    insurance_number: str


ARRIVAL_FORM = WordForm(FOLDER / "arrival.docx", ArrivalSheet)


def has_receipt(placement: Placement) -> bool:
    """Not before the notice, and not of what was cancelled."""
    return placement.state not in {PlacementState.DECIDED, PlacementState.CANCELLED}


def arrival_sheet(placement: Placement) -> ArrivalSheet:
    """Form F5 of one person, in Chinese whatever the reader's language is."""
    post = placement.post
    with override(settings.LANGUAGE_CODE):
        work_mode = placement.get_work_mode_display()
    return ArrivalSheet(
        owner_unit=office_of(placement.owner_unit),
        name=placement.person.name,
        notice_number=placement.notice_number,
        programme=placement.programme_version.programme.name,
        home_post=place_and_title(placement.home_unit, placement.person.post_title),
        host_post=seconded_to(placement.host_unit, post.title),
        term=f"{chinese_date(placement.starts_on)}至{chinese_date(placement.last_day)}",
        report_by=_day(placement.report_by),
        reported_on=_day(placement.reported_on),
        duties=placement.duties,
        contact_leader=placement.contact_leader or post.contact_leader,
        mentor=placement.mentor or post.mentor,
        party_branch=placement.party_branch,
        party_in_on=_day(placement.party_in_on),
        work_mode=work_mode,
        lodging="☑已落实" if placement.lodging_arranged else "□已落实　□未落实",
        insurance_number=placement.insurance_number,
    )


def _day(day: dt.date | None) -> str:
    return chinese_date(day) if day else ""


class ChangedTerm(Protocol):
    """A change of a term, asked for or decided on; `ends_on` is the first day back."""

    @property
    def kind(self) -> str: ...
    @property
    def ends_on(self) -> dt.date: ...
    @property
    def reason(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def own_opinion(self) -> str: ...
    @property
    def home_opinion(self) -> str: ...
    @property
    def host_opinion(self) -> str: ...


def term_change_sheet(
    placement: Placement, change: ChangedTerm, *, old_ends_on: dt.date, on: dt.date
) -> TermChangeSheet:
    """Form F16 of one person; an extension takes effect when the old term is over, an early end on the first day back."""
    day = dt.timedelta(days=1)
    kind = TermChangeKind(change.kind)
    person, post = placement.person, placement.post
    return TermChangeSheet(
        kind=change_label(kind),
        kinds="　".join(f"{'☑' if one == kind else '□'}{change_label(one)}" for one in TermChangeKind),
        owner_unit=office_of(placement.owner_unit),
        filled_on=on,
        name=person.name,
        programme=placement.programme_version.programme.name,
        home_post=place_and_title(placement.home_unit, person.post_title),
        host_post=seconded_to(placement.host_unit, post.title),
        old_term=f"{chinese_date(placement.starts_on)}至\n{chinese_date(old_ends_on - day)}",
        new_term=f"挂职至{chinese_date(change.ends_on - day)}",
        takes_effect_on=old_ends_on if kind == TermChangeKind.EXTENDED else change.ends_on,
        reason=change.reason,
        own_opinion=change.own_opinion,
        home_opinion=change.home_opinion,
        host_opinion=change.host_opinion,
        decision=f"审批文号：{change.number}" if change.number else "",
    )


def change_label(kind: str) -> str:
    """What is changed, as forms call it: Chinese, whatever the reader's language is."""
    with override(settings.LANGUAGE_CODE):
        return str(TermChangeKind(kind).label)
