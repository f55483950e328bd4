"""What weights lead to, beside what the last run gave."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from secondment.matching.figures import figure_text, signed_count, signed_text
from secondment.matching.models import Proposal
from secondment.matching.queries import Summary, proposal_summary
from secondment.matching.services.runs import Preview

N = TypeVar("N", int, float)
Figure = tuple[str, str, str, str]


def weight_figures(preview: Preview, last: Proposal | None, weights: Mapping[str, float]) -> dict[str, Any]:
    """Figures as (label, value, what follows it, the last run's), and whether fits may be compared at all."""
    before = proposal_summary(last) if last else None
    return {
        "figures": _figures(preview, before),
        "last_note": _note(last, weights) if last else "",
    }


def _figures(preview: Preview, before: Summary | None) -> list[Figure]:
    now, people = preview.summary, _("人")
    counts = [
        (_("填补岗位"), f"/ {preview.n_places}", now.n_pairs, before.n_pairs if before else None),
        (_("第一志愿"), people, now.n_first_wishes, before.n_first_wishes if before else None),
        (_("志愿之内"), people, now.n_wishes_met, before.n_wishes_met if before else None),
    ]
    points = [
        (_("总匹配度"), now.total, before.total if before else None),
        (_("平均匹配度"), now.mean, before.mean if before else None),
    ]
    filled, *wishes = [
        (label, str(n), rest, _beside(n, old, str, signed_count)) for label, rest, n, old in counts
    ]
    fits = [(label, figure_text(n), "", _beside(n, old, figure_text, _change)) for label, n, old in points]
    return [filled, *fits, *wishes]


def _change(points: float) -> str:
    return signed_text(points / 100)


def _beside(now: N, old: N | None, figure: Callable[[N], str], change: Callable[[N], str]) -> str:
    """The last run's figure and the change since; nothing before the first run."""
    if old is None:
        return ""
    return _("上次 %(old)s（%(change)s）") % {
        "old": figure(old),
        "change": change(now - old),
    }


def _note(last: Proposal, weights: Mapping[str, float]) -> str:
    values = {"n": last.run.number, "name": last.name}
    if all(last.run.weights.get(name, 0) == weight for name, weight in weights.items()):
        return _("上次：第 %(n)d 次计算（%(name)s），权重相同。") % values
    return _("上次：第 %(n)d 次计算（%(name)s）。权重不同，匹配度不能直接相比，请看志愿和各分项。") % values
