"""What the first run asks of the room of programmes, which is above this one and registers at start."""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Protocol


class Loader(Protocol):
    """Creates preset programmes."""

    def __call__(self, codes: Collection[str] | None, *, by: None, on: dt.date, at: dt.datetime) -> int:
        """Those of these codes; all without any."""


@dataclass(frozen=True)
class Presets:
    """The programmes that an installation can begin with."""

    choices: Callable[[], list[tuple[str, str]]]
    load: Loader


_registered: list[Presets] = []


def register_presets(presets: Presets) -> None:
    """Let the first run offer these programmes."""
    _registered.append(presets)


def presets() -> Presets:
    """What was registered."""
    return _registered[0]
