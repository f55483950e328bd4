"""Pages of work teams, provisional party branches and liaison groups."""

from collections.abc import Sequence

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting, acting_today, exporting
from secondment.common.attempts import attempt
from secondment.common.errors import require
from secondment.common.keys import number_in
from secondment.common.sentences import listed
from secondment.placements.group_forms import DissolveForm, GroupChangeForm, GroupForm, JoinForm, MessageForm
from secondment.placements.group_lists import GROUPS, MEETING, members_list
from secondment.placements.groups import (
    addressees_of,
    for_list,
    groups_visible_to,
    leads,
    may_write_to,
    meeting_of,
    members_for,
    oversees,
    teams_of,
)
from secondment.placements.imports import owner_of
from secondment.placements.models import Placement, PlacementGroup
from secondment.placements.queries import campaigns_of
from secondment.placements.rules import may_group, may_manage_group, may_record_placements
from secondment.placements.services import groups as services
from secondment.placements.services.messages import Sent, write_to_group
from secondment.placements.views.endings import SENT
from secondment.placements.views.finding import chosen


def group_list(request: SignedInRequest) -> HttpResponse:
    """Groups the reader has to do with; for clerks also teams of campaigns that could be one."""
    context = {"may_make": may_record_placements(request.user), "teams": teams_of(request.user)}
    rows = for_list(groups_visible_to(request.user))
    on_export = exporting(request, "group.export", request.user)
    return GROUPS.respond(request, rows, "placements/group_list.html", context, on_export=on_export)


def group_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One group: who belongs to it and how to reach them; the leader reads what each of them does."""
    group, on = _found(request, pk), timezone.localdate()
    with_duties = oversees(request.user, group) or leads(request.user, group, on)
    may_manage = may_manage_group(request.user, group) and group.dissolved_on is None
    return members_list(with_duties=with_duties).respond(
        request,
        members_for(request.user, group, on),
        "placements/group_detail.html",
        {"group": group, "may_manage": may_manage, "may_write": may_write_to(request.user, group, on)},
        on_export=exporting(request, "group.export", group),
    )


def group_meeting(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who comes to a meeting: to be looked at, printed or taken as Excel; nobody signs in on it."""
    group = _found(request, pk)
    return MEETING.respond(
        request,
        meeting_of(request.user, group, timezone.localdate()),
        "placements/group_meeting.html",
        {"group": group},
        on_export=exporting(request, "group.export_meeting", group),
    )


def group_write(request: SignedInRequest, pk: int) -> HttpResponse:
    """One message to every member in post."""
    group, on = _found(request, pk), timezone.localdate()
    require(may_write_to(request.user, group, on))
    form = MessageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sent = attempt(form, lambda: write_to_group(group, **form.cleaned_data, **acting_today(request)))
        if sent is not None:
            _tell(request, sent)
            return redirect("placements:group_detail", pk)
    people = [placement.person for placement in addressees_of(group, on)]
    return render(request, "placements/group_write.html", {"form": form, "group": group, "people": people})


def group_create(request: SignedInRequest) -> HttpResponse:
    """Found a group; people are taken into it from the list."""
    require(may_record_placements(request.user))
    form = GroupForm(request.POST or None, initial={"founded_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        owner = owner_of(request.user)
        made = attempt(
            form, lambda: services.make_group(**form.cleaned_data, owner=owner, **acting_today(request))
        )
        if made is not None:
            messages.success(request, _("已成立。请在“挂职干部”勾选人员，点“编入工作队”。"))
            return redirect("placements:group_detail", made.pk)
    return render(request, "placements/group_create.html", {"form": form})


def group_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Name, leader, deputies, and who leaves."""
    group = _managed(request, pk)
    form = GroupChangeForm(request.POST or None, group=group)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        saved = attempt(
            form,
            lambda: services.change_group(
                group, data["name"], data["kind"], form.roles(), version=data["version"], **acting(request)
            ),
        )
        if saved is not None:
            messages.success(request, _("已保存。"))
            return redirect("placements:group_detail", pk)
    return render(request, "placements/group_edit.html", {"form": form, "group": group})


def group_dissolve(request: SignedInRequest, pk: int) -> HttpResponse:
    """End a group with a day."""
    group = _managed(request, pk)
    form = DissolveForm(request.POST or None, group=group, on=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form, lambda: services.dissolve_group(group, **form.cleaned_data, **acting_today(request))
        )
        if done is not None:
            messages.success(request, _("已撤销，成员名单保留备查。"))
            return redirect("placements:group_detail", pk)
    return render(request, "placements/group_dissolve.html", {"form": form, "group": group})


@require_POST
def group_of_team(request: SignedInRequest) -> HttpResponse:
    """A group of a campaign's team, by one click."""
    rows = campaigns_of(request.user).select_related("owner_unit")
    campaign = get_object_or_404(rows, pk=number_in(request.POST.get("campaign", "")))
    group = services.make_group_of_team(campaign, request.POST.get("team", ""), **acting_today(request))
    return redirect("placements:group_detail", group.pk)


@require_POST
def placements_join(request: SignedInRequest) -> HttpResponse:
    """Take the chosen people into a group, or found one of them."""
    placements = chosen(request)
    for one in placements:
        require(may_group(request.user, one))
    is_sent = SENT in request.POST
    form = JoinForm(request.POST if is_sent else None, user=request.user)
    if is_sent and form.is_valid():
        group = attempt(form, lambda: _join(request, form, placements))
        if group is not None:
            return redirect("placements:group_detail", group.pk)
    return render(request, "placements/placements_join.html", {"form": form, "placements": placements})


def _tell(request: SignedInRequest, sent: Sent) -> None:
    messages.success(request, ngettext("已发给 %(n)d 人。", "已发给 %(n)d 人。", sent.n) % {"n": sent.n})
    if sent.without_account:
        names = listed(sent.without_account)
        messages.warning(request, _("没有可用账号、须另行通知：%(names)s") % {"names": names})


def _join(request: SignedInRequest, form: JoinForm, placements: Sequence[Placement]) -> PlacementGroup:
    with transaction.atomic():
        group = form.chosen or services.make_group(
            form.cleaned_data["name"],
            form.cleaned_data["kind"],
            owner=owner_of(request.user),
            founded_on=timezone.localdate(),
            **acting_today(request),
        )
        n = services.add_members(group, placements, **acting(request))
    messages.success(request, ngettext("已编入 %(n)d 人。", "已编入 %(n)d 人。", n) % {"n": n})
    return group


def _found(request: SignedInRequest, pk: int) -> PlacementGroup:
    return get_object_or_404(groups_visible_to(request.user).select_related("owner_unit"), pk=pk)


def _managed(request: SignedInRequest, pk: int) -> PlacementGroup:
    """A standing group that the reader may change; a dissolved one has no such page any more."""
    group = _found(request, pk)
    require(may_manage_group(request.user, group))
    if group.dissolved_on is not None:
        raise Http404
    return group
