"""Two persons side by side for the organisation department: every fact, and how many rows hang on either."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from secondment.people.details import basic_groups
from secondment.people.models import Person
from secondment.people.sections import EVERYTHING
from secondment.people.services.merging import links


@dataclass(frozen=True)
class ComparedRow:
    """One line of the comparison."""

    label: str
    first: object
    second: object

    @property
    def differs(self) -> bool:
        """Whether the two say something different here."""
        return self.first != self.second


def comparison_of(first: Person, second: Person) -> Sequence[ComparedRow]:
    """Facts, then the numbers of rows that point at each; lines that are empty on both sides are left out."""
    facts = [_facts(person) for person in (first, second)]
    rows = [ComparedRow(label, *(one.get(label) for one in facts)) for label in _labels(facts)]
    rows += [
        ComparedRow(
            _("%(kind)s（条数）") % {"kind": link.name},
            *(link.rows(person).count() for person in (first, second)),
        )
        for link in links()
        if link.field == "person"
    ]
    return [one for one in rows if one.first or one.second]


def _facts(person: Person) -> dict[str, object]:
    """Facts by their labels; a label that comes twice counts on."""
    found: dict[str, object] = {}
    for group in basic_groups(person, EVERYTHING):
        for fact in group.facts:
            label = str(fact.label)
            found[label if label not in found else f"{group.title} {label}"] = fact.value
    return found


def _labels(facts: Iterable[dict[str, object]]) -> list[str]:
    return list(dict.fromkeys(label for one in facts for label in one))
