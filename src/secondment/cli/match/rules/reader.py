"""Reads one rule or goal of the rules file: its keys, with every fault named by rule and key."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from secondment.algorithms.arrays import BoolArray, FloatArray, IntArray
from secondment.cli.match.rules.conditions import ConditionError, matching
from secondment.cli.match.rules.facts import Facts, listed
from secondment.files.problems import BadInputError

EVERYWHERE = "all posts"
LARGEST = 1e15


@dataclass(frozen=True, eq=False)
class World:
    """What rules apply to: people, posts with their places, and the admissible pairs (n_arcs,)."""

    people: Facts
    posts: Facts
    places: IntArray
    person: IntArray
    post: IntArray

    @cached_property
    def can_be_placed(self) -> BoolArray:
        """People with an admissible pair."""
        return np.isin(np.arange(len(self.people.names)), self.person)

    @cached_property
    def can_be_filled(self) -> BoolArray:
        """Posts with an admissible pair."""
        return np.isin(np.arange(len(self.posts.names)), self.post)

    def of_people(self, column: str, values: FloatArray) -> FloatArray:
        """The column's value for each person; an empty cell of a person who can be placed is refused."""
        return self.people.without_blanks(column, values, self.can_be_placed)


@dataclass(frozen=True, eq=False)
class Labels:
    """Each row's label as an index into `names`, −1 for none."""

    index: IntArray
    names: tuple[str, ...]

    def for_all(self, n_rows: int) -> "Labels":
        """The same for `n_rows` rows, of which those at the end have no label."""
        return Labels(np.pad(self.index, (0, n_rows - len(self.index)), constant_values=-1), self.names)


class Reader:
    """One entry of the rules file, such as “rule 3”, and the world it applies to."""

    def __init__(self, place: str, given: Mapping[str, object], world: World) -> None:
        self.place, self.given, self.world = place, given, world
        self.notes: list[str] = []

    def fault(self, key: str, found: str, remedy: str) -> BadInputError:
        """The error of one key."""
        return BadInputError.of_file(f"{self.place}, key “{key}”", found, remedy)

    def note(self, key: str, said: str, names: Iterable[str]) -> None:
        """Say what is accepted but may not be meant, with the names; nothing without names."""
        if listed := ", ".join(sorted(names)):
            self.notes.append(f"{self.place}, key “{key}”: {said}: {listed}")

    def check_keys(self, required: Sequence[str], optional: Sequence[str]) -> None:
        """Refuse keys that are missing or unknown."""
        known = (*required, *optional)
        for key in required:
            if key not in self.given:
                raise self.fault(key, "is missing", f"add “{key}”; keys: {', '.join(known)}")
        for key in self.given:
            if key not in known:
                raise self.fault(key, "is unknown", f"correct or delete it; keys: {', '.join(known)}")

    def has(self, key: str) -> bool:
        """Whether the key is given."""
        return key in self.given

    def text(self, key: str, otherwise: str = "") -> str:
        """A text that is not empty."""
        value = self.given.get(key, otherwise)
        if not isinstance(value, str) or (key in self.given and not value):
            raise self.fault(key, f"is {value!r}", "write a text in quotes")
        return value

    def number(self, key: str, otherwise: float, *, most: float = np.inf, integer: bool = False) -> float:
        """A number from 0 to `most`."""
        return self._number(key, self.given.get(key, otherwise), most=most, integer=integer)

    def column(self, key: str, facts: Facts) -> str:
        """The column of the facts that the key names."""
        name = self.text(key)
        self._check_column(key, name, facts)
        return name

    def labels(self, key: str, facts: Facts) -> Labels:
        """The column's value for each; an omitted key puts all under one label."""
        if key not in self.given:
            return Labels(np.zeros(len(facts.names), dtype=np.int64), (EVERYWHERE,))
        texts = facts.texts(self.column(key, facts))
        names = tuple(sorted({text for text in texts if text}))
        if not names:
            raise self.fault(key, f"column “{self.given[key]}” is empty", "fill it, or name another column")
        number = {name: index for index, name in enumerate(names)}
        return Labels(np.array([number.get(text, -1) for text in texts], dtype=np.int64), names)

    def mask(self, key: str, facts: Facts) -> BoolArray:
        """Who meets the condition under the key; a key left out holds for all."""
        conditions = self.given.get(key, {})
        if not isinstance(conditions, dict):
            raise self.fault(key, f"is {conditions!r}", 'write {"column": "value", …}')
        holds = np.ones(len(facts.names), dtype=np.bool_)
        for column, wanted in conditions.items():
            self._check_column(key, column, facts)
            try:
                holds &= matching(facts, column, wanted)
            except ConditionError as error:
                raise self.fault(key, error.found, error.remedy) from error
        return holds

    def per_label(
        self, key: str, labels: Labels, otherwise: float, *, most: float = np.inf, integer: bool = False
    ) -> FloatArray:
        """One number for all labels, or {label: number, …}; labels left out get `otherwise`.

        Upper limits may name labels that do not occur, as permanent lists do; a lower limit there could not be satisfied.
        """
        value = self.given.get(key, otherwise)
        numbers = np.full(len(labels.names), float(otherwise))
        if not isinstance(value, dict):
            numbers[:] = (
                self._number(key, value, most=most, integer=integer) if key in self.given else otherwise
            )
            return numbers
        for name, one in value.items():
            number = self._number(key, one, most=most, integer=integer)
            if name in labels.names:
                numbers[labels.names.index(name)] = number
            elif key != "most":
                raise self.fault(
                    key, f"“{name}” does not occur", f"correct it; found: {listed(labels.names)}"
                )
        self.note(key, "named but not found, so without effect", value.keys() - set(labels.names))
        return numbers

    def index(self, key: str, facts: Facts) -> int:
        """The person or post that the key names."""
        return self.index_of(key, self.text(key), facts)

    def index_of(self, key: str, name: str, facts: Facts) -> int:
        """The index of a person or post by name."""
        if name not in facts.known_as:
            raise self.fault(
                key, f"“{name}” is not a {facts.noun} with an admissible pair", "correct the name"
            )
        return facts.known_as[name]

    def note_unplaced(self, key: str, people: Iterable[int]) -> None:
        """Say who of those named has no admissible pair."""
        alone = {one for one in people if not self.world.can_be_placed[one]}
        names = [self.world.people.names[one] for one in alone]
        self.note(key, "without an admissible pair, so placed nowhere", names)

    def _check_column(self, key: str, name: str, facts: Facts) -> None:
        if name not in facts.columns:
            known = ", ".join(facts.columns) or f"none; give {facts.file}"
            raise self.fault(key, f"{facts.file} has no column “{name}”", f"columns: {known}")

    def _number(self, key: str, value: object, *, most: float, integer: bool) -> float:
        fits = (
            isinstance(value, int | float)
            and not isinstance(value, bool)
            and 0 <= value <= min(most, LARGEST)
        )
        if not fits or (integer and value != round(float(str(value)))):
            kind = "a whole number" if integer else "a number"
            limit = f"from 0 to {most:g}" if np.isfinite(most) else "of at least 0"
            raise self.fault(key, f"is {value!r}", f"write {kind} {limit}")
        return float(str(value))
