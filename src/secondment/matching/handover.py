"""Locked and forbidden pairs: they name who set them for ever, and are kept or lifted by whoever owns the campaign."""

import datetime as dt
from collections.abc import Iterator
from functools import partial

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.accounts.handover import Item, register_held
from secondment.accounts.models import User
from secondment.campaigns.models import Campaign
from secondment.campaigns.rules import may_manage
from secondment.matching.models import Lock


@register_held
def locks_held(account: User, _at: dt.datetime) -> Iterator[Item]:
    """One line a campaign; people and posts are for those who open it."""
    counted = Lock.objects.filter(by=account).order_by("campaign").values("campaign").annotate(n=Count("pk"))
    numbers = {row["campaign"]: row["n"] for row in counted}
    for campaign in Campaign.objects.filter(pk__in=numbers).select_related("owner_unit"):
        yield Item(
            kind=gettext_lazy("锁定与排除"),
            text=_("%(campaign)s，%(n)s 对") % {"campaign": campaign.name, "n": numbers[campaign.pk]},
            path=reverse("matching:campaign_detail", args=[campaign.pk]),
            may_take=partial(_may_take, campaign),
        )


def _may_take(campaign: Campaign, successor: User) -> bool:
    return may_manage(successor, campaign)
