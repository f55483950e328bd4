"""Bands of points (参考分数段, rule H26): a hint that people decide about, never a grade."""

from dataclasses import dataclass

from secondment.assessments.parameters import band_rule
from secondment.campaigns.parameter_readers import OfProgramme
from secondment.people.choices import Grade


@dataclass(frozen=True)
class Bands:
    """From how many points on each band above the lowest begins."""

    excellent: float
    competent: float
    basic: float

    @property
    def cuts(self) -> tuple[float, float, float]:
        """The limits, ascending."""
        return (self.basic, self.competent, self.excellent)

    def of(self, score: float) -> Grade:
        """The band that a score lies in."""
        if score >= self.excellent:
            return Grade.EXCELLENT
        if score >= self.competent:
            return Grade.COMPETENT
        return Grade.BASICALLY_COMPETENT if score >= self.basic else Grade.INCOMPETENT


def bands_of(subject: OfProgramme) -> Bands:
    """The bands that the programme of a pool or a placement sets."""
    values = band_rule(subject)["values"]
    return Bands(values["excellent_from"], values["competent_from"], values["basic_from"])
