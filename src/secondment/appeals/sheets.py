"""Forms F12 (summary of an appraisal), F14 (end of term) and F15 (specialists) as Word files: filled from the records, nothing is typed twice."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from secondment.appeals import telling
from secondment.appeals.explained import Explained
from secondment.appeals.points import points
from secondment.appraisals.choices import Standing
from secondment.appraisals.models import RosterEntry
from secondment.assessments.choices import Side
from secondment.assessments.models import Grade
from secondment.assessments.summary_queries import summary_of
from secondment.documents.official import chinese_date
from secondment.documents.word_forms import WordForm
from secondment.files.codes.grades import word_of
from secondment.findings.choices import Theme
from secondment.findings.queries import standing_of
from secondment.measurement.view_tallies import indicator_rows
from secondment.placements.models import Placement
from secondment.standards.choices import RaterGroup
from secondment.task_books.models import Task
from secondment.task_books.queries import tasks_in_force
from secondment.units.official_names import office_of, place_and_title, seconded_to

FOLDER = Path(__file__).parent / "word_forms"


@dataclass(frozen=True)
class GroupRow:
    """One group of raters, or several that count as one."""

    group: str
    roster: str
    n: str
    share: str  # of the roster
    unknown: str
    score: str


@dataclass(frozen=True)
class SpreadRow:
    """How often each level was given, where the group is large enough for it."""

    group: str
    title: str
    levels: str


@dataclass(frozen=True)
class TaskRow:
    """One task, the part in it, and whether it was accepted."""

    number: str
    name: str
    part: str
    target: str
    due_on: str
    accepted_on: str
    days: str  # both, where the form has one cell


@dataclass(frozen=True)
class AppraisalSheet:
    """民主测评结果汇总表 (form F12) of one person."""

    year: str
    owner_unit: str
    name: str
    home_post: str
    host_post: str
    standard: str
    turnout: str
    groups: tuple[GroupRow, ...]
    spreads: tuple[SpreadRow, ...]
    plain: str
    fair: str
    band: str
    notes: str


@dataclass(frozen=True)
class TermSheet:
    """期满考核鉴定表 (form F14): talks, advice on use and destination are written by hand."""

    owner_unit: str
    name: str
    sex: str
    born: str
    home_post: str
    host_post: str
    term: str
    duties: str
    summary: str
    tasks: tuple[TaskRow, ...]
    appraisal: str
    merits: str
    host_opinion: str
    home_opinion: str
    decision: str


@dataclass(frozen=True)
class SpecialistSheet:
    """专业技术干部履职考核表 (form F15): the qualitative result and errors are written by hand."""

    year: str
    owner_unit: str
    name: str
    title: str
    home_post: str
    host_post: str
    term: str
    duties: str
    summary: str
    tasks: tuple[TaskRow, ...]
    score: str
    turnout: str
    host_opinion: str
    home_opinion: str
    decision: str


APPRAISAL_FORM = WordForm(FOLDER / "f12.docx", AppraisalSheet)
TERM_FORM = WordForm(FOLDER / "f14.docx", TermSheet)
SPECIALIST_FORM = WordForm(FOLDER / "f15.docx", SpecialistSheet)
FORMS = {
    "F12": _("民主测评结果汇总表"),
    "F14": _("期满考核鉴定表"),
    "F15": _("专业技术干部履职考核表"),
}


def form_bytes(code: str, grade: Grade, explained: Explained | None) -> bytes:
    """The form of one person, in Chinese whatever the reader's language is."""
    made: dict[str, Callable[[], bytes]] = {
        "F12": lambda: APPRAISAL_FORM.fill(appraisal_sheet(grade, explained)),
        "F14": lambda: TERM_FORM.fill(TermSheet(**_common(grade), **_of_term(grade, explained))),
        "F15": lambda: SPECIALIST_FORM.fill(
            SpecialistSheet(**_common(grade), **_of_specialist(grade, explained))
        ),
    }
    with override(settings.LANGUAGE_CODE):
        return made[code]()


def appraisal_sheet(grade: Grade, explained: Explained | None) -> AppraisalSheet:
    """Form F12; without an appraisal its figures stay empty."""
    evaluation = grade.evaluation
    category, placement = evaluation.person.category, evaluation.placement
    fair = explained.measure.fair_score if explained else None
    plain = explained.measure.plain_score if explained else None
    score = fair if fair is not None else plain
    return AppraisalSheet(
        year=str(evaluation.year),
        owner_unit=office_of(evaluation.register.owner_unit),
        name=evaluation.person.name,
        home_post=place_and_title(placement.home_unit, evaluation.person.post_title),
        host_post=seconded_to(placement.host_unit, placement.post.title),
        standard=str(explained.standard) if explained else "",
        turnout=_turnout(explained),
        groups=_groups(explained) if explained else (),
        spreads=_spreads(explained) if explained else (),
        plain=points(plain),
        fair=points(fair) if fair is not None else "不可比" if explained else "",
        band=word_of(explained.bands.of(score), category) if explained and score is not None else "",
        notes="\n".join(telling.left_out(explained)) if explained else "",
    )


def _common(grade: Grade) -> dict[str, Any]:
    evaluation = grade.evaluation
    person, placement = evaluation.person, evaluation.placement
    opinions = {one.side: one for one in evaluation.opinions.all()}
    summary = summary_of(evaluation)
    return {
        "owner_unit": office_of(evaluation.register.owner_unit),
        "name": person.name,
        "home_post": place_and_title(placement.home_unit, person.post_title),
        "host_post": seconded_to(placement.host_unit, placement.post.title),
        "term": f"{chinese_date(placement.starts_on)}至{chinese_date(placement.last_day)}",
        "duties": placement.duties,
        "summary": summary.text if summary else "",
        "tasks": _tasks(placement),
        "host_opinion": opinions[Side.HOST].text if Side.HOST in opinions else "",
        "home_opinion": opinions[Side.HOME].text if Side.HOME in opinions else "",
        "decision": f"{evaluation.year}年度考核：{word_of(grade.grade, person.category)}（{grade.decision.number}）"
        if grade.grade
        else "",
    }


def _of_term(grade: Grade, explained: Explained | None) -> dict[str, Any]:
    person = grade.evaluation.person
    return {
        "sex": person.get_sex_display() if person.sex else "",
        "born": f"{person.born_on:%Y.%m}" if person.born_on else "",
        "appraisal": _voted(explained) if explained else "",
        "merits": _merits(grade),
    }


def _voted(explained: Explained) -> str:
    """The figures in an official's words: the form speaks about the person, not to them."""
    measure, turnout = explained.measure, _turnout(explained)
    told = [f"参评/应到{turnout}，" if turnout else ""]
    told.append("没有得分" if measure.plain_score is None else f"直接统计得{points(measure.plain_score)}分")
    if measure.fair_score is not None:
        told.append(f"，校准后{points(measure.fair_score)}±{points(measure.fair_se)}分")
    return "".join([*told, "。"])


def _of_specialist(grade: Grade, explained: Explained | None) -> dict[str, Any]:
    return {
        "year": str(grade.evaluation.year),
        "title": grade.evaluation.person.post_title,
        "score": points(explained.measure.plain_score) if explained else "",
        "turnout": _turnout(explained),
    }


def _tasks(placement: Placement) -> tuple[TaskRow, ...]:
    rows = tasks_in_force(Placement.objects.filter(pk=placement.pk)).order_by("line")
    return tuple(_task(one) for one in rows)


def _task(one: Task) -> TaskRow:
    due, accepted = (f"{day:%Y.%m.%d}" if day else "" for day in (one.due_on, one.accepted_on))
    days = "\n".join(filter(None, (due, accepted)))
    return TaskRow(f"{one.line}", one.name, one.get_kind_display(), one.target, due, accepted, days)


def _rosters(explained: Explained) -> Counter[str]:
    """Group → how many on its rosters were to vote."""
    rows = RosterEntry.objects.filter(paper__in=explained.papers, standing=Standing.DRAWN)
    return Counter(rows.values_list("paper__group", flat=True))


def _groups(explained: Explained) -> tuple[GroupRow, ...]:
    if explained.tally is None:
        return ()
    rosters = _rosters(explained)
    return tuple(
        GroupRow(
            "、".join(str(RaterGroup(member).label) for member in one.members),
            str(n or ""),
            str(one.n),
            f"{100 * one.n / n:.0f}%" if n else "",
            f"{100 * one.unknown_share:.0f}%",
            points(one.score),
        )
        for one in explained.tally.groups
        for n in [sum(rosters[member] for member in one.members)]
    )


def _spreads(explained: Explained) -> tuple[SpreadRow, ...]:
    names = list(map(str, explained.standard.level_names))
    rows = indicator_rows(explained.tally, explained.standard)
    return tuple(
        SpreadRow(
            one.group,
            one.title,
            "、".join(
                f"{name}{times}（{100 * times / one.n:.0f}%）"
                for name, times in reversed(list(zip(names, one.counts, strict=True)))
            ),
        )
        for one in rows
        if one.counts
    )


def _turnout(explained: Explained | None) -> str:
    """How many of those on the lists voted."""
    n = sum(_rosters(explained).values()) if explained else 0
    return f"{sum(one.n_counted or 0 for one in explained.papers)}/{n}" if explained and n else ""


def _merits(grade: Grade) -> str:
    """What the units found of merits and faults; advice on use is not for the person to read."""
    rows = standing_of([grade.evaluation.placement_id], grade.evaluation.year)
    return "\n".join(
        f"{one.get_theme_display()}：{one.text}（{one.get_side_display()}）"
        for one in rows
        if one.theme in (Theme.STRENGTH, Theme.WEAKNESS)
    )
