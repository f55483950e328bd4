"""What counties set differently, as readers of parameters ask for it: kept in memory, since every placement asks."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from secondment.campaigns.models import ProgrammeVariant
from secondment.common.remembered import FORGETTING


@dataclass(frozen=True)
class OwnSetting:
    """A parameter as a county has it."""

    value: Any
    basis: str
    since: str
    unit: str
    unit_path: str


Known = Mapping[int, Mapping[str, list[OwnSetting]]]
"""Programme → parameter → settings in force, one a county."""


class _InForce:
    """What this process knows; None until somebody asks."""

    known: Known | None = None


def look_again() -> None:
    """Forget what was read; the next question reads it again."""
    _InForce.known = None


def know_of_none() -> None:
    """As in an installation in which no county has published anything; asks no database."""
    _InForce.known = {}


FORGETTING.append(look_again)


def own_setting(subject: Any, path: str) -> OwnSetting | None:
    """What the county of the subject's host unit has set, the nearest first; None where the programme's own value counts.

    Only what is sent to a host unit has a county: a campaign follows the programme alone.
    """
    found = _known().get(subject.programme_version.programme_id, {}).get(path)
    if not found or not hasattr(subject, "host_unit"):
        return None
    above = [one for one in found if subject.host_unit.path.startswith(one.unit_path)]
    return max(above, key=lambda one: len(one.unit_path), default=None)


def _known() -> Known:
    if _InForce.known is None:
        _InForce.known = _read()
    return _InForce.known


def _read() -> Known:
    found: dict[int, dict[str, list[OwnSetting]]] = defaultdict(lambda: defaultdict(list))
    for one in ProgrammeVariant.objects.filter(is_in_force=True).select_related("unit"):
        for path, own in one.own.items():
            setting = OwnSetting(own["value"], own["basis"], own["since"], one.unit.name, one.unit.path)
            found[one.programme_id][path].append(setting)
    return found
