"""On how much each component rests: who was judged by it, what the others count for, and whether it changes anything."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from secondment.algorithms.fit import COMPONENTS
from secondment.algorithms.silence import without_effect
from secondment.campaigns.parameters import WEIGHT_LABELS
from secondment.matching.models import MatchingRun
from secondment.matching.snapshot import Snapshot

NOBODY = _("无人可评定，不起作用")
ALL_ALIKE = _("人人相同，不起作用")
NO_WEIGHT = _("权重为 0，不计")


@dataclass(frozen=True)
class EvidenceLine:
    """One component of a run: people judged by it, what it counts for otherwise (0–100), why it changes nothing, if so."""

    label: Promise
    weight: int
    n_judged: int
    n_people: int
    neutral: float | None
    idle: Promise | None

    @property
    def is_idle(self) -> bool:
        """Whether it has a weight that changes nothing."""
        return self.weight > 0 and self.idle is not None


def evidence_of(snapshot: Snapshot) -> dict[str, dict[str, Any]]:
    """What a run's report keeps of each component; the snapshot has its neutral values."""
    neutral = np.full(len(COMPONENTS), np.nan) if snapshot.neutral is None else snapshot.neutral
    pairs = snapshot.admissible
    known = np.isfinite(pairs.components)
    idle = without_effect(pairs.components, neutral)
    return {
        name: {
            "n_judged": len(np.unique(pairs.person[known[:, column]])),
            "neutral": None if np.isnan(neutral[column]) else float(neutral[column]),
            "has_effect": name not in idle,
        }
        for column, name in enumerate(COMPONENTS)
    }


def evidence_lines(
    components: Mapping[str, Mapping[str, Any]], weights: Mapping[str, int], n_people: int
) -> list[EvidenceLine]:
    """All nine components as a page shows them; none for runs that kept no such report."""
    return [
        EvidenceLine(
            label,
            weights.get(name, 0),
            components[name]["n_judged"],
            n_people,
            None if (neutral := components[name]["neutral"]) is None else 100 * neutral,
            _idle(components[name], weights.get(name, 0)),
        )
        for name, label in WEIGHT_LABELS.items()
        if components
    ]


def neutral_of(run: MatchingRun) -> dict[str, float | None] | None:
    """What each component counts for where it was not judged; None for runs that left it out."""
    components = run.report.get("components")
    return components and {name: one["neutral"] for name, one in components.items()}


def _idle(component: Mapping[str, Any], weight: int) -> Promise | None:
    if not weight:
        return NO_WEIGHT
    if component["has_effect"]:
        return None
    return ALL_ALIKE if component["n_judged"] else NOBODY
