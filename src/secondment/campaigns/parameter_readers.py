"""Which code reads which parameter of a programme: one without a reader is shown as 尚未启用."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import getitem
from typing import Any, Generic, Protocol, TypeVar

from secondment.campaigns.eligibility_rules.rule import Rule
from secondment.campaigns.models import ProgrammeVersion
from secondment.campaigns.parameters import OPENABLE, ProgrammeParameters
from secondment.campaigns.parameters_json import to_json
from secondment.campaigns.variants import OwnSetting, own_setting

Read = TypeVar("Read")
_READ: set[str] = set()


class OfProgramme(Protocol):
    """A campaign or a placement: whatever keeps a version of a programme."""

    @property
    def programme_version(self) -> ProgrammeVersion: ...


class ParameterReader(Generic[Read]):
    """Access to one parameter: code that reads it declares a reader, and so it counts as in use.

    Rooms above declare theirs in a `parameters.py` that their `apps.py` imports at start. A version that
    does not name the parameter has its usual value, or `otherwise`.
    """

    def __init__(self, path: str, *, otherwise: Read | None = None) -> None:
        usual: Read = _at(to_json(ProgrammeParameters()), path)
        self._path = path
        self._otherwise = usual if otherwise is None else otherwise
        _READ.add(path)

    def __call__(self, subject: OfProgramme) -> Read:
        """The parameter as the county of the subject's host unit has it, else in the version that the subject keeps."""
        own = self.own(subject)
        if own is not None:
            value: Read = own.value
            return value
        try:
            found: Read = _at(subject.programme_version.parameters, self._path)
        except KeyError:
            return self._otherwise
        return found

    def own(self, subject: OfProgramme) -> OwnSetting | None:
        """What a county has set instead of the programme, with its basis, as long as the programme leaves it open."""
        if self._path not in OPENABLE:
            return None
        found = own_setting(subject, self._path)
        return found if found is not None and is_open(subject.programme_version, self._path) else None


@dataclass(frozen=True)
class _OfVersion:
    """A version itself, as a reader asks for it."""

    programme_version: ProgrammeVersion


def is_open(version: ProgrammeVersion, path: str) -> bool:
    """Whether this version of the programme leaves the parameter to counties."""
    return path in open_to_counties(_OfVersion(version))


def is_read(path: str) -> bool:
    """Whether the parameter, or a group it belongs to, has a reader."""
    parts = path.split(".")
    return any(".".join(parts[:n]) in _READ for n in range(1, len(parts) + 1))


def is_rule_in_use(rule: Rule) -> bool:
    """Whether the rule is checked, built in, or read by the room that carries it out."""
    return rule.check is not None or rule.is_fixed or is_read(f"rules.{rule.code}")


def _at(data: Mapping[str, Any], path: str) -> Any:
    return reduce(getitem, path.split("."), data)


directions: ParameterReader[list[str]] = ParameterReader("directions", otherwise=[])
most_preferences: ParameterReader[int] = ParameterReader("most_preferences")
weights: ParameterReader[Mapping[str, int]] = ParameterReader("weights")
open_to_counties: ParameterReader[list[str]] = ParameterReader("open_to_counties")
