"""Word files: receipts of arrival (F5), and changes of the term (F16) that are asked for or were decided on."""

import uuid
from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting, acting_today
from secondment.audit.services import record_export
from secondment.common.downloads import download
from secondment.common.errors import require
from secondment.common.sentences import listed
from secondment.documents.uploads import uploads_of
from secondment.people.rules import may_export_form
from secondment.placements.models import Placement
from secondment.placements.queries import for_appointment_forms, latest_changes, visible_to
from secondment.placements.services import Change
from secondment.placements.services.appointment_forms import (
    FILLED_AT_ONCE,
    fill_forms,
    forms_name,
    open_forms,
    request_forms,
)
from secondment.placements.sheets import (
    ARRIVAL_FORM,
    TERM_CHANGE,
    TermChangeSheet,
    arrival_sheet,
    has_receipt,
    term_change_sheet,
)
from secondment.placements.views.finding import chosen, found

Printed = Sequence[tuple[Placement, TermChangeSheet]]


def arrival_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """The receipt of arrival; before the arrival, for the hand to fill."""
    placement = found(request, pk)
    if not has_receipt(placement):
        raise Http404
    return _receipts(request, [placement])


@require_POST
def arrival_forms(request: SignedInRequest) -> HttpResponse:
    """The receipts of the chosen rows."""
    placements = chosen(request)
    without = [one.person.name for one in placements if not has_receipt(one)]
    if without:
        names = listed(without)
        messages.error(
            request,
            _("挂职通知尚未印发或已取消挂职，没有报到回执：%(names)s。请去掉勾选后再下载。")
            % {"names": names},
        )
        return redirect("placements:placement_list")
    return _receipts(request, placements)


def appointment_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Form F3 of one person, filled in from the decision."""
    placement = found(request, pk)
    return _approval_forms(request, [placement.pk])


@require_POST
def appointment_forms(request: SignedInRequest) -> HttpResponse:
    """Form F3 of the chosen rows, in one file; many are filled by a background job."""
    return _approval_forms(request, [one.pk for one in chosen(request)])


def forms_file(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """The file that a background job has filled, for the account that asked for it."""
    stored = get_object_or_404(uploads_of(request.user), pk=key)
    return download(open_forms(stored, at=timezone.now()), stored.name)


def _approval_forms(request: SignedInRequest, keys: Sequence[int]) -> HttpResponse:
    placements = list(for_appointment_forms(visible_to(request.user).filter(pk__in=keys)))
    for one in placements:
        require(may_export_form(request.user, one.person), _("任免审批表由管理干部档案的单位填写和导出。"))
    if len(placements) > FILLED_AT_ONCE:
        job = request_forms(placements, **acting_today(request))
        return redirect("jobs:job_detail", pk=job.pk)
    content = fill_forms(placements, **acting_today(request))
    return download(content, forms_name([one.person.name for one in placements]))


def change_draft(request: SignedInRequest, placements: Sequence[Placement], change: Change) -> HttpResponse:
    """The form of a change that is asked for, a page for each person."""
    on = timezone.localdate()
    return _sent(
        request, [(one, term_change_sheet(one, change, old_ends_on=one.ends_on, on=on)) for one in placements]
    )


def change_form(request: SignedInRequest, pk: int, change: int) -> HttpResponse:
    """The form of a change that was decided on."""
    placement = found(request, pk)
    row = get_object_or_404(placement.term_changes, pk=change)
    sheet = term_change_sheet(placement, row, old_ends_on=row.old_ends_on, on=row.decided_on)
    return _sent(request, [(placement, sheet)])


@require_POST
def change_forms(request: SignedInRequest) -> HttpResponse:
    """The forms of the last change of each chosen row."""
    placements = chosen(request)
    changes = latest_changes(placements)
    without = [one.person.name for one in placements if one.pk not in changes]
    if without:
        names = listed(without)
        messages.error(request, _("没有登记过期限变更：%(names)s。请去掉勾选后再下载。") % {"names": names})
        return redirect("placements:placement_list")
    rows = [(one, changes[one.pk]) for one in placements]
    return _sent(
        request,
        [
            (one, term_change_sheet(one, row, old_ends_on=row.old_ends_on, on=row.decided_on))
            for one, row in rows
        ],
    )


def _receipts(request: SignedInRequest, placements: Sequence[Placement]) -> HttpResponse:
    for placement in placements:
        record_export("placement.print_arrival", placement, **acting(request))
    content = ARRIVAL_FORM.fill(*(arrival_sheet(one) for one in placements))
    return download(content, f"报到回执（{_who([one.person.name for one in placements])}）.docx")


def _sent(request: SignedInRequest, printed: Printed) -> HttpResponse:
    for placement, _sheet in printed:
        record_export("placement.print_change_form", placement, **acting(request))
    sheets = [sheet for _placement, sheet in printed]
    who = _who([sheet.name for sheet in sheets])
    return download(TERM_CHANGE.fill(*sheets), f"挂职{sheets[0].kind}审批表（{who}）.docx")


def _who(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]}等{len(names)}人"
