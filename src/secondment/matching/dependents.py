"""Chosen plans that depend on a person."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _

from secondment.campaigns.states import UNDECIDED
from secondment.common.dependents import Dependent, hangs_on
from secondment.matching.models import ProposalPair
from secondment.people.models import Person


@hangs_on(Person)
def plans_of(person: Person, _on: dt.date) -> Iterator[Dependent]:
    """Plans on their way to a decision that give the person a post."""
    rows = ProposalPair.objects.filter(
        nomination__person=person, proposal__is_chosen=True, proposal__run__campaign__state__in=UNDECIDED
    )
    for one in rows.select_related("proposal__run__campaign", "campaign_post__post__host_unit").order_by(
        "pk"
    ):
        facts = {"campaign": one.proposal.run.campaign.name, "post": one.campaign_post}
        yield Dependent(_("“%(campaign)s”所采用方案：%(post)s") % facts)
