"""Deputies who decide on leave while an approver is away (代批)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secondment.accounts.choices import ADMINISTRATOR_ROLES, Role
from secondment.accounts.http import SignedInRequest, acting, acting_today
from secondment.accounts.models import User
from secondment.accounts.scopes import grants, has_role, paths_of, under
from secondment.common.attempts import attempt, attempt_button
from secondment.common.errors import require
from secondment.leave import services
from secondment.leave.forms import StandInForm, labelled_by
from secondment.leave.models import StandIn
from secondment.leave.queries import stand_ins_seen_by
from secondment.leave.services.standing_in import OFFICES
from secondment.units.models import Unit

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
    held = [(role, path) for role, path in grants(request.user) if role in OFFICES]
    units = {one.path: one for one in Unit.objects.filter(path__in=[path for _role, path in held])}
    offices = [
        (f"{role}:{units[path].pk}", labelled_by(units[path].name, str(Role(role).label)))
        for role, path in held
    ]
    accounts = User.objects.filter(under("unit__path", paths_of(request.user, *OFFICES)), is_active=True)
    accounts = accounts.exclude(pk=request.user.pk).exclude(assignments__role__in=ADMINISTRATOR_ROLES)
    return StandInForm(
        request.POST or None,
        offices=offices,
        accounts=accounts.select_related("unit").order_by("name", "pk"),
    )


def _named(request: SignedInRequest, form: StandInForm) -> StandIn | None:
    role, _colon, pk = form.cleaned_data["office"].partition(":")
    return attempt(
        form,
        lambda: services.name_stand_in(
            Unit.objects.get(pk=int(pk)),
            Role(role),
            deputy=form.cleaned_data["deputy"],
            starts_on=form.cleaned_data["starts_on"],
            ends_on=form.cleaned_data["last_on"],
            **acting_today(request),
        ),
    )
