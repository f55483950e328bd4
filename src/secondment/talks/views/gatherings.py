"""Trainings and meetings: the list, one of them, and what the organiser does with it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting, acting_today, exporting
from secondment.accounts.scopes import has_role
from secondment.common.attempts import attempt, attempt_button
from secondment.common.components import Fact
from secondment.common.errors import require
from secondment.common.sentences import listed
from secondment.placements.ports import absences_of
from secondment.talks import services
from secondment.talks.choices import GatheringState
from secondment.talks.gathering_forms import CancelForm, ChangeForm, MaterialForm, PlanForm
from secondment.talks.gathering_lists import STATUS, gathering_list, people_list
from secondment.talks.gatherings import for_list, invitations_seen_by, materials_of, visible_to
from secondment.talks.models import Gathering
from secondment.talks.queries import offices_of
from secondment.talks.rules import acts_for_offices, may_organise
from secondment.talks.services.gathering import Told
from secondment.talks.views.overview import READERS, talk_tabs


@dataclass(frozen=True)
class Met:
    """A training or meeting as this reader meets it."""

    gathering: Gathering
    organises: bool


def gatherings(request: SignedInRequest) -> HttpResponse:
    """Those of one's offices, and those to which somebody one answers for is invited."""
    require(has_role(request.user, *READERS))
    plans = acts_for_offices(request.user)
    return gathering_list(is_organiser=plans).respond(
        request,
        for_list(visible_to(request.user)),
        "talks/gathering_list.html",
        {"plans": plans, "tabs": talk_tabs("gatherings")},
        on_export=exporting(request, "gathering.export", request.user),
    )


def gathering_new(request: SignedInRequest) -> HttpResponse:
    """Plan one; people are chosen on the page that follows."""
    offices = offices_of(request.user)
    require(bool(offices), _("培训座谈由接收单位、派出单位和组织部门登记。"))
    form = PlanForm(request.POST or None, offices=offices)
    if request.method == "POST" and form.is_valid():
        unit, side = form.organiser
        made = attempt(
            form, lambda: services.plan_gathering(form.new, unit=unit, side=side, **acting_today(request))
        )
        if made is not None:
            messages.success(request, _("已登记。请选择参加人员。"))
            return redirect("talks:people_choose", made.pk)
    return render(request, "talks/gathering_new.html", {"form": form})


def gathering_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """When, where, who and with which material; who came, once it is over."""
    return shown(request, met(request, pk))


def shown(
    request: SignedInRequest, now: Met, *, cancel: CancelForm | None = None, file: MaterialForm | None = None
) -> HttpResponse:
    """The page, with the form that was refused as it was typed."""
    one, on = now.gathering, timezone.localdate()
    rows = invitations_seen_by(request.user, one, organises=now.organises).select_related("gathering")
    n_all = one.invitations.count()
    n_seen = n_all if now.organises else rows.count()
    leave = absences_of(list(rows.values_list("placement_id", flat=True)), one.starts_on, one.ends_on)
    context = {
        "gathering": one,
        "facts": _facts(one),
        "status": STATUS[one.state],
        "organises": now.organises,
        "n_others": n_all - n_seen,
        "has_people": n_all > 0,
        "n_on_leave": len(leave) if now.organises and one.is_open else 0,
        "materials": materials_of(one),
        "may_send": now.organises and one.state == GatheringState.PLANNED and one.last_day >= on,
        "may_close": now.organises and one.state != GatheringState.CANCELLED and one.is_over(on),
        "cancel_form": cancel or CancelForm(auto_id="id_cancel_%s"),
        "material_form": file or MaterialForm(auto_id="id_material_%s"),
    }
    return people_list(one, leave, organises=now.organises).respond(
        request,
        rows,
        "talks/gathering_detail.html",
        context,
        on_export=exporting(request, "gathering.export_people", one),
    )


def gathering_change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Another day, place or content; whoever was told already is told."""
    one = organised(request, pk)
    form = ChangeForm(request.POST or None, initial=ChangeForm.initial_of(one))
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        told = attempt(
            form,
            lambda: services.change_gathering(one, form.new, version=version, **acting_today(request)),
        )
        if told is not None:
            messages.success(request, _("已保存。"))
            tell(request, told)
            return redirect("talks:gathering_detail", pk)
    return render(request, "talks/gathering_change.html", {"form": form, "gathering": one})


@require_POST
def gathering_send(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everybody is told."""
    one = organised(request, pk)
    told = attempt_button(request, lambda: services.send_gathering(one, **acting_today(request)))
    if told is not None:
        tell(request, told)
    return redirect("talks:gathering_detail", pk)


@require_POST
def gathering_cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """It is called off."""
    one = organised(request, pk)
    form = CancelForm(request.POST, auto_id="id_cancel_%s")
    told = None
    if form.is_valid():
        words = form.cleaned_data["words"]
        told = attempt(form, lambda: services.cancel_gathering(one, words=words, **acting(request)))
    if told is not None:
        messages.success(request, _("已取消。"))
        tell(request, told)
        return redirect("talks:gathering_detail", pk)
    return shown(request, Met(one, organises=True), cancel=form)


@require_POST
def gathering_reinstate(request: SignedInRequest, pk: int) -> HttpResponse:
    """It takes place after all."""
    one = organised(request, pk)
    told = attempt_button(request, lambda: services.reinstate_gathering(one, **acting(request)))
    if told is not None:
        messages.success(request, _("已恢复。"))
        tell(request, told)
    return redirect("talks:gathering_detail", pk)


def met(request: SignedInRequest, pk: int) -> Met:
    """The training or meeting, if the reader may know of it."""
    one = get_object_or_404(visible_to(request.user).select_related("unit"), pk=pk)
    return Met(one, may_organise(request.user, one))


def organised(request: SignedInRequest, pk: int) -> Gathering:
    """One that the reader's office organises."""
    now = met(request, pk)
    require(now.organises, _("只有主办单位可以办理。"))
    return now.gathering


def tell(request: SignedInRequest, told: Told) -> None:
    """How many were told, and who has to be called."""
    if told.n:
        messages.success(request, ngettext("已通知 %(n)d 人。", "已通知 %(n)d 人。", told.n) % {"n": told.n})
    if told.without_account:
        names = listed(told.without_account)
        messages.warning(request, _("没有可用账号、须另行通知：%(names)s") % {"names": names})


def _facts(one: Gathering) -> list[Fact]:
    facts: list[tuple[Any, Any]] = [
        (_("活动类型"), one.get_kind_display()),
        (_("日期"), one.days),
        (_("时间"), one.hours),
        (_("地点"), one.place),
        (_("主办单位"), one.unit.name),
        (_("联系人"), one.contact),
    ]
    found = [Fact(label, value) for label, value in facts if value]
    wide = [(_("内容安排"), one.agenda), (_("取消原因"), one.cancel_words)]
    return [*found, *(Fact(label, value, is_wide=True) for label, value in wide if value)]
