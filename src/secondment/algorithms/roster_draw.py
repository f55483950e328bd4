"""Draw of raters (参评人员抽取): one uniformly random order of each list, from a seed that was published after the lists.

The first of the order vote; whoever falls out is followed by the next of the same order, so that no second draw is ever
needed. The standard library only: anyone can repeat it (`docs/algorithms/draw.md`).
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from secondment.algorithms.draw import Chance

FORMAT = "secondment-roster/1"


@dataclass(frozen=True, order=True)
class Rater:
    """Somebody on a list: name and duty together are unique on it."""

    name: str
    duty: str


@dataclass(frozen=True)
class Frame:
    """A list as it is locked: how many of it vote (None: everybody), and who is on it, in any order."""

    paper: str
    wanted: int | None
    raters: Sequence[Rater]

    @property
    def n_drawn(self) -> int:
        """How many vote."""
        size = len(self.raters)
        return size if self.wanted is None else min(self.wanted, size)

    @property
    def is_drawn(self) -> bool:
        """Whether chance decides anything."""
        return self.n_drawn < len(self.raters)


def digest_of(frames: Iterable[Frame]) -> str:
    """SHA-256, hex, over all lists with their numbers; the order of lists and people does not matter."""
    text = "".join(_line(frame) for frame in sorted(frames, key=lambda one: one.paper))
    return hashlib.sha256(text.encode()).hexdigest()


def chance_of(digest: str, paper: str, seed: str) -> str:
    """The text from which the order of one list follows."""
    return f"{FORMAT}|{digest}|{paper}|{seed}"


def drawn_order(frame: Frame, digest: str, seed: str) -> list[Rater]:
    """Everybody on the list in the order of the draw."""
    people = sorted(frame.raters)
    return [people[at] for at in Chance(chance_of(digest, frame.paper, seed)).order(len(people))]


def protocol_of(frames: Iterable[Frame], seed: str) -> dict[str, Any]:
    """Everything that is needed to repeat the draw, and its outcome."""
    every = sorted(frames, key=lambda one: one.paper)
    digest = digest_of(every)
    return {
        "format": FORMAT,
        "digest": digest,
        "seed": seed,
        "papers": [
            {
                "paper": frame.paper,
                "wanted": frame.wanted,
                "people": [[one.name, one.duty] for one in sorted(frame.raters)],
                "order": [[one.name, one.duty] for one in drawn_order(frame, digest, seed)],
                "n_drawn": frame.n_drawn,
            }
            for frame in every
        ],
    }


def _line(frame: Frame) -> str:
    people = [[one.name, one.duty] for one in sorted(frame.raters)]
    return json.dumps([frame.paper, frame.wanted, people], ensure_ascii=False) + "\n"
