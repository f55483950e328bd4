"""Who must not decide about somebody: the person, and the person's family, as far as files know them by name."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.assessments.services.errors import RecusalError
from secondment.common.sentences import joined_sentences
from secondment.files.names import names_in
from secondment.people.kin import kin_names, spelt
from secondment.people.models import Person
from secondment.people.rules import sections_of
from secondment.people.sections import Section


def require_apart(deciders: str, people: Iterable[Person], *, by: User, is_namesake: bool) -> None:
    """No decider is one of these people or related to them; `is_namesake`: somebody has checked that it is another person.

    Who may not read the family of somebody is not told that there is one.
    """
    if is_namesake:
        return
    known = {one.pk: one for one in people}
    kin: dict[int, set[str]] = defaultdict(set)
    for key, relative in kin_names(list(known)):
        kin[key].add(relative)
    for name in names_in(deciders):
        for person in known.values():
            if spelt(name) == spelt(person.name):
                found = _("参加决定的%(name)s与被考核人同名，本人不参加对自己的决定")
            elif spelt(name) not in kin[person.pk]:
                continue
            elif Section.FAMILY in sections_of(by, person):
                found = _("参加决定的%(name)s与%(person)s有亲属关系（见其家庭成员），应当回避")
            else:
                found = _("参加决定的%(name)s按规定不参加对%(person)s的决定")
            way_out = _("请把%(person)s另行登记一次决定，由其他人员决定；系同名的另一人的，勾选“已核实”。")
            words = joined_sentences([found, way_out])
            raise RecusalError(words % {"name": name, "person": person.name}, field="deciders")
