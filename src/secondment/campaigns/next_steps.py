"""The one thing the owner of a campaign does next, and the page where it is done."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secondment.campaigns.choices import CampaignState
from secondment.campaigns.models import Campaign
from secondment.campaigns.ports import page_in
from secondment.common.components import Text


@dataclass(frozen=True)
class NextStep:
    """A link to the page of the next step; `text` describes what to do there."""

    label: Text
    text: Text
    url: str
    icon: str = "arrow-right"


# state: (label, what to do); the page belongs to the room that works on the campaign then
OF_STATE: dict[str, tuple[Text, Text]] = {
    CampaignState.REVIEW: (
        _("前往匹配"),
        _("资格审查已完成：设定权重、计算并采用一个匹配方案，再征求意见。"),
    ),
    CampaignState.CONSULTATION: (
        _("办理征求意见"),
        _("查看各单位答复，处理异议，办理任前谈话和公示。"),
    ),
    CampaignState.NOTIFICATION: (
        _("办理公示"),
        _("登记公示期间的反映，期满后登记集体决定。"),
    ),
    CampaignState.DECIDED: (
        _("前往印发通知"),
        _("集体决定已登记：印发挂职通知，干部按期报到。"),
    ),
}


def next_step(
    campaign: Campaign, *, n_places: int, n_asked: int, n_stale: int = 0, is_all_blocked: bool = False
) -> NextStep | None:
    """Where the owner goes next; none where the page itself holds the button or nothing is left to do."""
    first = [
        *preparations(campaign, n_places=n_places, n_asked=n_asked),
        *reviews(campaign, n_stale=n_stale, is_all_blocked=is_all_blocked),
    ]
    if first:
        return first[0]
    if campaign.state not in OF_STATE:
        return None
    label, text = OF_STATE[campaign.state]
    return NextStep(label, text, page_in(CampaignState(campaign.state), campaign))


def preparations(campaign: Campaign, *, n_places: int, n_asked: int) -> Iterator[NextStep]:
    """What a campaign lacks before it can be opened."""
    if campaign.state != CampaignState.DRAFT:
        return
    if not n_places:
        url = reverse("campaigns:offer_add", args=[campaign.pk])
        yield NextStep(_("选入岗位"), _("先从已审核的岗位需求中选入本批次的岗位。"), url, "plus")
    if not n_asked:
        url = reverse("campaigns:quota_edit", args=[campaign.pk])
        yield NextStep(_("分配名额"), _("给各派出单位分配推荐名额。"), url, "plus")


def reviews(campaign: Campaign, *, n_stale: int, is_all_blocked: bool) -> Iterator[NextStep]:
    """What keeps a campaign under review from being matched."""
    if campaign.state != CampaignState.REVIEW:
        return
    if n_stale:
        url = reverse("campaigns:finding_list", args=[campaign.pk])
        text = _("部分人选的资料在审查之后有变动，请先重新审查，再进行匹配。")
        yield NextStep(_("重新审查"), text, url, "refresh")
    if is_all_blocked:
        url = reverse("campaigns:finding_rules", args=[campaign.pk])
        text = _("全部人选资格不符：请查看所涉规则；批次资料不全的，退回征集推荐补充后重新审查。")
        yield NextStep(_("查看资格审查"), text, url)
