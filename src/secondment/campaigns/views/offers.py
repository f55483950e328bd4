"""Posts of a campaign: those offered, and those that could be."""

from dataclasses import replace
from functools import partial

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting
from secondment.campaigns.holding import posts_in_scope, posts_to_offer
from secondment.campaigns.lists import OFFERS, POSTS_TO_OFFER, PRIORITIES, CampaignAction
from secondment.campaigns.models import Campaign, CampaignPost
from secondment.campaigns.queries import posts_of, posts_visible_to
from secondment.campaigns.rules import may_edit, may_rearrange
from secondment.campaigns.services.offers import add_posts, change_offer, form_team, leave_teams, remove_posts
from secondment.campaigns.view_models import campaign_context, visible_campaign
from secondment.common.attempts import attempt_button
from secondment.common.errors import require
from secondment.common.listing.selection import back_to_list, selected_keys

NOT_NOW = gettext_lazy("只有主办组织部门可以在审查匹配之前调整岗位。")


def offer_list(request: SignedInRequest, pk: int) -> HttpResponse:
    """Posts offered, with how many people wish for each."""
    campaign = visible_campaign(request, pk)
    rows = posts_visible_to(request.user, campaign).annotate(n_wishes=Count("preferences"))
    table = OFFERS
    if may_rearrange(request.user, campaign):
        table = replace(table, bulk_actions=_team_actions(pk))
    if may_edit(request.user, campaign):
        remove = CampaignAction(
            "remove",
            gettext_lazy("移出批次"),
            "campaigns:offer_remove",
            question=gettext_lazy("移出后，这些岗位可以再次选入。已有人填为志愿的岗位不能移出。"),
            is_danger=True,
            arguments=(pk,),
        )
        table = replace(table, bulk_actions=(*_priority_actions(pk), *table.bulk_actions, remove))
    if not rows.exclude(team="").exists():
        table = replace(table, columns=tuple(one for one in table.columns if one.key != "team"))
    context = campaign_context(request.user, campaign, "offer_list")
    return table.respond(request, rows, "campaigns/offer_list.html", context)


def offer_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Choose approved posts by filter; with a POST those selected are offered."""
    campaign = visible_campaign(request, pk)
    require(may_edit(request.user, campaign), str(NOT_NOW))
    if request.method == "POST":
        posts = list(posts_in_scope(request.user).filter(pk__in=selected_keys(request)))
        add_chosen = partial(
            add_posts,
            campaign,
            posts,
            priority=_priority(request.POST.get("priority", "2")),
            **acting(request),
        )
        n_added = attempt_button(request, add_chosen)
        if n_added is None:
            return redirect("campaigns:offer_add", pk=pk)
        messages.success(request, _("已选入 %(n)d 个岗位。") % {"n": n_added})
        return redirect(_after_offer(request, campaign), pk=pk)
    add = CampaignAction("add", gettext_lazy("选入批次"), "campaigns:offer_add", icon="plus", arguments=(pk,))
    table = replace(POSTS_TO_OFFER, bulk_actions=(add,))
    context = campaign_context(request.user, campaign, "offer_list")
    context["lacks_quotas"] = not campaign.quotas.exists()
    return table.respond(request, posts_to_offer(request.user, campaign), "campaigns/offer_add.html", context)


def _after_offer(request: SignedInRequest, campaign: Campaign) -> str:
    """While posts are left they are chosen here; then come the quotas, if there are none."""
    if posts_to_offer(request.user, campaign).exists():
        return "campaigns:offer_add"
    return "campaigns:offer_list" if campaign.quotas.exists() else "campaigns:quota_edit"


@require_POST
def offer_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take the chosen posts out."""
    campaign, rows = _chosen(request, pk)
    n_removed = attempt_button(request, lambda: remove_posts(campaign, rows, **acting(request)))
    if n_removed is not None:
        messages.success(request, _("已移出 %(n)d 个岗位。") % {"n": n_removed})
    return back_to_list(request, "campaigns:offer_list", pk)


@require_POST
def offer_change(request: SignedInRequest, pk: int, priority: int) -> HttpResponse:
    """Set the priority of the chosen posts."""
    campaign, rows = _chosen(request, pk)
    n_changed = change_offer(campaign, rows, priority=_priority(str(priority)), **acting(request))
    messages.success(request, _("已调整 %(n)d 个岗位的优先级。") % {"n": n_changed})
    return back_to_list(request, "campaigns:offer_list", pk)


@require_POST
def team_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let the chosen posts be one team."""
    campaign, rows = _chosen(request, pk)
    name = attempt_button(request, lambda: form_team(campaign, rows, **acting(request)))
    if name is not None:
        text = _("%(n)d 个岗位已编为“%(team)s”。在匹配页添加附加规则后，计算时整组考虑。")
        messages.success(request, text % {"n": len(rows), "team": name})
    return back_to_list(request, "campaigns:offer_list", pk)


@require_POST
def team_leave(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take the chosen posts out of their teams."""
    campaign, rows = _chosen(request, pk)
    n_left = leave_teams(campaign, rows, **acting(request))
    messages.success(request, _("已将 %(n)d 个岗位移出编组。") % {"n": n_left})
    return back_to_list(request, "campaigns:offer_list", pk)


def _chosen(request: SignedInRequest, pk: int) -> tuple[Campaign, list[CampaignPost]]:
    campaign = visible_campaign(request, pk)
    return campaign, list(posts_of(campaign).filter(pk__in=selected_keys(request)))


def _team_actions(pk: int) -> tuple[CampaignAction, ...]:
    return (
        CampaignAction("team", gettext_lazy("编为一组"), "campaigns:team_form", arguments=(pk,)),
        CampaignAction("no-team", gettext_lazy("移出编组"), "campaigns:team_leave", arguments=(pk,)),
    )


def _priority_actions(pk: int) -> list[CampaignAction]:
    return [
        CampaignAction(
            f"priority-{number}",
            gettext_lazy("设为%(priority)s") % {"priority": label},
            "campaigns:offer_change",
            arguments=(pk, number),
        )
        for number, label in PRIORITIES.items()
    ]


def _priority(text: str) -> int:
    if text not in {str(one) for one in PRIORITIES}:
        raise Http404
    return int(text)
