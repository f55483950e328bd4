"""The first four steps of a campaign: posts, quotas, nominations, check."""

import datetime as dt
from collections.abc import Callable, Iterator

from django.db.models import Max, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.lapses import shorten
from secondment.campaigns.models import Campaign, CampaignPost, Quota
from secondment.campaigns.next_steps import NextStep, preparations, reviews
from secondment.campaigns.queries import live_nominations, nominee_counts, quotas_with_figures
from secondment.campaigns.services.reminding import NOMINATIONS, PREFERENCES, debts_of
from secondment.campaigns.steps import Blocker, OwnStep, StepKey, register_step
from secondment.obligations.models import Obligation

PREPARING = (CampaignState.DRAFT, CampaignState.OPEN)


def page(url_name: str) -> Callable[[User, Campaign], str]:
    """The address of a page of the campaign that exists in every state."""
    return lambda _user, campaign: reverse(url_name, args=[campaign.pk])


def reminder(campaign: Campaign, what: str, text: str) -> Blocker:
    """Somebody still owes something: say when they were last reminded, and offer to remind them."""
    debts: QuerySet[Obligation] = debts_of(campaign, what).order_by()
    last = debts.aggregate(last=Max("reminded_on"))["last"]
    if last:
        text = _("%(text)s最近一次催办：%(day)s。") % {"text": text, "day": last}
    return Blocker(text, _("催办"), reverse("campaigns:remind", args=[campaign.pk, what]), is_act=True)


def _places(campaign: Campaign) -> int:
    rows = CampaignPost.objects.filter(campaign=campaign)
    return rows.aggregate(n=Sum("post__headcount"))["n"] or 0


def _asked(campaign: Campaign) -> int:
    return Quota.objects.filter(campaign=campaign).aggregate(n=Sum("n_asked"))["n"] or 0


def _has_posts(campaign: Campaign, _on: dt.date) -> bool:
    return campaign.state not in PREPARING or campaign.campaign_posts.exists()


def _has_quotas(campaign: Campaign, _on: dt.date) -> bool:
    return campaign.state not in PREPARING or campaign.quotas.filter(n_asked__gt=0).exists()


def _is_closed(campaign: Campaign, _on: dt.date) -> bool:
    return campaign.state not in PREPARING


def _is_checked(campaign: Campaign, on: dt.date) -> bool:
    if campaign.state in PREPARING:
        return False
    return campaign.state != CampaignState.REVIEW or not any(_lacks_check(campaign, on))


def _lacks_posts(campaign: Campaign, _on: dt.date) -> Iterator[Blocker]:
    if campaign.state == CampaignState.DRAFT:
        yield from map(_blocker, preparations(campaign, n_places=_places(campaign), n_asked=1))


def _lacks_quotas(campaign: Campaign, _on: dt.date) -> Iterator[Blocker]:
    if campaign.state == CampaignState.DRAFT:
        yield from map(_blocker, preparations(campaign, n_places=1, n_asked=_asked(campaign)))


def _lacks_nominations(campaign: Campaign, on: dt.date) -> Iterator[Blocker]:
    if campaign.state in PREPARING and on > campaign.nominations_until:
        text = _("推荐截止日期（%(day)s）已过：请结束推荐，或修改截止日期。")
        if campaign.state == CampaignState.DRAFT:
            text = _("推荐截止日期（%(day)s）已过：请先修改截止日期，再开始征集。")
        url = reverse("campaigns:campaign_edit", args=[campaign.pk])
        yield Blocker(text % {"day": campaign.nominations_until}, _("修改"), url)
    if campaign.state == CampaignState.OPEN:
        yield from _unanswered(campaign)


def _unanswered(campaign: Campaign) -> Iterator[Blocker]:
    short = quotas_with_figures(campaign.quotas.select_related("home_unit")).filter(n_missing__gt=0)
    missing = list(short)
    if missing:
        text = _("%(n)d 个单位尚缺推荐人选 %(people)d 名：%(names)s。") % {
            "n": len(missing),
            "people": sum(one.n_missing for one in missing),
            "names": shorten([one.home_unit.name for one in missing]),
        }
        yield reminder(campaign, NOMINATIONS, text)
    n_silent = live_nominations(campaign).filter(answered_on=None).count()
    if n_silent:
        text = _("%(n)d 名人选尚未填报志愿。") % {"n": n_silent}
        yield reminder(campaign, PREFERENCES, text)


def _lacks_check(campaign: Campaign, _on: dt.date) -> Iterator[Blocker]:
    if campaign.state != CampaignState.REVIEW:
        return
    counts, n_nominated = nominee_counts(campaign), live_nominations(campaign).count()
    if not n_nominated:
        url = reverse("campaigns:campaign_detail", args=[campaign.pk])
        text = _("本批次没有有效的推荐人选，无法匹配：请退回征集推荐，由派出单位补充推荐。")
        yield Blocker(text, _("退回征集推荐"), url)
    is_all_blocked = 0 < n_nominated == counts["n_blocked"]
    found = reviews(campaign, n_stale=counts["n_stale"], is_all_blocked=is_all_blocked)
    yield from map(_blocker, found)


def _blocker(step: NextStep) -> Blocker:
    return Blocker(step.text, step.label, step.url)


register_step(StepKey.POSTS, OwnStep(page("campaigns:offer_list"), _has_posts, _lacks_posts))
register_step(StepKey.QUOTAS, OwnStep(page("campaigns:quota_list"), _has_quotas, _lacks_quotas))
register_step(StepKey.NOMINATIONS, OwnStep(page("campaigns:nomination_list"), _is_closed, _lacks_nominations))
register_step(StepKey.CHECK, OwnStep(page("campaigns:finding_list"), _is_checked, _lacks_check))
