"""A standard as a Word file, to be circulated and filed."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from secondment.documents.official import chinese_date
from secondment.documents.word_forms import WordForm
from secondment.standards.choices import RaterGroup, VersionState
from secondment.standards.content import ballot_title, content_of, is_scored, part_weights
from secondment.standards.models import Indicator, StandardVersion
from secondment.standards.view_models import points_words

FOLDER = Path(__file__).parent / "word_forms"


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator, its weight, and what it is read from: anchors from the highest level down."""

    part: str
    title: str
    weight: str
    text: str


@dataclass(frozen=True)
class ApartRow:
    """What is judged before any score."""

    title: str
    source: str
    effect: str


@dataclass(frozen=True)
class StandardSheet:
    """测评标准. A draft says that it is one."""

    name: str
    number: str
    unit: str
    category: str
    programme: str
    groups: str
    basis: str
    levels: str
    asked: str
    rows: tuple[IndicatorRow, ...]
    apart: tuple[ApartRow, ...]
    signature: str


STANDARD_FORM = WordForm(FOLDER / "standard.docx", StandardSheet)


def standard_sheet(version: StandardVersion) -> StandardSheet:
    """A version in Chinese, whatever the reader's language is."""
    with override(settings.LANGUAGE_CODE):
        return _sheet(version)


def _sheet(version: StandardVersion) -> StandardSheet:
    standard, content = version.standard, content_of(version)
    scored = [one for one in content.indicators if is_scored(one)]
    weights = part_weights(scored)
    levels = zip(content.level_names, content.level_scores, strict=True)
    return StandardSheet(
        name=standard.name,
        number=f"第{version.number}版",
        unit=standard.owner_unit.name,
        category=str(standard.get_category_display()),
        programme=standard.programme.name if standard.programme else "全部项目",
        groups="、".join(
            f"{group.label}{content.group_weights[group]}%"
            for group in RaterGroup
            if content.group_weights.get(group)
        ),
        basis=content.group_basis or "无",
        levels="、".join(f"{name}{score}分" for name, score in [*levels][::-1]),
        asked="；".join(ballot_title(one) for one in content.indicators if one.for_masses) or "无",
        rows=tuple(_row(one, content.level_names, weights) for one in scored),
        apart=tuple(_apart(one) for one in content.indicators if not is_scored(one)),
        signature=_signature(version),
    )


def _row(one: Indicator, level_names: Sequence[str], weights: dict[str, int]) -> IndicatorRow:
    anchors = [f"{name}：{text}" for name, text in zip(level_names, one.anchors, strict=False)][::-1]
    lines = [*anchors, f"{one.get_source_display()}：{points_words(one)}"] if one.points else anchors
    return IndicatorRow(
        f"{one.get_part_display()} {weights.get(one.part, 0)}", one.title, str(one.weight), "\n".join(lines)
    )


def _apart(one: Indicator) -> ApartRow:
    return ApartRow(one.title, str(one.get_source_display()), str(one.get_effect_display()))


def _signature(version: StandardVersion) -> str:
    if version.signed_by is None or version.signed_at is None:
        return f"{VersionState(version.state).label}，未签批"
    day = timezone.localtime(version.signed_at).date()
    drafted = version.drafted_by.name if version.drafted_by else ""
    return f"{drafted}起草，{version.signed_by.name}于{chinese_date(day)}签批"
