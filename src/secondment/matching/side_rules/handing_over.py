"""Handing a post over: who leaves which post, when the successor can be there, and whether the days allow an overlap."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from secondment.campaigns.holding import n_occupants
from secondment.campaigns.models import Campaign, CampaignPost
from secondment.common.sentences import listed
from secondment.matching.errors import SideRuleError
from secondment.people.whereabouts import whereabouts

WHOLE = 100
MOST_NAMED = 5


@dataclass(frozen=True)
class Handover:
    """A post of the campaign that somebody leaves; `leaves_on` is the first day without the predecessor."""

    offered: CampaignPost
    predecessor: str
    leaves_on: dt.date

    @property
    def last_day(self) -> dt.date:
        """The predecessor's last day."""
        return self.leaves_on - dt.timedelta(days=1)

    def days_from(self, starts_on: dt.date) -> int:
        """Days both are there when the successor comes on this day; 0 when the predecessor has left by then."""
        return max(0, (self.leaves_on - starts_on).days)


def handovers(campaign: Campaign, offered: Iterable[CampaignPost]) -> dict[int, Handover]:
    """Campaign post id → the predecessor who makes room for the campaign; of several the one who leaves first.

    `offered` come with post and host unit. Whoever stays beyond the campaign's days of handover keeps the place and hands
    over nothing.
    """
    posts = {one.post_id: one for one in offered}
    makes_room = campaign.starts_on + dt.timedelta(days=campaign.handover_days)
    rows = whereabouts().active().filter(post__in=posts, ends_on__lte=makes_room).exclude(campaign=campaign)
    found: dict[int, Handover] = {}
    for one in rows.select_related("person").order_by("-ends_on", "-pk"):
        post = posts[one.post_id]
        found[post.pk] = Handover(post, one.person.name, one.ends_on)
    return found


def arrivals(campaign: Campaign, person_ids: Collection[int]) -> Mapping[int, dt.date]:
    """Person id → the day after another secondment of theirs, for those who cannot come when the campaign starts."""
    rows = (
        whereabouts()
        .active()
        .filter(person__in=person_ids, starts_on__lt=campaign.ends_on, ends_on__gt=campaign.starts_on)
    )
    in_order = rows.exclude(campaign=campaign).order_by("ends_on")
    return dict(in_order.values_list("person", "ends_on"))


def places_of(campaign: Campaign, offered: Sequence[CampaignPost]) -> list[int]:
    """Places that the campaign can fill in each post."""
    taken = n_occupants(campaign)
    return [max(0, one.post.headcount - taken.get(one.post_id, 0)) for one in offered]


def check_handover(campaign: Campaign, days: int, least: int) -> None:
    """Refuse an overlap that the dates alone rule out: it would leave posts empty, whoever is chosen.

    Raises `SideRuleError`.
    """
    if campaign.handover_days < days:
        raise SideRuleError(
            _(
                "批次的“交接重叠天数”为 %(has)d 天，压茬交接要求 %(days)d 天：重叠超过 %(has)d 天的岗位不会空出。"
                "请先在批次信息中将交接重叠天数改为不少于 %(days)d 天。"
            )
            % {"has": campaign.handover_days, "days": days}
        )
    offered = CampaignPost.objects.filter(campaign=campaign).select_related("post__host_unit").order_by("pk")
    found = list(handovers(campaign, offered).values())
    late = [one for one in found if one.days_from(campaign.starts_on) < days]
    if WHOLE * (len(found) - len(late)) >= least * len(found):
        return
    first = min(one.leaves_on for one in late)
    raise SideRuleError(
        _(
            "按日期无法做到：本批次 %(start)s 到岗，有前任的 %(n)d 个岗位中 %(late)d 个交接不满 %(days)d 天：%(posts)s。"
            "请将批次的挂职开始提前到 %(earlier)s，或延长前任期限，或减少天数、降低比例。"
        )
        % {
            "start": campaign.starts_on,
            "n": len(found),
            "late": len(late),
            "days": days,
            "posts": listed(_named(late)),
            "earlier": first - dt.timedelta(days=days),
        }
    )


def _named(late: Sequence[Handover]) -> list[str]:
    """The first posts with predecessor and last day, then how many more."""
    names = [
        _("%(post)s（%(person)s，%(day)s期满）")
        % {"post": one.offered, "person": one.predecessor, "day": one.last_day}
        for one in late[:MOST_NAMED]
    ]
    more = len(late) - MOST_NAMED
    return [*names, _("另 %(n)d 个") % {"n": more}] if more > 0 else names
