"""List, read, enter and change demands."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from secondment.accounts.http import SignedInRequest, acting, exporting
from secondment.common.errors import require
from secondment.common.keys import number_in
from secondment.documents.papers import slots_for
from secondment.posts.choices import PostState
from secondment.posts.errors import PostStateError
from secondment.posts.forms import MOST_TASKS, PostForm, PostTaskForm, ReturnForm, task_formset
from secondment.posts.labels import (
    STATUS,
    condition_facts,
    post_facts,
    post_steps,
    recusal_lines,
    requirement_lines,
    timeline_of,
)
from secondment.posts.lists import posts_for
from secondment.posts.models import Post
from secondment.posts.papers import DEMAND
from secondment.posts.queries import draft_for, events_of, host_units, visible_to
from secondment.posts.rules import actions_for, may_change_post, may_enter_posts
from secondment.posts.services import change_post, copy_post, create_post
from secondment.posts.services.flow import missing_parts
from secondment.posts.states import EDITABLE
from secondment.posts.views.access import require_reader
from secondment.units.models import Unit


def post_list(request: SignedInRequest) -> HttpResponse:
    """All demands in the account's scope."""
    require_reader(request.user)
    context = {"may_enter": may_enter_posts(request.user), "query": request.GET.urlencode()}
    return posts_for(request.user).respond(
        request,
        visible_to(request.user),
        "posts/post_list.html",
        context,
        on_export=exporting(request, "post.export", request.user),
    )


def post_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One demand: its requirements, tasks, state and history."""
    post = get_object_or_404(visible_to(request.user).prefetch_related("tasks"), pk=pk)
    return render(request, "posts/post_detail.html", _detail(request, post, ReturnForm()))


def post_create(request: SignedInRequest) -> HttpResponse:
    """Enter a demand; the unit's usual values are filled in."""
    require(may_enter_posts(request.user))
    units = host_units(request.user)
    post = draft_for(_chosen_unit(request), on=timezone.localdate())
    form = PostForm(request.POST or None, instance=post, units=units)
    tasks = task_formset(request.POST or None)
    if request.method == "POST" and form.is_valid() and tasks.is_valid():
        post = create_post(form.save(commit=False), tasks.tasks(), **acting(request))
        messages.success(request, _("已存为草稿。核对无误后请提交审核。"))
        return redirect("posts:post_detail", pk=post.pk)
    return _form_page(request, form, tasks, back=reverse("posts:post_list"))


def post_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a demand that is not handed in."""
    post = get_object_or_404(visible_to(request.user), pk=pk)
    require(may_change_post(request.user, post))
    if post.state not in EDITABLE:
        raise PostStateError(_("该岗位需求已提交，不能修改。需要修改时，请组织部门先退回。"))
    units = host_units(request.user, keeping=post)
    form = PostForm(request.POST or None, instance=post, units=units)
    tasks = task_formset(request.POST or None, tasks=list(post.tasks.all()))
    if request.method == "POST" and form.is_valid() and tasks.is_valid():
        change_post(
            form.save(commit=False),
            tasks.tasks(),
            **acting(request),
            version=form.cleaned_data["version"],
        )
        messages.success(request, _("修改已保存。"))
        return redirect("posts:post_detail", pk=post.pk)
    return _form_page(request, form, tasks, back=reverse("posts:post_detail", args=[pk]))


@require_POST
def post_copy(request: SignedInRequest, pk: int) -> HttpResponse:
    """Copy a demand and open the copy for changes."""
    post = get_object_or_404(visible_to(request.user), pk=pk)
    twin = copy_post(post, **acting(request))
    messages.success(request, _("已复制为新的草稿，请修改后提交。"))
    return redirect("posts:post_edit", pk=twin.pk)


@require_GET
def task_row(request: SignedInRequest) -> HttpResponse:
    """One more empty task row for the form, with the new number of rows."""
    require(may_enter_posts(request.user))
    asked = request.GET.get("tasks-TOTAL_FORMS", "0")
    number = min(int(asked), MOST_TASKS) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 0
    tasks = task_formset()
    form = None
    if number < MOST_TASKS:
        form = PostTaskForm(prefix=f"tasks-{number}", empty_permitted=True, use_required_attribute=False)
        tasks.add_fields(form, number)
    context = {"form": form, "n_rows": min(number + 1, MOST_TASKS), "most": MOST_TASKS}
    return render(request, "posts/_task_row_added.html", context)


def _chosen_unit(request: SignedInRequest) -> Unit | None:
    """The unit asked for in the address, or the only one the account enters demands for."""
    units = host_units(request.user).select_related("region", "parent")
    if asked := number_in(request.GET.get("unit", "")):
        return get_object_or_404(units, pk=asked)
    first = list(units.order_by("path")[:2])
    return first[0] if len(first) == 1 else None


def _form_page(request: SignedInRequest, form: PostForm, tasks: Any, *, back: str) -> HttpResponse:
    context = {"form": form, "tasks": tasks, "back": back, "most_tasks": MOST_TASKS}
    return render(request, "posts/post_form.html", context)


def _detail(request: SignedInRequest, post: Post, return_form: ReturnForm) -> dict[str, Any]:
    actions = actions_for(request.user, post)
    return {
        "post": post,
        "state_status": STATUS[post.state],
        "actions": actions,
        "missing": missing_parts(post) if "submit_post" in actions else [],
        "steps": [] if post.state == PostState.WITHDRAWN else post_steps(post),
        "facts": post_facts(post),
        "conditions": condition_facts(post),
        "requirements": requirement_lines(post),
        "recusals": recusal_lines(post),
        "events": timeline_of(events_of(post)),
        "return_form": return_form,
        "slots": slots_for(request.user, [(DEMAND, post)]),
    }
