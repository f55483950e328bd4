"""Deputies who decide on leave while an approver is away (代批)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting, acting_today
from secondment.accounts.models import User
from secondment.accounts.scopes import has_role
from secondment.common.attempts import attempt, attempt_button
from secondment.common.errors import require
from secondment.leave import services
from secondment.leave.forms import StandInForm, labelled_by
from secondment.leave.models import StandIn
from secondment.leave.queries import colleagues_of, offices_held, stand_ins_seen_by
from secondment.leave.rules import OFFICES

MOST_SHOWN = 100


def stand_in_list(request: SignedInRequest) -> HttpResponse:
    """Who stands in for whom; an approver names somebody, who accepts."""
    rows = stand_ins_seen_by(request.user)
    is_approver = has_role(request.user, *OFFICES)
    require(is_approver or rows.exists())
    form = _form(request) if is_approver else None
    if request.method == "POST" and form is not None and form.is_valid() and _named(request, form):
        messages.success(request, _("已通知代批人，对方接受后生效。"))
        return redirect("leave:stand_in_list")
    shown = [(one, _actions(request.user, one)) for one in rows[:MOST_SHOWN]]
    context = {"form": form, "rows": shown, "on": timezone.localdate()}
    return render(request, "leave/stand_in_list.html", context)


@require_POST
def accept(request: SignedInRequest, pk: int) -> HttpResponse:
    """The deputy agrees."""
    row = get_object_or_404(stand_ins_seen_by(request.user), pk=pk)
    if attempt_button(request, lambda: services.accept(row, **acting(request))):
        messages.success(request, _("已接受代批。"))
    return redirect("leave:stand_in_list")


@require_POST
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    """Declined, given back or taken back."""
    row = get_object_or_404(stand_ins_seen_by(request.user), pk=pk)
    if attempt_button(request, lambda: services.end(row, **acting(request))):
        messages.success(request, _("已终止。"))
    return redirect("leave:stand_in_list")


def _actions(user: User, row: StandIn) -> tuple[str, ...]:
    if row.closed_at is not None:
        return ()
    is_deputy = row.deputy_id == user.pk
    accepts = ("accept",) if is_deputy and row.accepted_at is None else ()
    return (*accepts, "end")


def _form(request: SignedInRequest) -> StandInForm:
    """Offices for which the account decides by itself, and the accounts of these offices."""
    offices = [
        (f"{role}:{unit.pk}", labelled_by(unit.name, str(role.label)))
        for role, unit in offices_held(request.user)
    ]
    return StandInForm(request.POST or None, offices=offices, accounts=colleagues_of(request.user))


def _named(request: SignedInRequest, form: StandInForm) -> StandIn | None:
    held = {f"{role}:{unit.pk}": (unit, role) for role, unit in offices_held(request.user)}
    return attempt(
        form,
        lambda: services.name_stand_in(
            *held[form.cleaned_data["office"]],
            deputy=form.cleaned_data["deputy"],
            starts_on=form.cleaned_data["starts_on"],
            ends_on=form.cleaned_data["last_on"],
            **acting_today(request),
        ),
    )
