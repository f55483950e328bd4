"""What the entry pages show: a line a person and indicator."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from secondment.assessments.choices import PoolKind
from secondment.assessments.composite.forms import QuantityForm, StatementForm
from secondment.assessments.composite.models import QuantityCorrection, QuantityMark
from secondment.assessments.composite.proposals import Proposal, proposals_for
from secondment.assessments.composite.queries import corrections_of, facts_stated, marks_of
from secondment.assessments.composite.scoring import score_of
from secondment.assessments.composite.standards import Schemes, titles_of
from secondment.assessments.composite.words import plain_number
from secondment.assessments.models import Evaluation, Register
from secondment.common.components import Tab
from secondment.standards.models import Indicator


@dataclass(frozen=True)
class QuantityLine:
    """One indicator of one person with its fields."""

    evaluation: Evaluation
    indicator: Indicator
    form: QuantityForm
    score: float | None
    proposal: Proposal | None


@dataclass(frozen=True)
class StatementLine:
    """One gate or veto of one person with its fields."""

    evaluation: Evaluation
    indicator: Indicator
    form: StatementForm
    by: str


def quantity_lines(
    data: Mapping[str, Any] | None, people: Sequence[Evaluation], schemes: Schemes, *, takes_proposals: bool
) -> list[QuantityLine]:
    """Every quantitative indicator of these people."""
    marks, proposals = marks_of(people), proposals_for(people, schemes)
    lines = []
    for one in people:
        for indicator in schemes[one.pk].quantitative:
            mark, proposal = marks.get((one.pk, indicator.code)), proposals.get((one.pk, indicator.code))
            form = QuantityForm(
                data,
                evaluation=one,
                indicator=indicator,
                mark=mark,
                proposal=proposal if takes_proposals else None,
            )
            score = score_of(indicator, mark.value) if mark else None
            lines.append(QuantityLine(one, indicator, form, score, proposal))
    return lines


def statement_lines(
    data: Mapping[str, Any] | None, people: Sequence[Evaluation], schemes: Schemes
) -> list[StatementLine]:
    """Every gate and veto of these people."""
    stated = facts_stated(people)
    lines = []
    for one in people:
        for indicator in schemes[one.pk].stated:
            fact = stated.get((one.pk, indicator.code))
            form = StatementForm(data, evaluation=one, indicator=indicator, fact=fact)
            lines.append(StatementLine(one, indicator, form, fact.stated_by.name if fact else ""))
    return lines


@dataclass(frozen=True)
class MarkLine:
    """One value that is kept of somebody, and how it was corrected."""

    mark: QuantityMark
    title: str
    value: str
    corrections: Sequence[str]


def mark_lines(evaluation: Evaluation) -> list[MarkLine]:
    """Everything that was counted of one person."""
    titles = titles_of([evaluation])
    told: defaultdict[str, list[str]] = defaultdict(list)
    for one in corrections_of(evaluation):
        told[one.indicator].append(_correction_words(one))
    return [
        MarkLine(mark, titles.get(key, key[1]), plain_number(mark.value), told[key[1]])
        for key, mark in sorted(marks_of([evaluation]).items())
    ]


def _correction_words(one: QuantityCorrection) -> str:
    return _("%(day)s %(who)s由 %(before)s 更正为 %(value)s：%(reason)s") % {
        "day": one.corrected_at.date(),
        "who": one.corrected_by.name,
        "before": plain_number(one.before),
        "value": plain_number(one.value),
        "reason": one.reason,
    }


def pool_tabs(register: Register, path: str, pool: int) -> list[Tab]:
    """All people, and each pool apart."""
    tabs = [Tab(_("全部"), path, is_current=not pool)]
    rows = register.pools.filter(evaluations__isnull=False).distinct()
    for one in rows.select_related("programme_version__programme"):
        label = f"{one.programme_version.programme.name} · {PoolKind(one.kind).label}"
        tabs.append(Tab(label, f"{path}?pool={one.pk}", is_current=one.pk == pool))
    return tabs if len(tabs) > 2 else []
