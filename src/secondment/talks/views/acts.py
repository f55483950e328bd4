"""What is done to a talk and to what follows from it: each act posts."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting, acting_today
from secondment.common.attempts import attempt, attempt_button
from secondment.common.errors import require
from secondment.talks import services
from secondment.talks.forms import FollowUpForm, WordsForm
from secondment.talks.views.finding import found_item, seen
from secondment.talks.views.talks import shown


@require_POST
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """The entry was a mistake."""
    now = seen(request, pk)
    form = WordsForm(request.POST, auto_id="id_withdraw_%s")
    withdrawn = None
    if form.is_valid():
        words = form.cleaned_data["words"]
        withdrawn = attempt(
            form, lambda: services.withdraw_talk(now.talk, words=words, **acting_today(request))
        )
    if withdrawn is not None:
        messages.success(request, _("已撤销这次谈话登记。"))
        return redirect("talks:talk_detail", pk)
    return shown(request, now, words=form)


@require_POST
def add_item(request: SignedInRequest, pk: int) -> HttpResponse:
    """One item more."""
    now = seen(request, pk)
    require(now.changes, _("跟进事项由谈话单位或主办组织部门登记。"))
    form = FollowUpForm(request.POST, placements=now.everybody, auto_id="id_item_%s")
    added = None
    if form.is_valid():
        added = attempt(form, lambda: services.add_follow_up(now.talk, form.new, **acting(request)))
    if added is not None:
        messages.success(request, _("已登记跟进事项。"))
        return redirect("talks:talk_detail", pk)
    return shown(request, now, item=form)


@require_POST
def close_item(request: SignedInRequest, pk: int) -> HttpResponse:
    """Done, or not possible."""
    item = found_item(request, pk)
    form = WordsForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    is_done = request.POST.get("answer") == "done"
    if attempt_button(
        request,
        lambda: services.close_follow_up(item, is_done=is_done, words=words, **acting_today(request)),
    ):
        messages.success(request, _("已办结。") if is_done else _("已记为无法办理，并告知本人。"))
    return redirect("talks:talk_detail", item.talk_id)


@require_POST
def reopen_item(request: SignedInRequest, pk: int) -> HttpResponse:
    """It was closed by mistake."""
    item = found_item(request, pk)
    if attempt_button(request, lambda: services.reopen_follow_up(item, **acting(request))):
        messages.success(request, _("已重新打开。"))
    return redirect("talks:talk_detail", item.talk_id)
