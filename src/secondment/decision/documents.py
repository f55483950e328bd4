"""The public notification as a Word document (公示), in the layout of GB/T 9704."""

from collections.abc import Sequence

from secondment.campaigns.models import Campaign
from secondment.decision.models import PublicNotification
from secondment.documents.official import Annex, Letter, chinese_date
from secondment.matching.models import ProposalPair
from secondment.units.queries import office_of

LABELS = ("序号", "姓名", "现工作单位及职务", "拟挂任单位及职务")
WIDTHS = (14.0, 24.0, 59.0, 59.0)
INVITATION = (
    "公示期间，如对公示人选有意见，可以来信、来电、来访等方式反映。"
    "反映情况应实事求是、客观公正，提倡署真实姓名和联系方式，对反映人予以保密。"
)


def notification_letter(
    campaign: Campaign, notification: PublicNotification, pairs: Sequence[ProposalPair]
) -> Letter:
    """Who is to be sent where, from when to when it is posted, and where to report concerns."""
    first, last = chinese_date(notification.starts_on), chinese_date(notification.last_day)
    paragraphs = [
        f"根据{campaign.name}选派工作安排，经推荐、资格审查和征求意见，现将{len(pairs)}名拟选派挂职人选予以公示（名单附后）。",
        f"公示时间：{first}至{last}（{notification.n_workdays}个工作日）。",
        INVITATION,
    ]
    if notification.contact:
        paragraphs.append(f"受理方式：{notification.contact}。")
    return Letter(
        title=f"关于{campaign.name}拟选派挂职人选的公示",
        paragraphs=paragraphs,
        signer=office_of(campaign.owner_unit),
        signed_on=notification.starts_on,
        annex=Annex("拟选派挂职人选名单", LABELS, _roster(pairs), WIDTHS),
    )


def _roster(pairs: Sequence[ProposalPair]) -> list[list[str]]:
    return [
        [
            str(number),
            pair.nomination.person.name,
            f"{pair.nomination.home_unit.name}{pair.nomination.person.post_title}",
            f"{pair.campaign_post.post.host_unit.name}{pair.campaign_post.post.title}",
        ]
        for number, pair in enumerate(pairs, start=1)
    ]
