"""挂职干部简介: one page about a secondee for the first meeting and the notice board, from what is here already.

Nothing of it is sensitive: no birthday, identity, health, family, grades or telephone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.common.components import Fact
from secondment.people.rules import sections_of
from secondment.people.sections import Section
from secondment.placements.models import Placement
from secondment.task_books.choices import BookState
from secondment.task_books.models import Task
from secondment.units.official_names import place_and_title


@dataclass(frozen=True)
class Profile:
    """What the page says."""

    placement: Placement
    has_photo: bool
    facts: Sequence[Fact]
    tasks: Sequence[str]


def profiles_of(user: User, placements: Sequence[Placement]) -> list[Profile]:
    """The pages of these people; photo and strengths only for readers of the person's file."""
    tasks: dict[int, list[str]] = {}
    rows = Task.objects.filter(book__placement__in=placements, book__state=BookState.IN_FORCE)
    for key, name in rows.values_list("book__placement", "name"):
        tasks.setdefault(key, []).append(name)
    return [_profile(user, one, tasks.get(one.pk, [])) for one in placements]


def _profile(user: User, placement: Placement, tasks: list[str]) -> Profile:
    person, post = placement.person, placement.post
    sections = sections_of(user, person)
    facts = [
        Fact(_("性别"), person.get_sex_display()),
        Fact(_("派出单位及职务"), place_and_title(placement.home_unit, person.post_title)),
        Fact(_("挂任职务"), place_and_title(placement.host_unit, post.title)),
        Fact(
            _("挂职期限"),
            _("%(first)s至%(last)s") % {"first": placement.starts_on, "last": placement.last_day},
        ),
        Fact(_("专业特长"), person.specialty_text if Section.FILE in sections else ""),
        Fact(_("联系领导"), placement.contact_leader or post.contact_leader),
        Fact(_("分工"), placement.duties or post.duties, is_wide=True),
    ]
    has_photo = person.photo_id is not None and Section.PHOTO in sections
    return Profile(placement, has_photo, facts, tasks)
