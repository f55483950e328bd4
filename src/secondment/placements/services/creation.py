"""Turn a decision into placements."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.campaigns.holding import ONE_PLACEMENT, lapses_of_places
from secondment.campaigns.lapses import refuse_lapsed
from secondment.campaigns.models import Campaign
from secondment.campaigns.rules import may_manage
from secondment.common.errors import require
from secondment.common.sentences import listed
from secondment.people.models import Person
from secondment.placements.models import Placement
from secondment.placements.queries import overlapping
from secondment.placements.services.errors import OverlapError
from secondment.placements.services.overlaps import refuse_borrowed
from secondment.posts.models import Post
from secondment.units.models import Unit

MOST_NAMES = 5


@dataclass(frozen=True)
class NewPlacement:
    """Who goes where; the term is the campaign's."""

    person: Person
    post: Post
    home_unit: Unit
    purpose: str = ""


@transaction.atomic
def create_placements(
    campaign: Campaign, rows: Sequence[NewPlacement], *, decision_number: str, by: User, at: dt.datetime
) -> list[Placement]:
    """One placement for each decided pair, all or none; refuses people who would be in two places at the same time."""
    require(may_manage(by, campaign), _("只有主办组织部门可以办理派任。"))
    person_ids, posts = [row.person.pk for row in rows], [row.post for row in rows]
    # two campaigns that decide on the same person or post at the same time wait for each other here
    list(Person.objects.select_for_update().filter(pk__in=person_ids).order_by("pk").values_list("pk"))
    list(
        Post.objects.select_for_update()
        .filter(pk__in=[one.pk for one in posts])
        .order_by("pk")
        .values_list("pk")
    )
    _refuse_overlaps(campaign, person_ids)
    refuse_borrowed(person_ids, campaign.starts_on)
    refuse_lapsed(lapses_of_places(campaign, posts, (campaign.starts_on, campaign.ends_on)))
    placements = Placement.objects.bulk_create(
        [
            Placement(
                campaign=campaign,
                programme_version=campaign.programme_version,
                owner_unit=campaign.owner_unit,
                person=row.person,
                post=row.post,
                home_unit=row.home_unit,
                host_unit=row.post.host_unit,
                starts_on=campaign.starts_on,
                ends_on=campaign.ends_on,
                decision_number=decision_number,
                purpose=row.purpose,
            )
            for row in rows
        ],
        batch_size=500,
    )
    record(
        "campaign.create_placements",
        campaign,
        by=by,
        at=at,
        details={"n": len(placements), "decision_number": decision_number},
    )
    return placements


def _refuse_overlaps(campaign: Campaign, person_ids: Sequence[int]) -> None:
    found = overlapping(person_ids, campaign.starts_on, campaign.ends_on).select_related("person", "post")
    clashes = [
        _("%(person)s（%(post)s，%(first)s至%(last)s）")
        % {"person": one.person.name, "post": one.post.title, "first": one.starts_on, "last": one.last_day}
        for one in found[: MOST_NAMES + 1]
    ]
    if len(clashes) > MOST_NAMES:
        clashes[MOST_NAMES:] = [_("等")]
    if clashes:
        raise OverlapError(
            _("以下人员在本批次挂职期间已有其他挂职：%(names)s。请改派人选，或先办结原挂职。")
            % {"names": listed(clashes)},
            basis=ONE_PLACEMENT,
        )
