"""The public notification as a Word document (公示), in the layout of GB/T 9704."""

from collections.abc import Sequence
from dataclasses import astuple

from django.conf import settings
from django.utils.translation import override

from secondment.campaigns.document_names import work_of
from secondment.campaigns.models import Campaign
from secondment.decision.models import PublicNotification
from secondment.decision.public_facts import public_facts
from secondment.documents.official import Annex, Letter, chinese_date
from secondment.matching.models import ProposalPair
from secondment.units.official_names import office_of, seconded_to

LABELS = (
    "序号",
    "姓名",
    "性别",
    "出生年月",
    "学历",
    "政治面貌",
    "现工作单位及职务",
    "拟挂任单位及职务",
)
# 出生年月 wide enough for 1980.05 on one line
WIDTHS = (9.0, 17.0, 9.0, 19.0, 14.0, 16.0, 35.0, 37.0)
INVITATION = (
    "公示期间，如对公示人选有意见，可以来信、来电、来访等方式反映。"
    "反映情况应实事求是、客观公正，提倡署真实姓名和联系方式，对反映人予以保密。"
)


def notification_letter(
    campaign: Campaign, notification: PublicNotification, pairs: Sequence[ProposalPair]
) -> Letter:
    """Who is to be sent where, from when to when it is posted, and where to report concerns."""
    first, last = chinese_date(notification.starts_on), chinese_date(notification.last_day)
    work = work_of(campaign.name)
    paragraphs = [
        f"根据{work}安排，经推荐、资格审查和征求意见，现将{len(pairs)}名拟派人选予以公示（名单附后）。",
        f"公示时间：{first}至{last}（{notification.n_workdays}个工作日）。",
        INVITATION,
    ]
    if notification.contact:
        paragraphs.append(f"受理方式：{notification.contact.rstrip('。')}。")
    return Letter(
        title=f"关于{work}拟派人选的公示",
        paragraphs=paragraphs,
        signer=office_of(campaign.owner_unit),
        signed_on=notification.starts_on,
        annex=Annex("拟派人选名单", LABELS, _roster(pairs), WIDTHS),
    )


def _roster(pairs: Sequence[ProposalPair]) -> list[list[str]]:
    with override(settings.LANGUAGE_CODE):
        return [_line(number, pair) for number, pair in enumerate(pairs, start=1)]


def _line(number: int, pair: ProposalPair) -> list[str]:
    """Who it is, as the rules on public notification ask: nothing else of the file."""
    facts, post = public_facts(pair.nomination), pair.campaign_post.post
    return [str(number), *astuple(facts), seconded_to(post.host_unit, post.title)]
