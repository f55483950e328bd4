"""Who must not judge: the candidate and the candidate's family, as far as files know them by name.

Lists of raters hold names only, so a name is what is compared; that somebody is another person of the same name is for the
department in charge to check and to say. Who may not read the family of the candidate is not told that there is one.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from secondment.accounts.models import User
from secondment.appraisals.models import Candidate
from secondment.files.faults import Fault, gettext_noop, in_chinese
from secondment.people.kin import kin_names, spelt
from secondment.people.rules import sections_of
from secondment.people.sections import Section

__all__ = ["Barred", "BarredNames", "barred_names", "spelt"]

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
    for person, name in kin_names(list(of_person)):
        for one in of_person[person]:
            known = found[name]
            if name and not any(other.candidate.pk == one.pk for other in known):
                known.append(Barred(one, is_self=False))
    return found
