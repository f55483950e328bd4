"""A post offered and, once shared, its candidates in the host unit's order."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting_today
from secondment.campaigns.lists import CANDIDATES, CampaignAction
from secondment.campaigns.models import CampaignPost, Nomination
from secondment.campaigns.queries import (
    hosted_posts_visible_to,
    nominations_named,
    shared_candidates,
)
from secondment.campaigns.rules import may_manage, may_rank_candidates, may_read_all
from secondment.campaigns.services.hosts import rank_candidates, share_candidates
from secondment.campaigns.view_models import visible_campaign
from secondment.common.attempts import attempt_button
from secondment.common.components import Fact
from secondment.common.errors import require
from secondment.common.keys import number_in
from secondment.common.listing.selection import selected_keys
from secondment.people.labels import rank_label


def candidates(request: SignedInRequest, pk: int) -> HttpResponse:
    """The post, its candidates, and their order; a POST keeps the order."""
    post = get_object_or_404(hosted_posts_visible_to(request.user), pk=pk)
    if request.method == "POST":
        chosen = _chosen(request, post)
        found = nominations_named(chosen)
        nominations = [found[one] for one in chosen if one in found]
        version = number_in(request.POST.get("version", "")) or post.version
        n_ranked = attempt_button(
            request, lambda: rank_candidates(post, nominations, **acting_today(request), version=version)
        )
        if n_ranked is not None:
            said = _("意向已保存，共 %(n)d 人。") if n_ranked else _("已答复：没有特别意向，由组织部门安排。")
            messages.success(request, said % {"n": n_ranked})
        return redirect("campaigns:candidates", pk=pk)
    may_see = may_read_all(request.user, post.campaign) or may_rank_candidates(request.user, post)
    people = shared_candidates(post) if may_see else shared_candidates(post).none()
    mine = people.filter(host_preferences__campaign_post=post)
    may_rank = may_rank_candidates(request.user, post)
    context = {
        "post": post,
        "campaign": post.campaign,
        "facts": _facts(post),
        "ranked": [_row(one) for one in mine.order_by("host_rank")],
        "may_see": may_see,
        "may_rank": may_rank,
        "answered_on": post.host_answered_on,
    }
    table = CANDIDATES
    if may_rank:
        add = CampaignAction(
            "rank", gettext_lazy("加入意向"), "campaigns:candidates", "plus", arguments=(pk,)
        )
        table = replace(table, bulk_actions=(add,))
    others = people.exclude(host_preferences__campaign_post=post)
    return table.respond(request, others, "campaigns/candidates.html", context)


@require_POST
def candidates_share(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show candidates to host units, or stop."""
    campaign = visible_campaign(request, pk)
    require(may_manage(request.user, campaign), _("只有主办组织部门可以向接收单位提供人选。"))
    is_shared = request.POST.get("is_shared") == "1"
    done = attempt_button(
        request, lambda: share_candidates(campaign, is_shared=is_shared, **acting_today(request))
    )
    if done is not None:
        messages.success(request, _("已向接收单位提供人选。") if is_shared else _("已停止提供人选。"))
    return redirect("campaigns:campaign_detail", pk=pk)


def _chosen(request: SignedInRequest, post: CampaignPost) -> list[int]:
    """The order sent; people added from the list follow those already named."""
    if "selected" not in request.POST:
        return [number for one in request.POST.getlist("ranked") if (number := number_in(one))]
    named = list(post.host_preferences.order_by("rank").values_list("nomination_id", flat=True))
    return [*named, *(key for key in selected_keys(request) if key not in named)]


def _facts(row: CampaignPost) -> list[Fact]:
    post = row.post
    return [
        Fact(_("接收单位"), post.host_unit.name),
        Fact(_("方向"), post.get_direction_display()),
        Fact(_("工作地点"), post.region.full_name if post.region else ""),
        Fact(_("人数"), post.headcount),
        Fact(_("挂职时间"), _("%(start)s 至 %(last)s") % {"start": post.starts_on, "last": post.last_day}),
        Fact(_("分管工作、岗位职责"), post.duties, is_wide=True),
    ]


def _row(nomination: Nomination) -> dict[str, object]:
    """What a host unit may see of a candidate: name, unit, post and rank; neither health nor family."""
    person = nomination.person
    return {
        "pk": nomination.pk,
        "name": person.name,
        "unit": nomination.home_unit.name,
        "post_title": person.post_title,
        "rank": rank_label(person.rank),
    }
