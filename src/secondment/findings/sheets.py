"""Findings of a year and the facts they rest on, as a Word file."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import override

from secondment.documents.official import chinese_date
from secondment.documents.word_forms import WordForm
from secondment.findings.view_models import Line, NumberedFact, SideColumn, YearReport
from secondment.units.official_names import place_and_title, seconded_to

FOLDER = Path(__file__).parent / "word_forms"
WITHHELD = "（无权查阅）"


@dataclass(frozen=True)
class FindingRow:
    """A finding with the numbers of its facts; `contrary` is what speaks against it."""

    side: str
    theme: str
    text: str
    contrary: str
    signed: str


@dataclass(frozen=True)
class FactRow:
    """A fact under its number, and what the record says of it."""

    number: str
    day: str
    label: str
    excerpt: str


@dataclass(frozen=True)
class FindingsSheet:
    """考核评语及事实依据: what a reader sees of one year of a placement."""

    name: str
    year: str
    home_post: str
    host_post: str
    term: str
    findings: tuple[FindingRow, ...]
    facts: tuple[FactRow, ...]


FINDINGS_FORM = WordForm(FOLDER / "findings.docx", FindingsSheet)


def findings_sheet(report: YearReport) -> FindingsSheet:
    """The form of one year, in Chinese whatever the reader's language is."""
    placement = report.placement
    with override(settings.LANGUAGE_CODE):
        return FindingsSheet(
            name=placement.person.name,
            year=f"{report.year}",
            home_post=place_and_title(placement.home_unit, placement.person.post_title),
            host_post=seconded_to(placement.host_unit, placement.post.title),
            term=f"{chinese_date(placement.starts_on)}至{chinese_date(placement.last_day)}",
            findings=tuple(_finding(column, one) for column in report.columns for one in column.lines),
            facts=tuple(map(_fact, report.facts)),
        )


def _finding(column: SideColumn, line: Line) -> FindingRow:
    one = line.finding
    numbers = f"（事实{line.contrary_numbers}）" if line.contrary_numbers else ""
    contrary = f"相反情况：{one.contrary_words}{numbers}" if one.contrary_words or numbers else ""
    return FindingRow(
        side=column.label,
        theme=one.get_theme_display(),
        text=f"{one.text}（事实{line.numbers}）",
        contrary=contrary,
        signed=f"{one.signer}　{chinese_date(one.signed_on)}",
    )


def _fact(one: NumberedFact) -> FactRow:
    cited = one.cited
    citation = cited.citation
    changed = "" if cited.is_same else f"【{cited.state.label}】"
    return FactRow(
        number=f"{one.number}",
        day=f"{citation.on}",
        label=f"{cited.kind_label}：{citation.label if cited.is_read else WITHHELD}{changed}",
        excerpt=f"（{one.excerpt}）" if one.excerpt else "",
    )
