"""What the committee's table shows: who stands apart, a section a standard with tiers as bands, the line of the places, flags."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secondment.accounts.models import User
from secondment.assessments.choices import READY
from secondment.assessments.composite.queries import unstated_of
from secondment.assessments.forms import GradeForm
from secondment.assessments.models import Comparison, Pool
from secondment.assessments.queries import with_names, with_stage
from secondment.assessments.table.flagged import Flag, flags_beside
from secondment.assessments.table.holding import Holding
from secondment.assessments.table.rows import Row, RowDesk
from secondment.assessments.table.sections import Section, Standing, apart, sections_of
from secondment.assessments.table.services import preferences_of
from secondment.common.sentences import listed


@dataclass(frozen=True)
class TablePage:
    """The whole table; `scales` says why there is no common order, where there is none for want of one standard."""

    sections: Sequence[Section]
    apart: Section
    is_measured: bool
    is_comparable: bool
    scales: str
    preferences: Sequence[tuple[str, float]]
    unlike: Sequence[Row]
    flags: Sequence[Flag]
    unstated: str

    @property
    def discordance(self) -> float | None:
        """The share of pairs in different tiers that may be the wrong way round; of one section only."""
        return self.sections[0].discordance if len(self.sections) == 1 else None

    @property
    def has_tiers(self) -> bool:
        """Whether the slider moves anything."""
        return any(one.discordance is not None for one in self.sections)


def table_page(
    user: User,
    pool: Pool,
    holding: Holding,
    everybody: Sequence[Any],
    *,
    sure: float,
    on: dt.date,
    forms: Mapping[int, GradeForm],
) -> TablePage:
    """Everything the page shows, in as many queries for one as for many."""
    table = holding.table
    results, inputs = table.results, table.inputs
    people = results["people"]
    evaluations = {one.pk: one for one in everybody}
    flagged = flags_beside(user, table, evaluations)
    desk = RowDesk(user, evaluations, pool, on=on, changed=holding.changed, flagged=flagged, forms=forms)
    is_measured = bool(results["sets"])
    name = "fair" if is_measured else "plain"
    ordered = sorted(evaluations.values(), key=lambda one: _order(people.get(str(one.pk), {}), name, one))
    barred = [one for one in ordered if one.limits or desk.proposals[one.pk].adverse]
    groups = _groups([one for one in ordered if one not in barred], inputs["people"], desk)
    sections = sections_of(groups, desk, results, sure=sure, places=inputs["places"])
    is_comparable = all(one.is_comparable for one in sections)
    beside = apart(barred, desk, people, is_comparable=is_comparable)
    preferences = [
        (evaluations[key].person.name, strength)
        for key, strength in preferences_of(pool, table)
        if key in evaluations
    ]
    rows = [row for one in (beside, *sections) for row in one.rows]
    return TablePage(
        sections=sections,
        apart=beside,
        is_measured=is_measured,
        is_comparable=is_comparable,
        scales=_scales(groups),
        preferences=preferences,
        unlike=[one for one in rows if one.is_unlike],
        flags=[flag for row in rows for flag in row.flags]
        + [flag for flags in flagged.units.values() for flag in flags],
        unstated=_unstated(everybody, desk),
    )


def ready_in(pool: Pool) -> list[Any]:
    """Who waits for a grade in this pool."""
    rows = with_stage(with_names(pool.evaluations.all())).filter(stage=READY)
    return list(rows.order_by("person__name_key", "pk"))


def band_words(cuts: Sequence[float], chances: Sequence[float]) -> str:
    """The chance of each band of points, the highest first."""
    lowest, highest = _("%(points)g 分以下"), _("%(points)g 分以上")
    labels = [lowest % {"points": cuts[0]}]
    labels += [_("%(low)g–%(high)g 分") % {"low": low, "high": high} for low, high in pairwise(cuts)]
    labels.append(highest % {"points": cuts[-1]})
    return listed(
        f"{label} {chance:.2f}" for label, chance in reversed(list(zip(labels, chances, strict=True)))
    )


def comparison_words(row: Comparison) -> str:
    """Who prefers whom."""
    pair = (row.first.person.name, row.second.person.name)
    better, other = pair if row.prefers_first else pair[::-1]
    return _("%(judge)s认为%(better)s优于%(other)s") % {"judge": row.judge, "better": better, "other": other}


def _unstated(people: Sequence[Any], desk: RowDesk) -> str:
    """That gates and vetoes are open, which nothing in the table would tell from ones that do not apply."""
    missing = unstated_of(people, desk.schemes)
    values = {"n": len(missing), "facts": sum(missing.values())}
    words = ngettext(
        "%(n)d 人的门槛和一票否决事项还有 %(facts)d 项没有认定，下表没有计入。登记等次以前请先认定。",
        "%(n)d 人的门槛和一票否决事项还有 %(facts)d 项没有认定，下表没有计入。登记等次以前请先认定。",
        len(missing),
    )
    return words % values if missing else ""


def _groups(people: Sequence[Any], kept: Mapping[str, Any], desk: RowDesk) -> list[Standing]:
    """People by the standard that the table was computed with; who has none stands with the others, or last by themselves."""
    titles = {scheme.version.pk: str(scheme.version) for scheme in desk.schemes.values()}
    versions = {one.pk: kept.get(str(one.pk), {}).get("version") or 0 for one in people}
    if len(set(versions.values()) - {0}) < 2:
        return [Standing("", people)]
    ordered = sorted(
        people, key=lambda one: (not versions[one.pk], versions[one.pk])
    )  # keeps the order within
    return [
        Standing(titles.get(key) or _("没有测评标准"), list(rows))
        for key, rows in groupby(ordered, key=lambda one: versions[one.pk])
    ]


def _scales(groups: Sequence[Standing]) -> str:
    if len(groups) < 2:
        return ""
    words = _(
        "本组人员分别按%(standards)s测评，指标和评分人不同，得分不在同一尺度上，所以分列、不排统一的次序；优秀名额按全组人数计算，由会议评议。"
    )
    return words % {"standards": listed(one.title for one in groups)}


def _order(figures: Mapping[str, Any], name: str, evaluation: Any) -> tuple[bool, float, str, int]:
    score = figures.get(name)
    return (score is None, -(score or 0.0), evaluation.person.name_key, evaluation.pk)
