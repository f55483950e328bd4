"""What the pages of a standard show: parts with their indicators, facts, versions, differences."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.common.components import Difference, Fact, Status
from secondment.common.display import display
from secondment.common.sentences import listed
from secondment.standards.choices import EVER_SIGNED, IN_HAND, IndicatorKind, Part, RaterGroup, VersionState
from secondment.standards.content import (
    Content,
    ballot_title,
    content_of,
    is_scored,
    part_weights,
)
from secondment.standards.differences import differences
from secondment.standards.editing import faults_told
from secondment.standards.lists import STATUS
from secondment.standards.models import Indicator, StandardVersion
from secondment.standards.rules import may_write


@dataclass(frozen=True)
class AnchorLine:
    """What a level means for an indicator."""

    level: str
    score: int
    text: str


@dataclass(frozen=True)
class IndicatorLine:
    """An indicator as it is read."""

    indicator: Indicator
    anchors: list[AnchorLine]
    points: str
    masses: str


@dataclass(frozen=True)
class PartBlock:
    """A part with its weight and its indicators."""

    label: str
    weight: int
    lines: list[IndicatorLine]


@dataclass(frozen=True)
class GroupLine:
    """How much a group counts."""

    label: str
    weight: int


@dataclass(frozen=True)
class VersionPage:
    """One version for one reader."""

    facts: list[Fact]
    status: Status
    parts: list[PartBlock]
    apart: list[IndicatorLine]
    groups: list[GroupLine]
    levels: list[AnchorLine]
    asked: list[str]
    versions: Sequence[StandardVersion]
    before: StandardVersion | None
    changes: list[Difference]
    may_write: bool
    took_part: bool
    is_draft: bool
    in_hand: StandardVersion | None
    missing: list[str]


def version_page(user: User, version: StandardVersion, versions: Sequence[StandardVersion]) -> VersionPage:
    """Everything that the page of a version shows."""
    content = content_of(version)
    before = _before(version, versions)
    writes = may_write(user, version.standard)
    is_draft = writes and version.state == VersionState.DRAFT
    return VersionPage(
        facts=_facts(version),
        status=STATUS[version.state],
        parts=part_blocks(content),
        apart=[_line(one, content) for one in content.indicators if not is_scored(one)],
        groups=group_lines(version),
        levels=level_lines(content),
        asked=[ballot_title(one) for one in content.indicators if one.for_masses],
        versions=versions,
        before=before,
        changes=differences(content_of(before), content) if before else [],
        may_write=writes,
        took_part=writes and version.state in IN_HAND and version.writers.filter(pk=user.pk).exists(),
        is_draft=is_draft,
        in_hand=next((one for one in versions if one.state in IN_HAND), None),
        missing=faults_told(version) if is_draft else [],
    )


def part_blocks(content: Content) -> list[PartBlock]:
    """The scored indicators by part."""
    scored = [one for one in content.indicators if is_scored(one)]
    weights = part_weights(scored)
    blocks = []
    for part in Part:
        lines = [_line(one, content) for one in scored if one.part == part]
        if lines:
            blocks.append(PartBlock(str(part.label), weights.get(part, 0), lines))
    return blocks


def group_lines(version: StandardVersion) -> list[GroupLine]:
    """Groups that count, in their order."""
    weights = version.group_weights
    return [GroupLine(str(group.label), weights[group]) for group in RaterGroup if weights.get(group)]


def level_lines(content: Content) -> list[AnchorLine]:
    """Levels from the highest, as they are read."""
    pairs = zip(content.level_names, content.level_scores, strict=True)
    return [AnchorLine(name, score, "") for name, score in pairs][::-1]


def points_words(indicator: Indicator) -> str:
    """The scoring rule in words."""
    unit = indicator.unit_of_measure
    steps = [
        _("%(value)s%(unit)s得 %(score)s 分") % {"value": f"{value:g}", "unit": unit, "score": f"{score:g}"}
        for value, score in indicator.points
    ]
    return _("%(steps)s；其间按比例") % {"steps": listed(steps)} if steps else ""


def shown_first(versions: Iterable[StandardVersion]) -> StandardVersion | None:
    """The version in force, else the newest."""
    return min(versions, key=lambda one: (one.state != VersionState.SIGNED, -one.number), default=None)


def _before(version: StandardVersion, versions: Sequence[StandardVersion]) -> StandardVersion | None:
    """The signed version that this one follows."""
    earlier = [one for one in versions if one.number < version.number and one.state in EVER_SIGNED]
    return max(earlier, key=lambda one: one.number, default=None)


def _line(one: Indicator, content: Content) -> IndicatorLine:
    texts = [*one.anchors, *[""] * len(content.level_names)]
    anchors = [
        AnchorLine(name, score, text)
        for name, score, text in zip(content.level_names, content.level_scores, texts, strict=False)
    ][::-1]
    return IndicatorLine(
        one,
        anchors if one.kind == IndicatorKind.RATED else [],
        points_words(one),
        ballot_title(one) if one.for_masses else "",
    )


def _facts(version: StandardVersion) -> list[Fact]:
    standard = version.standard
    facts = [
        Fact(_("制定单位"), standard.owner_unit.name),
        Fact(_("人员类别"), standard.get_category_display()),
        Fact(_("挂职项目"), standard.programme.name if standard.programme else _("全部项目")),
        Fact(_("起草人"), _signature(version.drafted_by, version.drafted_at)),
    ]
    if version.signed_by:
        facts.append(Fact(_("签批人"), _signature(version.signed_by, version.signed_at)))
    if version.retired_at:
        facts.append(Fact(_("停用时间"), version.retired_at))
    if version.note:
        facts.append(Fact(_("修订说明"), version.note, is_wide=True))
    if version.state == VersionState.RETIRED and version.remark:
        facts.append(Fact(_("停用理由"), version.remark, is_wide=True))
    return facts


def _signature(who: User | None, when: object) -> str:
    return f"{who.name if who else ''} {display(when)}".strip()
