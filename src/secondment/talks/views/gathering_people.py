"""Who is on the list of a training or meeting, who came, and its material."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from secondment.accounts.http import SignedInRequest, acting, acting_today
from secondment.common.attempts import attempt, attempt_button
from secondment.common.downloads import download
from secondment.common.listing.selection import back_to_list, selected_keys
from secondment.placements.ports import absences_of
from secondment.placements.queries import for_list
from secondment.talks import services
from secondment.talks.gathering_forms import AttendanceForm, MaterialForm
from secondment.talks.gathering_lists import candidate_list, has_left
from secondment.talks.gatherings import PEOPLE, invitable, materials_visible_to
from secondment.talks.models import Gathering, Invitation, Material
from secondment.talks.views.gatherings import Met, organised, shown, tell


def people_choose(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everybody whom the office may invite, by campaign, county, unit and name."""
    one = organised(request, pk)
    rows = for_list(invitable(one), timezone.localdate())
    return candidate_list(one).respond(request, rows, "talks/people_choose.html", {"gathering": one})


@require_POST
def people_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take the chosen people onto the list; how many are on it already, or cannot come, is said."""
    one = organised(request, pk)
    keys = selected_keys(request)
    rows = invitable(one).filter(pk__in=keys)
    chosen = list(rows.select_related(*(name.removeprefix("placement__") for name in PEOPLE)))
    done = attempt_button(request, lambda: services.invite(one, chosen, **acting(request)))
    if done is not None:
        n, told = done
        messages.success(request, ngettext("已列入 %(n)d 人。", "已列入 %(n)d 人。", n) % {"n": n})
        tell(request, told)
        if len(chosen) < len(keys):
            left = _("另有 %(n)d 人已在名单中，或不能参加，没有列入。") % {"n": len(keys) - len(chosen)}
            messages.warning(request, left)
    return back_to_list(request, "talks:people_choose", pk)


@require_POST
def people_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take the chosen people off the list."""
    one = organised(request, pk)
    chosen = list(one.invitations.filter(pk__in=selected_keys(request)))
    n = attempt_button(request, lambda: services.uninvite(one, chosen, **acting(request)))
    if n is not None:
        messages.success(request, ngettext("已移出 %(n)d 人。", "已移出 %(n)d 人。", n) % {"n": n})
    return back_to_list(request, "talks:gathering_detail", pk)


def attendance(request: SignedInRequest, pk: int) -> HttpResponse:
    """A reason for each who did not come; everybody else did."""
    one = organised(request, pk)
    rows = one.invitations.select_related("gathering", *PEOPLE)
    people = list(rows.order_by("placement__host_unit__path", "placement__person__name_key", "pk"))
    form = AttendanceForm(
        request.POST or None,
        people=people,
        proposed=_proposed(one, people),
        initial={"version": one.version},
    )
    if request.method == "POST" and form.is_valid():
        version, absences = form.cleaned_data["version"], form.absences()
        n = attempt(
            form,
            lambda: services.record_attendance(one, absences, version=version, **acting_today(request)),
        )
        if n is not None:
            words = _("已登记：到会 %(came)d 人，未到会 %(absent)d 人。")
            messages.success(request, words % {"came": len(people) - n, "absent": n})
            return redirect("talks:gathering_detail", pk)
    return render(request, "talks/attendance.html", {"form": form, "gathering": one})


@require_POST
def attendance_reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    """The list was wrong."""
    one = organised(request, pk)
    if attempt_button(request, lambda: services.reopen_attendance(one, **acting(request))):
        messages.success(request, _("已撤回到会登记，可以改名单。"))
    return redirect("talks:gathering_detail", pk)


@require_POST
def material_keep(request: SignedInRequest, pk: int) -> HttpResponse:
    """A file more."""
    one = organised(request, pk)
    form = MaterialForm(request.POST, request.FILES, auto_id="id_material_%s")
    kept = None
    if form.is_valid():
        file = form.cleaned_data["file"]
        kept = attempt(
            form,
            lambda: services.keep_material(one, file.name, file.read(), file.content_type, **acting(request)),
        )
    if kept is not None:
        messages.success(request, _("已上传。"))
        return redirect("talks:gathering_detail", pk)
    return shown(request, Met(one, organises=True), file=form)


@require_POST
def material_drop(request: SignedInRequest, pk: int) -> HttpResponse:
    """Nobody is shown it any more."""
    material = _found(request, pk)
    organised(request, material.gathering_id)
    services.drop_material(material, **acting(request))
    messages.success(request, _("已移除，原件保留备查。"))
    return redirect("talks:gathering_detail", material.gathering_id)


@require_GET
def material_read(request: SignedInRequest, pk: int) -> HttpResponse:
    """The file as it was uploaded, for everybody who sees the training or meeting."""
    material = _found(request, pk)
    return download(services.read_material(material, **acting(request)), material.file.name)


def _found(request: SignedInRequest, pk: int) -> Material:
    return get_object_or_404(materials_visible_to(request.user), pk=pk)


def _proposed(one: Gathering, people: list[Invitation]) -> dict[int, str]:
    """What the system knows already, while nobody has said who came."""
    if not one.is_open:
        return {}
    leave = absences_of([row.placement_id for row in people], one.starts_on, one.ends_on)
    found = {row.pk: _("请假") for row in people if row.placement_id in leave}
    return found | {row.pk: _("挂职已结束") for row in people if has_left(row)}
