"""Begin a standard or its next version: from a template, from another version, or empty."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.campaigns.models import Programme
from secondment.common.errors import require
from secondment.standards.choices import IN_HAND, VersionState
from secondment.standards.content import values_of
from secondment.standards.errors import ReasonMissingError, SameNameError, StandardStateError
from secondment.standards.models import Indicator, Standard, StandardVersion
from secondment.standards.presets import GROUP_PRESETS, LEVEL_NAMES, LEVEL_SCORES, Template
from secondment.standards.presets.template import Line
from secondment.standards.rules import may_write
from secondment.standards.services.locking import NOT_WRITER
from secondment.units.models import Unit


@dataclass(frozen=True)
class Beginning:
    """What a new standard starts with; neither: no indicators."""

    template: Template | None = None
    version: StandardVersion | None = None


@transaction.atomic
def create_standard(
    *,
    owner: Unit,
    name: str,
    category: str,
    programme: Programme | None = None,
    beginning: Beginning = Beginning(),
    by: User,
    at: dt.datetime,
) -> StandardVersion:
    """A standard of this department with a first draft."""
    Unit.objects.select_for_update().get(pk=owner.pk)
    standard = Standard(owner_unit=owner, name=name.strip(), category=category, programme=programme)
    require(may_write(by, standard), NOT_WRITER)
    if Standard.objects.filter(owner_unit=owner, name=standard.name).exists():
        text = _("%(unit)s已有名为“%(name)s”的标准。请换一个名称，或在原标准上另起新版。")
        raise SameNameError(text % {"unit": owner.name, "name": standard.name}, field="name")
    standard.save()
    version = StandardVersion(standard=standard, number=1, drafted_by=by, drafted_at=at)
    _begin(version, beginning)
    version.writers.add(by)
    record("standard.create", version, by=by, at=at, details={"version": 1})
    return version


@transaction.atomic
def start_version(signed: StandardVersion, *, note: str, by: User, at: dt.datetime) -> StandardVersion:
    """The next version of a standard, as a copy of this one, for a written reason; the signed one holds until it is signed."""
    standard = Standard.objects.select_for_update().get(pk=signed.standard_id)
    require(may_write(by, standard), NOT_WRITER)
    if not note.strip():
        raise ReasonMissingError(_("请写明为什么修订、主要改什么。"), field="reason")
    in_hand = standard.versions.filter(state__in=IN_HAND).first()
    if in_hand is not None:
        text = _("第 %(n)s 版正在办理（%(state)s）。请在该版上修改，或先作废再另起新版。")
        raise StandardStateError(text % {"n": in_hand.number, "state": in_hand.get_state_display()})
    last = standard.versions.aggregate(last=Max("number"))["last"]
    version = StandardVersion(
        standard=standard, number=last + 1, note=note.strip(), drafted_by=by, drafted_at=at
    )
    _begin(version, Beginning(version=signed))
    version.writers.add(by)
    record(
        "standard.start_version", version, by=by, at=at, details={"version": version.number, "reason": note}
    )
    return version


def copies_of(indicators: Iterable[Indicator]) -> list[Indicator]:
    """Unsaved indicators with the same code and content."""
    return [Indicator(code=one.code, **values_of(one)) for one in indicators]


def _begin(version: StandardVersion, beginning: Beginning) -> None:
    source = beginning.version
    version.state = VersionState.DRAFT
    version.level_names, version.level_scores = list(LEVEL_NAMES), list(LEVEL_SCORES)
    indicators: list[Indicator] = []
    if source is not None:
        version.level_names, version.level_scores = source.level_names, source.level_scores
        version.group_weights, version.group_basis = source.group_weights, source.group_basis
        version.judgements = source.judgements
        indicators = copies_of(source.indicators.all())
    elif beginning.template is not None:
        groups = GROUP_PRESETS[beginning.template.groups]
        version.group_weights, version.group_basis = dict(groups.weights), groups.basis
        indicators = [_from_line(line) for line in beginning.template.lines]
    version.save()
    for position, one in enumerate(indicators, 1):
        one.version, one.position = version, position
    Indicator.objects.bulk_create(indicators)


def _from_line(line: Line) -> Indicator:
    return Indicator(
        code=line.code,
        part=line.part,
        title=line.title,
        weight=line.weight,
        kind=line.kind,
        source=line.source,
        anchors=list(line.anchors),
        ability=line.ability,
        for_masses=bool(line.masses),
        masses_title=line.masses,
        points=[list(point) for point in line.points],
        unit_of_measure=line.unit_of_measure,
        effect=line.effect,
    )
