"""Campaigns: the list, the overview and what moves them."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting, acting_today
from secondment.campaigns.forms.campaigns import (
    CopyCampaignForm,
    EditCampaignForm,
    NewCampaignForm,
    ReasonForm,
)
from secondment.campaigns.holding import usual_term
from secondment.campaigns.lapses import shorten
from secondment.campaigns.lists import CAMPAIGNS, OWNED_CAMPAIGNS_FIGURES
from secondment.campaigns.queries import campaigns_with_figures
from secondment.campaigns.rules import (
    actions_for,
    may_create_campaigns,
    may_edit,
    may_manage,
    may_read_programmes,
)
from secondment.campaigns.services import campaigns as services
from secondment.campaigns.services import copying, transitions
from secondment.campaigns.services.programmes import latest_version
from secondment.campaigns.services.reminding import is_known, remind_all
from secondment.campaigns.view_models import campaign_context, overview_of, visible_campaign
from secondment.common.attempts import attempt, attempt_button
from secondment.common.days import ONE_DAY
from secondment.common.errors import require
from secondment.common.own_paths import own_path
from secondment.obligations.reminding import Reminded

A_MONTH = dt.timedelta(days=30)
MOVES: dict[str, Callable[..., Any]] = {
    "open_campaign": transitions.open_campaign,
    "close_nominations": transitions.close_nominations,
    "reopen_nominations": transitions.reopen_nominations,
}


def campaign_list(request: SignedInRequest) -> HttpResponse:
    """Campaigns the user has a part in."""
    table = CAMPAIGNS
    if may_read_programmes(request.user):
        columns = (*table.columns[:-1], *OWNED_CAMPAIGNS_FIGURES, table.columns[-1])
        table = replace(table, columns=columns)
    context = {"may_create": may_create_campaigns(request.user)}
    return table.respond(
        request, campaigns_with_figures(request.user), "campaigns/campaign_list.html", context
    )


def campaign_create(request: SignedInRequest) -> HttpResponse:
    """Begin a campaign."""
    require(may_create_campaigns(request.user), _("只有组织部门可以新建批次。"))
    form = NewCampaignForm(request.POST or None, user=request.user, initial=_usual(request))
    if request.method == "POST" and form.is_valid():
        create = partial(
            services.create_campaign,
            form.draft(),
            programme_version=latest_version(form.cleaned_data["programme"]),
            owner_unit=form.cleaned_data["owner_unit"],
            **acting(request),
        )
        campaign = attempt(form, create)
        if campaign is not None:
            messages.success(request, _("批次已建立。接下来选入岗位、分配名额，再开始征集。"))
            return redirect("campaigns:offer_add", pk=campaign.pk)
    return render(request, "campaigns/campaign_form.html", {"form": form})


def campaign_copy(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin a campaign as this one was; what could not be taken over is said with its reason."""
    source = visible_campaign(request, pk)
    require(may_manage(request.user, source), _("只有主办组织部门可以复制批次。"))
    form = CopyCampaignForm(request.POST or None, initial=CopyCampaignForm.initial_of(source))
    if request.method == "POST" and form.is_valid():
        copy = partial(
            copying.copy_campaign,
            source,
            form.draft(),
            programme_version=latest_version(source.programme_version.programme),
            **acting(request),
        )
        found = attempt(form, copy)
        if found is not None:
            _tell_copied(request, found)
            return redirect("campaigns:campaign_detail", pk=found.campaign.pk)
    return render(request, "campaigns/campaign_form.html", {"form": form, "source": source})


def _tell_copied(request: SignedInRequest, found: copying.Copied) -> None:
    text = _(
        "已复制：岗位 %(posts)d 个、名额 %(units)d 个单位，以及匹配权重和附加规则。请核对日期后开始征集。"
    )
    messages.success(request, text % {"posts": found.n_posts, "units": found.n_quotas})
    reasons: dict[str, list[str]] = {}
    for one in found.not_copied:
        reasons.setdefault(one.why, []).append(one.what)
    for why, what in reasons.items():
        text = _("%(n)d 项未复制：%(names)s。原因：%(why)s。")
        messages.warning(request, text % {"n": len(what), "names": shorten(what), "why": why})


def _usual(request: SignedInRequest) -> dict[str, Any]:
    """A month for nominations, and the term for which most demands were approved."""
    today = timezone.localdate()
    initial = {"nominations_from": today, "nominations_until": today + A_MONTH}
    if term := usual_term(request.user, today):
        initial |= {"starts_on": term[0], "last_day": term[1] - ONE_DAY}
    return initial


def campaign_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a campaign that is not under review yet."""
    campaign = visible_campaign(request, pk)
    require(may_edit(request.user, campaign), _("只有主办组织部门可以在审查匹配之前修改批次。"))
    form = EditCampaignForm(request.POST or None, initial=EditCampaignForm.initial_of(campaign))
    if request.method == "POST" and form.is_valid():
        change = partial(
            services.change_campaign,
            campaign,
            form.draft(),
            version=form.cleaned_data["version"],
            **acting(request),
        )
        if attempt(form, change) is not None:
            messages.success(request, _("已保存。"))
            return redirect("campaigns:campaign_detail", pk=pk)
    return render(request, "campaigns/campaign_form.html", {"form": form, "campaign": campaign})


def campaign_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Overview: state, who has not answered, and every number a link."""
    campaign = visible_campaign(request, pk)
    actions = actions_for(request.user, campaign)
    context = {
        **campaign_context(request.user, campaign, "campaign_detail"),
        **overview_of(request.user, campaign, timezone.localdate()),
        "actions": [action for action in actions if action in MOVES],
        "may_cancel": "cancel_campaign" in actions,
    }
    return render(request, "campaigns/campaign_detail.html", context)


@require_POST
def campaign_move(request: SignedInRequest, pk: int, action: str) -> HttpResponse:
    """Open, close or reopen nominations."""
    campaign = visible_campaign(request, pk)
    if action not in MOVES:
        raise Http404
    now: dict[str, Any] = {"by": request.user, "at": timezone.now()}
    if action != "reopen_nominations":
        now["on"] = timezone.localdate()
    result = attempt_button(request, lambda: MOVES[action](campaign, **now))
    if result is None:
        return redirect("campaigns:campaign_detail", pk=pk)
    if isinstance(result, tuple) and result[1] is not None:
        messages.info(request, _("已结束推荐，正在后台进行资格审查。"))
        return redirect(f"{reverse('campaigns:finding_list', args=[pk])}?job={result[1].pk}")
    messages.success(request, _("已办理。"))
    return redirect("campaigns:campaign_detail", pk=pk)


def campaign_cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """Cancel for a reason that is sent to the home units."""
    campaign = visible_campaign(request, pk)
    require(may_manage(request.user, campaign), _("只有主办组织部门可以取消批次。"))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        cancel = partial(
            transitions.cancel_campaign,
            campaign,
            reason=form.cleaned_data["reason"],
            **acting_today(request),
        )
        if attempt(form, cancel) is not None:
            messages.success(request, _("批次已取消。"))
            return redirect("campaigns:campaign_detail", pk=pk)
    return render(request, "campaigns/campaign_cancel.html", {"form": form, "campaign": campaign})


@require_POST
def remind(request: SignedInRequest, pk: int, what: str) -> HttpResponse:
    """Write to everyone who has not answered yet."""
    campaign = visible_campaign(request, pk)
    if not is_known(what):
        raise Http404
    found = attempt_button(request, lambda: remind_all(campaign, what, **acting_today(request)))
    if found is not None:
        say_reminded(request, found)
    return redirect(own_path(request.POST.get("back", "")) or reverse("campaigns:campaign_detail", args=[pk]))


def say_reminded(request: SignedInRequest, found: Reminded) -> None:
    """Say who was written to, who had been today, and who has no account to write to."""
    if found.n_sent:
        messages.success(request, _("已催办 %(n)d 个单位或个人。") % {"n": found.n_sent})
    if found.n_earlier:
        messages.info(request, _("%(n)d 个今天已经催办过，每天最多一次。") % {"n": found.n_earlier})
    if found.unreached:
        text = _("%(names)s尚无可用账号，收不到消息，请电话联系。")
        messages.warning(request, text % {"names": shorten([*found.unreached])})
