"""The registration form of a year (年度考核登记表, form F13), and the personal summary, as Word files."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import override

from secondment.assessments.choices import DecisionState, Side
from secondment.assessments.interim.routine import QUARTERS, of_year
from secondment.assessments.limits import known, told
from secondment.assessments.models import Evaluation, Grade, Opinion, Summary
from secondment.assessments.summary_queries import summary_of
from secondment.assessments.voted import appraisal_words
from secondment.documents.official import chinese_date
from secondment.documents.word_forms import WordForm
from secondment.files.codes.grades import word_of
from secondment.files.codes.political_status import POLITICAL_STATUS
from secondment.people.sections import Section
from secondment.units.official_names import office_of, place_and_title, seconded_to

FOLDER = Path(__file__).parent / "word_forms"


@dataclass(frozen=True)
class YearSheet:
    """年度考核登记表. Signatures are written by hand, and so is the summary where there is none; what is known is printed."""

    year: str
    owner_unit: str
    name: str
    sex: str
    born: str
    political_status: str
    home_post: str
    host_post: str
    term: str
    duties: str
    quarters: str  # grades of the four quarters
    leave: str
    summary: str
    appraisal: str  # turnout and scores by group
    host_opinion: str
    home_opinion: str
    assessing_unit: str
    decision: str  # the grade in force, and what leaves the year without one


@dataclass(frozen=True)
class SummarySheet:
    """年度个人总结 or 自我鉴定 on a page of its own; the signature is written by hand."""

    kind: str
    year: str
    name: str
    term: str
    home_post: str
    host_post: str
    text: str


SUMMARY_FORM = WordForm(FOLDER / "summary.docx", SummarySheet)
YEAR_FORM = WordForm(FOLDER / "year.docx", YearSheet)


def year_sheet(evaluation: Evaluation, sections: frozenset[Section]) -> YearSheet:
    """The form of one person for a reader of these sections, in Chinese whatever the language; the grade once in force."""
    with override(settings.LANGUAGE_CODE):
        return _sheet(evaluation, sections)


def _sheet(evaluation: Evaluation, sections: frozenset[Section]) -> YearSheet:
    person, placement = evaluation.person, evaluation.placement
    opinions = {one.side: one for one in evaluation.opinions.all()}
    side = Side(evaluation.assessing_side)
    leave, summary = evaluation.leave_workdays, summary_of(evaluation)
    grade = _in_force(evaluation)
    return YearSheet(
        year=str(evaluation.year),
        owner_unit=office_of(evaluation.register.owner_unit),
        name=person.name,
        sex=person.get_sex_display() if person.sex else "",
        born=f"{person.born_on:%Y.%m}" if person.born_on else "",
        political_status=POLITICAL_STATUS.label_in(None, person.political_status),
        home_post=place_and_title(placement.home_unit, person.post_title),
        host_post=seconded_to(placement.host_unit, placement.post.title),
        term=f"{chinese_date(placement.starts_on)}至{chinese_date(placement.last_day)}",
        duties=placement.duties,
        quarters=_quarters(evaluation),
        leave="" if leave is None else f"{leave}个工作日",
        summary="" if summary is None else summary.text,
        appraisal=appraisal_words(evaluation, grade),
        host_opinion=_opinion(opinions.get(Side.HOST), person.category),
        home_opinion=_opinion(opinions.get(Side.HOME), person.category),
        assessing_unit=str(side.label),
        decision="\n".join(filter(None, (_decision(grade, person.category), *_limits(evaluation, sections)))),
    )


def summary_sheet(summary: Summary) -> SummarySheet:
    """One text, in Chinese whatever the language of the page."""
    placement = summary.placement
    person = placement.person
    with override(settings.LANGUAGE_CODE):
        return SummarySheet(
            kind=summary.get_kind_display(),
            year=f"{summary.year}",
            name=person.name,
            term=f"{chinese_date(placement.starts_on)}至{chinese_date(placement.last_day)}",
            home_post=place_and_title(placement.home_unit, person.post_title),
            host_post=seconded_to(placement.host_unit, placement.post.title),
            text=summary.text,
        )


def _quarters(evaluation: Evaluation) -> str:
    """Every quarter with its grade; one without is left open, where any has one."""
    known = of_year(evaluation.placement.routine_grades.all(), evaluation.year)
    if not known:
        return ""
    words = {number: known[number].get_grade_display() if number in known else "—" for number in QUARTERS}
    return "　".join(f"第{number}季度：{word}" for number, word in words.items())


def _opinion(opinion: Opinion | None, category: str) -> str:
    """The text, the grade proposed, and the day of the paper where there is one."""
    if opinion is None:
        return ""
    signed = f"\n{chinese_date(opinion.signed_on)}" if opinion.signed_on else ""
    return f"{opinion.text}\n建议等次：{word_of(opinion.grade, category)}{signed}"


def _limits(evaluation: Evaluation, sections: frozenset[Section]) -> list[str]:
    return [f"{told(one)}（{one.basis}）" for one in known(evaluation.limits, sections)]


def _in_force(evaluation: Evaluation) -> Grade | None:
    grades = Grade.objects.filter(evaluation=evaluation, decision__state=DecisionState.IN_FORCE)
    return grades.select_related("decision", "table").order_by("-pk").first()


def _decision(grade: Grade | None, category: str) -> str:
    if grade is None or not grade.grade:
        return ""
    word, decision = word_of(grade.grade, category), grade.decision
    return f"确定为{word}等次。\n{decision.meeting}，{decision.number}\n{chinese_date(decision.decided_on)}"
