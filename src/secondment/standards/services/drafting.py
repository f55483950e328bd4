"""Change a draft: its indicators one by one or all at once, weights, levels, groups."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.common.sentences import joined_sentences, labelled, listed
from secondment.standards.content import (
    Content,
    Fault,
    content_of,
    faults_of,
    in_order,
    is_scored,
    normalise,
    told,
    values_of,
)
from secondment.standards.errors import StandardRefusedError, StandardStateError
from secondment.standards.models import CONTENT, Indicator, StandardVersion
from secondment.standards.services.locking import locked_draft

MOST_SAID = 5


@transaction.atomic
def write_indicator(
    version: StandardVersion,
    indicator: Indicator,
    *,
    seen: int | None = None,
    by: User,
    at: dt.datetime,
) -> Indicator:
    """Add an indicator to the draft, or bring the one with its code to this content."""
    row = locked_draft(version, seen=seen, by=by, at=at)
    standing = list(row.indicators.all())
    known = [one for one in standing if one.code == indicator.code]
    if indicator.code and not known:
        raise StandardStateError(_("这项指标已被移除。请返回草稿重新添加。"))
    normalise(indicator, len(row.level_names))
    after = [indicator if one in known else one for one in standing]
    after += [] if known else [indicator]
    _refuse_about(indicator, replace(content_of(row), indicators=after))
    _write_all(row, after)
    details = {"version": row.number, "indicator": indicator.title}
    record("standard.write_indicator", row, by=by, at=at, details=details)
    return row.indicators.get(code=indicator.code)


@transaction.atomic
def write_indicators(
    version: StandardVersion,
    indicators: Sequence[Indicator],
    *,
    seen: int | None = None,
    by: User,
    at: dt.datetime,
) -> StandardVersion:
    """Bring the draft to these indicators; codes that the standard never had are given anew."""
    row = locked_draft(version, seen=seen, by=by, at=at)
    for one in indicators:
        normalise(one, len(row.level_names))
    refuse_faults(faults_of(replace(content_of(row), indicators=indicators)), indicators)
    if _same(list(row.indicators.all()), indicators):
        return row
    _write_all(row, indicators)
    details = {"version": row.number, "n": len(indicators)}
    record("standard.write_indicators", row, by=by, at=at, details=details)
    return row


@transaction.atomic
def remove_indicator(
    version: StandardVersion, code: str, *, seen: int | None = None, by: User, at: dt.datetime
) -> StandardVersion:
    """Take an indicator out of the draft; asked again it changes nothing."""
    row = locked_draft(version, seen=seen, by=by, at=at)
    standing = list(row.indicators.all())
    gone = [one for one in standing if one.code == code]
    if not gone:
        return row
    _write_all(row, [one for one in standing if one.code != code])
    details = {"version": row.number, "indicator": gone[0].title}
    record("standard.remove_indicator", row, by=by, at=at, details=details)
    return row


@transaction.atomic
def move_indicator(
    version: StandardVersion, code: str, *, by_places: int, seen: int | None = None, by: User, at: dt.datetime
) -> StandardVersion:
    """Move an indicator up (-1) or down (+1) within its part; at the edge it stays."""
    row = locked_draft(version, seen=seen, by=by, at=at)
    standing = list(row.indicators.all())
    of_part = [n for n, one in enumerate(standing) if one.part == _part_of(standing, code)]
    place = next((n for n in of_part if standing[n].code == code), None)
    if place is None:
        raise StandardStateError(_("这项指标已被移除。请返回草稿重新添加。"))
    other = of_part.index(place) + by_places
    if not 0 <= other < len(of_part):
        return row
    target = of_part[other]
    standing[place], standing[target] = standing[target], standing[place]
    _write_all(row, standing)
    record("standard.move_indicator", row, by=by, at=at, details={"version": row.number})
    return row


@transaction.atomic
def set_weights(
    version: StandardVersion,
    weights: Mapping[str, int],
    *,
    seen: int | None = None,
    by: User,
    at: dt.datetime,
) -> StandardVersion:
    """Weights by hand, by code of the indicator; what they sum to is asked when the draft is submitted."""
    row = locked_draft(version, seen=seen, by=by, at=at)
    row.judgements = []
    return give_weights(row, weights, by=by, at=at, action="standard.set_weights")


def give_weights(
    row: StandardVersion, weights: Mapping[str, int], *, by: User, at: dt.datetime, action: str
) -> StandardVersion:
    """Write the weights of a locked draft."""
    standing = list(row.indicators.all())
    for one in standing:
        if is_scored(one):
            one.weight = weights.get(one.code, one.weight)
    refuse_faults(faults_of(replace(content_of(row), indicators=standing)), standing)
    _write_all(row, standing)
    record(action, row, by=by, at=at, details={"version": row.number})
    return row


@transaction.atomic
def set_levels(
    version: StandardVersion,
    names: Sequence[str],
    scores: Sequence[int],
    *,
    seen: int | None = None,
    by: User,
    at: dt.datetime,
) -> StandardVersion:
    """Names and scores of the levels, from the lowest; a level goes only while no indicator describes it."""
    row = locked_draft(version, seen=seen, by=by, at=at)
    standing = list(row.indicators.all())
    described = [one.title for one in standing if any(one.anchors[len(names) :])]
    if described:
        text = _("减少档次会丢掉“%(titles)s”已写的行为描述。请先删去这些描述，再减少档次。")
        raise StandardRefusedError(text % {"titles": listed(described[:MOST_SAID])}, field="levels")
    row.level_names, row.level_scores = [one.strip() for one in names], list(scores)
    _refuse(row, "levels")
    for one in standing:
        normalise(one, len(names))
    _write_all(row, standing)
    record("standard.set_levels", row, by=by, at=at, details={"version": row.number})
    return row


@transaction.atomic
def set_groups(
    version: StandardVersion,
    weights: Mapping[str, int],
    *,
    basis: str,
    seen: int | None = None,
    by: User,
    at: dt.datetime,
) -> StandardVersion:
    """How much each group of raters counts, and on what basis; what they sum to is asked when the draft is submitted."""
    row = locked_draft(version, seen=seen, by=by, at=at)
    row.group_weights = {group: weight for group, weight in weights.items() if weight}
    row.group_basis = basis.strip()
    _refuse(row, "group_")
    row.save()
    record("standard.set_groups", row, by=by, at=at, details={"version": row.number})
    return row


def refuse_faults(faults: Iterable[Fault], indicators: Sequence[Indicator]) -> None:
    """Raise what is wrong, all of it, in words."""
    found = list(faults)
    if found:
        reasons = [told(one, indicators) for one in found]
        words = labelled(_("测评标准不能这样保存"), joined_sentences(reasons[:MOST_SAID]))
        raise StandardRefusedError(words, reasons=reasons)


def _refuse(row: StandardVersion, field: str) -> None:
    for fault in faults_of(Content(row.level_names, row.level_scores, row.group_weights, row.group_basis)):
        raise StandardRefusedError(fault.text, field=fault.field if fault.field.startswith(field) else "")


def _refuse_about(indicator: Indicator, content: Content) -> None:
    """Only what the writer just typed: what else is wrong in the draft does not keep it from being saved."""
    for fault in faults_of(content):
        if fault.place is None or content.indicators[fault.place] is indicator:
            raise StandardRefusedError(fault.text, field=fault.field)


def _part_of(indicators: Sequence[Indicator], code: str) -> str:
    return next((one.part for one in indicators if one.code == code), "")


def _same(before: Sequence[Indicator], after: Sequence[Indicator]) -> bool:
    return [(one.code, values_of(one)) for one in before] == [(one.code, values_of(one)) for one in after]


def _write_all(row: StandardVersion, indicators: Iterable[Indicator]) -> None:
    """In the order of the parts; indicators of a known code keep their row, new ones are given a code."""
    rows = {one.code: one for one in row.indicators.all()}
    taken = _codes_of(row)
    wanted = in_order(indicators)
    for one in wanted:
        if one.code not in taken:
            one.code = _new_code(one.part, taken)
            taken.add(one.code)
    Indicator.objects.filter(version=row).exclude(code__in=[one.code for one in wanted]).delete()
    for position, one in enumerate(wanted, 1):
        one.version, one.position = row, position
        one.pk = rows[one.code].pk if one.code in rows else None
    Indicator.objects.bulk_create([one for one in wanted if one.pk is None])
    Indicator.objects.bulk_update([one for one in wanted if one.pk], ["position", *CONTENT])
    row.save()


def _codes_of(row: StandardVersion) -> set[str]:
    """Codes that any version of the standard has: results are compared by them, none is given twice."""
    return set(Indicator.objects.filter(version__standard=row.standard_id).values_list("code", flat=True))


def _new_code(part: str, taken: set[str]) -> str:
    numbers = [int(found[1]) for code in taken if (found := re.fullmatch(rf"{part}-(\d+)", code))]
    return f"{part}-{max(numbers, default=0) + 1}"
