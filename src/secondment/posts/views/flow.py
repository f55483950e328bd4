"""Hand in, return, approve, withdraw; singly and in bulk."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting_today
from secondment.common.errors import require
from secondment.common.listing.selection import back_to_list, selected_keys
from secondment.posts.forms import ReturnForm
from secondment.posts.models import Post
from secondment.posts.queries import visible_to
from secondment.posts.rules import may_decide_post
from secondment.posts.services import approve_posts, return_post, submit_posts, withdraw_post


@require_POST
def post_submit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Hand one demand in."""
    post = get_object_or_404(visible_to(request.user), pk=pk)
    submit_posts([post], **acting_today(request))
    messages.success(request, _("已提交组织部门审核。"))
    return redirect("posts:post_detail", pk=pk)


@require_POST
def post_approve(request: SignedInRequest, pk: int) -> HttpResponse:
    """Approve one demand."""
    post = get_object_or_404(visible_to(request.user), pk=pk)
    approve_posts([post], **acting_today(request))
    messages.success(request, _("已审核通过，接收单位将收到通知。"))
    return redirect("posts:post_detail", pk=pk)


@require_POST
def post_return(request: SignedInRequest, pk: int) -> HttpResponse:
    """Return one demand with an opinion."""
    post = get_object_or_404(visible_to(request.user), pk=pk)
    require(may_decide_post(request.user, post))
    form = ReturnForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("没有退回：请写明退回意见（200字以内）。"))
        return redirect("posts:post_detail", pk=pk)
    return_post(post, opinion=form.cleaned_data["opinion"], **acting_today(request))
    messages.success(request, _("已退回，接收单位将收到您的意见。"))
    return redirect("posts:post_detail", pk=pk)


@require_POST
def post_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Withdraw one demand."""
    post = get_object_or_404(visible_to(request.user), pk=pk)
    withdraw_post(post, **acting_today(request))
    messages.success(request, _("岗位需求已撤回。"))
    return redirect("posts:post_detail", pk=pk)


@require_POST
def posts_submit(request: SignedInRequest) -> HttpResponse:
    """Hand the chosen demands in, all or none."""
    n = submit_posts(chosen(request), **acting_today(request))
    messages.success(request, ngettext("%(n)d个岗位需求已提交。", "%(n)d个岗位需求已提交。", n) % {"n": n})
    return redirect("posts:post_list")


@require_POST
def posts_approve(request: SignedInRequest) -> HttpResponse:
    """Approve the chosen demands, all or none."""
    n = approve_posts(chosen(request), **acting_today(request))
    messages.success(
        request, ngettext("%(n)d个岗位需求已审核通过。", "%(n)d个岗位需求已审核通过。", n) % {"n": n}
    )
    return back_to_list(request, "posts:post_list")


def chosen(request: SignedInRequest) -> QuerySet[Post]:
    """The chosen demands; one that the account cannot see counts as missing."""
    keys = selected_keys(request)
    posts = visible_to(request.user).filter(pk__in=keys)
    if posts.count() != len(keys):
        raise Http404
    return posts
