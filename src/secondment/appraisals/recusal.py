"""Who must not judge: the candidate and the candidate's family, as far as files know them by name.

Lists of raters hold names only, so a name is what is compared; that somebody is another person of the same name is for the
department in charge to check and to say. Who may not read the family of the candidate is not told that there is one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from secondment.accounts.models import User
from secondment.appraisals.models import Candidate
from secondment.files.faults import Fault, gettext_noop, in_chinese
from secondment.files.names import clean_name
from secondment.people.choices import Kinship
from secondment.people.models import FamilyMember, Person
from secondment.people.rules import sections_of
from secondment.people.sections import Section

NAMESAKE = gettext_noop("请换人；如系同名的另一人，由主办组织部门核实后加入")


@dataclass(frozen=True)
class Barred:
    """A name that must not judge a candidate."""

    candidate: Candidate
    is_self: bool

    def fault(self, name: str, user: User) -> Fault:
        """Why, as far as the reader may know, and what to do."""
        person = self.candidate.placement.person
        if self.is_self:
            found = gettext_noop("“{name}”是测评对象，不能给自己投票")
            return in_chinese(found, NAMESAKE, name=name)
        if Section.FAMILY in sections_of(user, person):
            found = gettext_noop("“{name}”与测评对象{person}有亲属关系（见其家庭成员），须回避")
            return in_chinese(found, NAMESAKE, name=name, person=person.name)
        found = gettext_noop("“{name}”按规定不参加本次测评")
        return in_chinese(found, NAMESAKE, name=name)


BarredNames = Mapping[str, Sequence[Barred]]
"""Name in its one spelling → whom it must not judge."""


def barred_names(candidates: Collection[Candidate]) -> BarredNames:
    """Everybody who must not judge one of these; three queries for any number."""
    of_person: dict[int, list[Candidate]] = defaultdict(list)
    found: dict[str, list[Barred]] = defaultdict(list)
    for one in candidates:
        of_person[one.placement.person_id].append(one)
        found[spelt(one.placement.person.name)].append(Barred(one, is_self=True))
    for person, name in _kin(list(of_person)):
        for one in of_person[person]:
            known = found[name]
            if name and not any(other.candidate.pk == one.pk for other in known):
                known.append(Barred(one, is_self=False))
    return found


def spelt(name: str) -> str:
    """The spelling by which names are compared."""
    return clean_name(name).casefold()


def _kin(people: list[int]) -> Iterator[tuple[int, str]]:
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
