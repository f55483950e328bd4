"""Support items: the list, by home unit, and each with what may be done about it."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import DateField, Value
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secondment.accounts.choices import Role
from secondment.accounts.http import SignedInRequest, acting_today, exporting
from secondment.accounts.scopes import has_role
from secondment.common.attempts import attempt, attempt_button
from secondment.common.errors import require
from secondment.daily_work import services
from secondment.daily_work.choices import JUDGED, STILL_OWED, SupportState
from secondment.daily_work.forms import JudgeForm, WordsForm
from secondment.daily_work.models import SupportItem
from secondment.daily_work.queries import support_of, with_support_names
from secondment.daily_work.rules import may_answer_support, may_judge_support
from secondment.daily_work.support_lists import HOME_UNITS, SUPPORT, by_home_unit, is_overdue
from secondment.daily_work.view_models import support_facts

READERS = (
    Role.ORGANISATION_DEPARTMENT,
    Role.HOST_UNIT,
    Role.HOME_UNIT,
    Role.LEADER,
    Role.INSPECTOR,
)
OVERSEERS = (Role.ORGANISATION_DEPARTMENT, Role.LEADER)


def support_list(request: SignedInRequest) -> HttpResponse:
    """Every item that the reader's offices asked for, owe or oversee."""
    require(has_role(request.user, *READERS))
    rows = with_support_names(support_of(request.user))
    return SUPPORT.respond(
        request,
        rows.annotate(today=Value(timezone.localdate(), DateField())),
        "daily_work/support_list.html",
        {"oversees": has_role(request.user, *OVERSEERS)},
        on_export=exporting(request, "daily_work.export_support", request.user),
    )


def support_units(request: SignedInRequest) -> HttpResponse:
    """What became of it, by home unit."""
    require(has_role(request.user, *OVERSEERS))
    return HOME_UNITS.respond(
        request,
        by_home_unit(support_of(request.user), timezone.localdate()),
        "daily_work/support_units.html",
        on_export=exporting(request, "daily_work.export_support", request.user),
    )


def support_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One item."""
    return _shown(request, _found(request, pk))


@require_POST
def support_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """The owner says what it did."""
    item, form = _found(request, pk), WordsForm(request.POST, auto_id="id_answer_%s")

    def act() -> SupportItem:
        return services.answer_support(item, **form.cleaned_data, **acting_today(request))

    return _acted(request, item, "answer", form, act, _("已填写办理情况，等接收单位评价是否帮到。"))


@require_POST
def support_pass_on(request: SignedInRequest, pk: int) -> HttpResponse:
    """To the organisation department, or back to the home unit."""
    item, form = _found(request, pk), WordsForm(request.POST, auto_id="id_pass_%s")

    def act() -> SupportItem:
        return services.pass_support_on(item, **form.cleaned_data, **acting_today(request))

    return _acted(request, item, "pass", form, act, _("已转办，期限不变。"))


@require_POST
def support_judge(request: SignedInRequest, pk: int) -> HttpResponse:
    """The host says whether it helped."""
    item, form = _found(request, pk), JudgeForm(request.POST, auto_id="id_judge_%s")
    helped = request.POST.get("answer") == "helped"

    def act() -> SupportItem:
        return services.judge_support(item, helped=helped, **form.cleaned_data, **acting_today(request))

    return _acted(request, item, "judge", form, act, _("已评价，这一项办结。"))


@require_POST
def support_reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    """The host's word was given by mistake."""
    item = _found(request, pk)
    if attempt_button(request, lambda: services.reopen_support(item, **acting_today(request))):
        messages.success(request, _("已撤回评价。"))
    return redirect("daily_work:support_detail", pk)


def _found(request: SignedInRequest, pk: int) -> SupportItem:
    return get_object_or_404(with_support_names(support_of(request.user)), pk=pk)


def _acted(
    request: SignedInRequest,
    item: SupportItem,
    name: str,
    form: Form,
    act: Callable[[], SupportItem],
    told: str,
) -> HttpResponse:
    if form.is_valid() and attempt(form, act) is not None:
        messages.success(request, told)
        return redirect("daily_work:support_detail", item.pk)
    return _shown(request, item, {f"{name}_form": form})


def _shown(request: SignedInRequest, item: SupportItem, typed: dict[str, Form] | None = None) -> HttpResponse:
    user, on = request.user, timezone.localdate()
    may_judge = may_judge_support(user, item.placement)
    forms = {
        "answer_form": WordsForm(auto_id="id_answer_%s"),
        "pass_form": WordsForm(auto_id="id_pass_%s"),
        "judge_form": JudgeForm(auto_id="id_judge_%s"),
    }
    context = {
        "item": item,
        "facts": support_facts(item),
        "is_overdue": is_overdue(item, on),
        "may_answer": item.state == SupportState.OPEN and may_answer_support(user, item),
        "may_judge": item.state in STILL_OWED and may_judge,
        "may_reopen": item.state in JUDGED and may_judge,
        "goes_up": item.owner_role == Role.HOME_UNIT,
        **forms,
        **(typed or {}),
    }
    return render(request, "daily_work/support_detail.html", context)
