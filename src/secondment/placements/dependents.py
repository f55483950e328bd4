"""Placements that depend on a person or a unit, and what must be done about them."""

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from secondment.common.dependents import Dependent, follows, hangs_on
from secondment.people.choices import PersonState
from secondment.people.models import Person
from secondment.placements.queries import active, overlapping
from secondment.placements.services.notifying import owe_decision, owe_no_decision
from secondment.units.models import Unit


@hangs_on(Person)
def placements_of(person: Person, _on: dt.date) -> Iterator[Dependent]:
    """Where the person is, or is about to be."""
    for one in active().filter(person=person).select_related("post__host_unit").order_by("pk"):
        facts = {
            "post": one.post,
            "first": one.starts_on,
            "last": one.last_day,
            "state": one.get_state_display(),
        }
        url = reverse("placements:placement_detail", args=[one.pk])
        yield Dependent(_("挂职：%(post)s（%(first)s至%(last)s，%(state)s）") % facts, url)


def two_places_at_once(kept: Person, merged: Person) -> Iterator[str]:
    """Terms of two persons that overlap: no one is in two places, so they are different people, or one term is a mistake."""
    for one in active().filter(person=merged).select_related("post__host_unit").order_by("pk"):
        for other in overlapping([kept.pk], one.starts_on, one.ends_on).select_related("post__host_unit"):
            terms = [
                _("%(post)s（%(first)s至%(last)s）")
                % {"post": row.post, "first": row.starts_on, "last": row.last_day}
                for row in (other, one)
            ]
            yield _("同一时间的两个挂职：%(one)s、%(other)s") % {"one": terms[0], "other": terms[1]}


@follows(Person)
def decide_about_placements(person: Person, on: dt.date) -> None:
    """A secondee who retires, leaves or dies in post is an obligation until the placement is dealt with."""
    act = owe_no_decision if person.state == PersonState.ACTIVE else owe_decision
    rows = active().filter(person=person).select_related("person", "host_unit", "post", "owner_unit")
    with override(settings.LANGUAGE_CODE):
        for one in rows:
            act(one, on=on)


@hangs_on(Unit)
def people_of(unit: Unit, _on: dt.date) -> Iterator[Dependent]:
    """How many people the unit has sent, and how many it has received."""
    if n := active().filter(home_unit=unit).count():
        yield Dependent(_("派出在外的挂职干部 %(n)d 人") % {"n": n})
    if n := active().filter(host_unit=unit).count():
        yield Dependent(_("接收的挂职干部 %(n)d 人") % {"n": n})
