"""Who is related to somebody, by name, as far as files know: lists of raters and of deciders hold names only.

Whoever asks says what follows; that somebody is another person of the same name is for people to check.
"""

from collections import defaultdict
from collections.abc import Iterator

from secondment.files.names import clean_name
from secondment.people.choices import Kinship
from secondment.people.models import FamilyMember, Person


def spelt(name: str) -> str:
    """The spelling by which names are compared."""
    return clean_name(name).casefold()


def kin_names(people: list[int]) -> Iterator[tuple[int, str]]:
    """(Person, name of a relative): whom the file names, who names the person, and whom the files of those relatives name."""
    rows = FamilyMember.objects.filter(person__in=people).exclude(name="")
    direct = list(rows.values_list("person", "name", "relative", "kinship"))
    through: dict[int, set[int]] = defaultdict(set)
    for person, name, relative, kinship in direct:
        yield person, spelt(name)
        if relative and kinship != Kinship.OTHER:
            through[relative].add(person)
    naming = FamilyMember.objects.filter(relative__in=people).select_related("person")
    for row in naming:
        if row.relative_id is not None:
            yield row.relative_id, spelt(row.person.name)
            through[row.person_id].add(row.relative_id)
    own = dict(Person.objects.filter(pk__in=people).values_list("pk", "name"))
    nested = FamilyMember.objects.filter(person__in=list(through)).exclude(kinship=Kinship.OTHER)
    for relative, name in nested.values_list("person", "name"):
        for person in through[relative]:
            if spelt(name) != spelt(own[person]):
                yield person, spelt(name)
