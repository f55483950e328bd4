"""A result computed again beside the one before: votes under three rules, the composite, and every value that differs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from secondment.appeals import telling, telling_parts
from secondment.appeals.composites import Working, unpacked
from secondment.appeals.models import Recomputation
from secondment.appeals.points import exact
from secondment.assessments.bands import Bands, bands_of
from secondment.assessments.labels import grade_label


@dataclass(frozen=True)
class Line:
    """One figure, before and after; bands where it is a score of all."""

    title: str
    old: str
    new: str
    old_band: str = ""
    new_band: str = ""

    @property
    def is_changed(self) -> bool:
        """Whether it leads to another band, or is no score and differs."""
        return self.old_band != self.new_band if self.old_band or self.new_band else self.old != self.new


def lines(row: Recomputation) -> list[Line]:
    """Everything, the votes first."""
    evaluation = row.grade.evaluation
    category, bands = evaluation.person.category, bands_of(evaluation.pool)
    found = [
        _scored(telling.rule_label(rule), old, new, bands, category)
        for rule, (old, new) in row.results.items()
    ]
    before, after = unpacked(row.before), unpacked(row.after)
    if before is None or after is None:
        return found
    found.append(_scored(_("综合得分"), before.score, after.score, bands, category))
    if before.plain != before.score or after.plain != after.score:
        found.append(_scored(_("综合得分（不校准）"), before.plain, after.plain, bands, category))
    return [*found, *_values(before, after), *_gates(before, after)]


def disagree(rows: Iterable[Line]) -> bool:
    """Whether rules, old and new, lead to different bands."""
    bands = {band for one in rows for band in (one.old_band, one.new_band) if band}
    return len(bands) > 1


def _scored(title: str, old: float | None, new: float | None, limits: Bands, category: str) -> Line:
    bands = [grade_label(limits.of(one), category) if one is not None else "" for one in (old, new)]
    return Line(title, exact(old), exact(new), *bands)


def _values(before: Working, after: Working) -> Iterator[Line]:
    """Values that differ, with their scores."""
    pairs = zip(telling_parts.part_lines(before), telling_parts.part_lines(after), strict=True)
    for old, new in pairs:
        words = [_("%(value)s，%(backing)s，得 %(score)s 分") % vars(one) for one in (old, new) if one.value]
        if len(words) == len((old, new)) and words[0] != words[1]:
            yield Line(old.title, *words)


def _gates(before: Working, after: Working) -> Iterator[Line]:
    """Statements that differ."""
    pairs = zip(telling_parts.gate_lines(before), telling_parts.gate_lines(after), strict=True)
    for old, new in pairs:
        if (old.answer, old.basis) != (new.answer, new.basis):
            yield Line(old.title, *("，".join(filter(None, (one.answer, one.basis))) for one in (old, new)))
