"""One post per village from a list."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from secondment.accounts.choices import Role
from secondment.accounts.http import SignedInRequest, acting_today
from secondment.accounts.scopes import has_role
from secondment.common.errors import require
from secondment.common.file_faults import told_whole
from secondment.files.codes.code_list import plain
from secondment.files.problems import BadInputError
from secondment.files.reading import settled
from secondment.files.sandbox.tables import examine_table_apart
from secondment.posts.forms import VillagesConfirmForm, VillagesForm
from secondment.posts.queries import host_units, visible_to
from secondment.posts.rules import may_enter_for
from secondment.posts.services import create_village_posts
from secondment.posts.villages import MOST_LINES, VillagePlan, read_places

HEADERS = frozenset(
    {
        *(
            "乡镇",
            "街道",
            "乡镇街道",
            "乡镇名称",
            "所在乡镇",
            "村",
            "村名",
            "村名称",
            "行政村",
            "社区",
            "村(社区)",
        ),
        *("单位", "单位名称", "接收单位", "名称", "区划代码", "行政区划代码", "代码", "编号", "序号"),
    }
)


def village_list(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a list of villages for a pattern post and see what it would do."""
    post = get_object_or_404(visible_to(request.user), pk=pk)
    require(may_enter_for(request.user, post.host_unit))
    form = VillagesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and (text := _text(form)):
        plan = read_places(text, post, host_units(request.user))
        return _review(request, plan, text)
    return render(request, "posts/village_list.html", {"form": form, "post": post})


@require_POST
def village_create(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make the posts, all or none."""
    post = get_object_or_404(visible_to(request.user), pk=pk)
    require(may_enter_for(request.user, post.host_unit))
    form = VillagesConfirmForm(request.POST)
    if not form.is_valid():
        return redirect("posts:village_list", pk=pk)
    plan = read_places(form.cleaned_data["places"], post, host_units(request.user))
    if not plan.may_be_written:
        return _review(request, plan, form.cleaned_data["places"])
    posts = create_village_posts(
        plan,
        **acting_today(request),
        agrees_new_units=form.cleaned_data["agrees_new_units"],
        submits=form.cleaned_data["submits"],
    )
    n = len(posts)
    messages.success(request, ngettext("已建立%(n)d个岗位需求。", "已建立%(n)d个岗位需求。", n) % {"n": n})
    return redirect("posts:post_list")


def _review(request: SignedInRequest, plan: VillagePlan, text: str) -> HttpResponse:
    context = {
        "plan": plan,
        "post": plan.pattern,
        "form": VillagesConfirmForm(initial={"places": text, "submits": True}),
        "may_make_units": has_role(request.user, Role.ORGANISATION_DEPARTMENT),
    }
    return render(request, "posts/village_review.html", context)


def _text(form: forms.Form) -> str:
    """The list as lines: what was pasted and what the file holds; a file that cannot be read is an error."""
    lines = [form.cleaned_data["places"]]
    if file := form.cleaned_data["file"]:
        try:
            table = settled(examine_table_apart(file.read(), file=file.name, most_rows=MOST_LINES))
        except BadInputError as error:
            form.add_error("file", told_whole(error.problems[0].fault))
            return ""
        if HEADERS.isdisjoint(map(plain, table.columns)):  # a list without a header begins with a place
            lines.append(" ".join(table.columns))
        lines += [" ".join(row[name] for name in table.columns if row[name]) for row in table.rows]
    return "\n".join(line for line in lines if line)
