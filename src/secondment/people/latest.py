"""Which value of an ability counts: the latest; of one day, assessment before opinion before the person's own."""

from secondment.people.choices import AbilitySource
from secondment.people.models import AbilityValue, Person

BELIEVED = {source: place for place, source in enumerate(reversed(AbilitySource.values))}
"""The higher is believed."""


def latest_abilities(person: Person) -> dict[str, AbilityValue]:
    """Ability → the value that counts; prefetched rows cost no query."""
    rows = sorted(person.abilities.all(), key=lambda row: (row.as_of, BELIEVED[row.source]))
    return {row.ability: row for row in rows}
