"""The scale of a review: the levels and anchors of the signed standard, so that before and after are on one scale."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from secondment.campaigns.models import Nomination
from secondment.standards.models import Indicator, StandardVersion
from secondment.standards.queries import standard_for

NAMES = (_("较差"), _("一般"), _("较好"), _("好"))
SCORES = (40, 60, 80, 100)


@dataclass(frozen=True)
class Scale:
    """Levels from the lowest to the highest, what each counts, and the anchors of each ability."""

    standard: StandardVersion | None
    names: Sequence[str]
    scores: Sequence[float]
    anchors: Mapping[str, Sequence[str]]

    @property
    def step(self) -> float:
        """The mean distance between neighbouring levels: a mark says no more than which level is nearest."""
        return (self.scores[-1] - self.scores[0]) / (len(self.scores) - 1)

    def level_of(self, words: str) -> int | None:
        """The level of a name or number as clerks write it."""
        text = words.strip()
        if text in self.names:
            return self.names.index(text) + 1
        return int(text) if text.isdecimal() and 1 <= int(text) <= len(self.names) else None


def scale_for(nomination: Nomination) -> Scale:
    """The scale by which the nominee will be assessed."""
    campaign = nomination.campaign
    programme = campaign.programme_version.programme
    return scale_of(standard_for(nomination.person.category, programme, campaign.owner_unit))


def scale_of(version: StandardVersion | None) -> Scale:
    """The scale of a version of a standard; the usual one where there is none or it says nothing of levels."""
    if version is None or len(version.level_scores) < 2:
        return Scale(version, [str(one) for one in NAMES], SCORES, {})
    anchors = {
        one.ability: one.anchors for one in Indicator.objects.filter(version=version).exclude(ability="")
    }
    names = version.level_names or [str(one) for one in range(1, len(version.level_scores) + 1)]
    return Scale(version, names, version.level_scores, anchors)
