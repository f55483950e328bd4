"""How much is known of a scope: of each fact, of each unit, and where ability values come from."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Min

from secondment.algorithms.structure.counting import CrossTable
from secondment.algorithms.structure.dimensions import NOT_STATED
from secondment.people.choices import AbilitySource
from secondment.people.models import AbilityValue
from secondment.workforce.counting import Cell
from secondment.workforce.questions import QUESTIONS, Question
from secondment.workforce.scopes import Scope
from secondment.workforce.words import name_of


@dataclass(frozen=True)
class Known:
    """Of one fact: how many have a value, and the share."""

    key: str
    label: str
    n_known: int
    n_people: int
    url: str

    @property
    def n_missing(self) -> int:
        """Of how many it is not known."""
        return self.n_people - self.n_known

    @property
    def share(self) -> float | None:
        """None of nobody."""
        return self.n_known / self.n_people if self.n_people else None


def known_facts(scope: Scope) -> list[tuple[Question, list[Known]]]:
    """Each structure with the facts it rests on, and how many people have them."""
    return [(one, [_known(scope, key) for key in one.dimensions]) for one in QUESTIONS]


def _known(scope: Scope, key: str) -> Known:
    counted = scope.counted.distribution(key)
    url = scope.url("people", cells=str(Cell(key, NOT_STATED))) if counted.n_not_stated else ""
    return Known(key, name_of(counted.dimension), counted.n_stated, scope.counted.n_people, url)


@dataclass(frozen=True)
class UnitKnown:
    """Of one unit: the share of people with a value, of each structure's first fact."""

    name: str
    pk: int
    n_people: int
    titled: Sequence[tuple[object, float]]


def known_by_unit(scope: Scope) -> list[UnitKnown]:
    """The parts of the unit asked about, with how much is known of each; one query a structure."""
    tables = [scope.counted.crossed(["unit", one.dimensions[0]]) for one in QUESTIONS]
    people = scope.counted.crossed(["unit"])
    rows = []
    for at, bucket in enumerate(people.dimensions[0].buckets):
        n = int(people.counts[at])
        if n:
            titled = [
                (one.title, _share_known(table, at, n)) for one, table in zip(QUESTIONS, tables, strict=True)
            ]
            rows.append(UnitKnown(name_of(bucket), int(bucket.key.removeprefix("unit_")), n, titled))
    return rows


def _share_known(table: CrossTable, at: int, n: int) -> float:
    """Whoever is under “not stated” is not known; of tags a person may stand in several places, there not."""
    return 1 - int(table.counts[at, -1]) / n


@dataclass(frozen=True)
class SourceCount:
    """Values of abilities from one source: how many, of how many people, from when to when."""

    source: str
    n_values: int
    n_people: int
    first: dt.date
    last: dt.date


def ability_sources(scope: Scope) -> list[SourceCount]:
    """Where the ability values of the people come from, and how old they are."""
    rows = AbilityValue.objects.filter(person__in=scope.people.values("pk"), as_of__lte=scope.on)
    counted = (
        rows.order_by()
        .values_list("source")
        .annotate(Count("pk"), Count("person", distinct=True), Min("as_of"), Max("as_of"))
    )
    labels = dict(AbilitySource.choices)
    found = {source: SourceCount(str(labels[source]), *figures) for source, *figures in counted}
    return [found[source] for source in AbilitySource.values if source in found]
