"""Integrity flags beside the people and units of a table: for a human to look at, each with its effect; no flag changes a figure."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from secondment.accounts.models import User
from secondment.assessments.models import CommitteeTable
from secondment.measurement.flag_words import FLAGS
from secondment.measurement.queries import visible_to
from secondment.measurement.reading import flags_of


@dataclass(frozen=True)
class Flag:
    """One sign: whom it is about, by how much, what an innocent explanation would be, and where it is worked out."""

    title: str
    subject: str
    effect: str
    innocent: str
    path: str


@dataclass(frozen=True)
class Flagged:
    """Flags of people by evaluation, and of host units by unit."""

    people: Mapping[int, list[Flag]] = field(default_factory=dict)
    units: Mapping[int, list[Flag]] = field(default_factory=dict)


def flags_beside(user: User, table: CommitteeTable, evaluations: Mapping[int, Any]) -> Flagged:
    """Flags of the runs that the table stands on, of its own people and their host units; one query."""
    names = {
        person["votes"]["candidate"]: int(key)
        for key, person in table.inputs["people"].items()
        if person["votes"] and int(key) in evaluations
    }
    hosts = {one.placement.host_unit_id: one.placement.host_unit.name for one in evaluations.values()}
    people: defaultdict[int, list[Flag]] = defaultdict(list)
    units: defaultdict[int, list[Flag]] = defaultdict(list)
    keys = [key for key in table.inputs["runs"].values() if key]
    for run in visible_to(user).filter(pk__in=keys) if keys else ():
        path = reverse("measurement:run_detail", args=[run.pk])
        for one in flags_of(run):
            if one.get("candidate") in names:
                key = names[one["candidate"]]
                people[key].append(_flag(one, evaluations[key].person.name, path))
            elif one.get("unit") in hosts:
                units[one["unit"]].append(_flag(one, hosts[one["unit"]], path))
    return Flagged(dict(people), dict(units))


def _flag(one: Mapping[str, Any], subject: str, path: str) -> Flag:
    words = FLAGS[one["kind"]]
    return Flag(
        str(words.title), subject, str(words.effect) % {"x": one["effect"]}, str(words.innocent), path
    )
