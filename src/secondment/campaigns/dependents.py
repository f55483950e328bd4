"""What in undecided campaigns depends on a person or a unit."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.campaigns.models import CampaignPost
from secondment.campaigns.queries import undecided_nominations
from secondment.campaigns.states import UNDECIDED
from secondment.common.dependents import Dependent, hangs_on
from secondment.people.models import Person
from secondment.units.models import Unit


@hangs_on(Person)
def nominations_of(person: Person, _on: dt.date) -> Iterator[Dependent]:
    """The person's nominations that wait for a decision."""
    rows = undecided_nominations().filter(person=person).select_related("campaign").order_by("pk")
    for one in rows:
        facts = {"campaign": one.campaign.name, "state": one.campaign.get_state_display()}
        url = reverse("campaigns:nomination_detail", args=[one.pk])
        yield Dependent(_("“%(campaign)s”推荐人选（%(state)s）") % facts, url)


@hangs_on(Unit)
def nominees_of(unit: Unit, _on: dt.date) -> Iterator[Dependent]:
    """How many the unit has nominated, by campaign."""
    rows = undecided_nominations().filter(home_unit=unit).order_by("campaign")
    for name, n in rows.values_list("campaign__name").annotate(n=Count("pk")):
        yield Dependent(_("“%(campaign)s”中推荐的 %(n)d 人") % {"campaign": name, "n": n})


@hangs_on(Unit)
def offers_of(unit: Unit, _on: dt.date) -> Iterator[Dependent]:
    """How many posts of the unit are offered, by campaign."""
    rows = CampaignPost.objects.filter(post__host_unit=unit, campaign__state__in=UNDECIDED)
    for name, n in rows.order_by("campaign").values_list("campaign__name").annotate(n=Count("pk")):
        yield Dependent(_("“%(campaign)s”中的 %(n)d 个岗位") % {"campaign": name, "n": n})
