"""What a programme sets for democratic appraisals: its rule H23."""

from collections.abc import Iterable, Mapping
from typing import Any

from secondment.campaigns.parameter_readers import OfProgramme, ParameterReader

appraisal_rule: ParameterReader[Mapping[str, Any]] = ParameterReader("rules.H23")


def is_held(subject: OfProgramme) -> bool:
    """Whether the programme holds democratic appraisals at all."""
    return bool(appraisal_rule(subject)["mode"] != "off")


def figure(subject: OfProgramme, name: str) -> int:
    """One of its figures."""
    value: int = appraisal_rule(subject)["values"][name]
    return value


def strictest(subjects: Iterable[OfProgramme], name: str) -> int:
    """The highest figure among several programmes that share a ballot paper."""
    return max((figure(one, name) for one in subjects), default=0)


def raters_wanted(subjects: Iterable[OfProgramme], group: str) -> int | None:
    """How many of a group vote: the most that any of the programmes asks for, or everybody on the list where one says so."""
    wanted = [figure(one, group) for one in subjects]
    return None if not wanted or 0 in wanted else max(wanted)
