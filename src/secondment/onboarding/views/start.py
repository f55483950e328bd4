"""The first run of an empty installation: each address leads to the step that is due."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secondment.accounts.choices import ADMINISTRATOR_ROLES
from secondment.accounts.http import client_address
from secondment.common.addresses import public_address
from secondment.common.components import Fact, Step, steps_to
from secondment.common.sentences import listed
from secondment.onboarding.begun import has_begun
from secondment.onboarding.errors import HalvesError, StartCodeError, StartLostError
from secondment.onboarding.models import Beginning
from secondment.onboarding.ports import presets
from secondment.onboarding.services.beginning import FirstFacts
from secondment.onboarding.services.first_run import (
    PendingKey,
    claim,
    forget_slips,
    half_name,
    held_by,
    keep_facts,
    kept_facts,
    pending_key,
    propose_key,
    slips_of,
)
from secondment.onboarding.services.first_run import finish as finish_first_run
from secondment.onboarding.start_forms import CodeForm, FactsForm, RowsForm, initial_of
from secondment.units.choices import UnitKind, UnitLevel
from secondment.units.queries import regions_named

HOLDER = "first_run"
View = Callable[..., HttpResponse]


@login_not_required
def index(request: HttpRequest) -> HttpResponse:
    """The step that is due; without the start code only the page that asks for it."""
    if has_begun():
        return _slips(request)
    row = held_by(_holder(request))
    if row is None:
        return _code(request)
    key, draft = pending_key(row), kept_facts(row)
    if draft is None:
        return redirect("start:facts")
    if key is None:
        context = {"facts": _shown(draft), "steps": _steps(1)}
        return render(request, "onboarding/start_review.html", context)
    return _rows(request, RowsForm(key=key), key)


def _holders(view: View) -> View:
    """The view, for the browser that holds the first run; whoever comes too late or from elsewhere sees the step that is due."""

    @login_not_required
    @wraps(view)
    def checked(request: HttpRequest) -> HttpResponse:
        row = held_by(_holder(request))
        if has_begun() or row is None:
            return redirect("start:index")
        try:
            return view(request, row)
        except StartLostError:  # finished, or taken over, between two clicks
            return redirect("start:index")

    return checked


@_holders
def facts(request: HttpRequest, row: Beginning) -> HttpResponse:
    """Units, administrators, programmes; may be changed until the end."""
    draft = kept_facts(row)
    form = FactsForm(request.POST or None, initial=initial_of(draft) if draft else None)
    if request.method == "POST" and form.is_valid():
        keep_facts(_holder(request), form.facts())
        return redirect("start:index")
    return render(request, "onboarding/start_facts.html", {"form": form, "steps": _steps(0)})


@require_POST
@_holders
def key(request: HttpRequest, _row: Beginning) -> HttpResponse:
    """Both halves of a fresh recovery key, shown in this one answer."""
    halves = propose_key(_holder(request))
    context = {"halves": [(half_name(half.side), half) for half in halves], "steps": _steps(1)}
    return render(request, "onboarding/start_key.html", context)


@require_POST
@_holders
def finish(request: HttpRequest, row: Beginning) -> HttpResponse:
    """Begin, once both rows are right."""
    pending = pending_key(row)
    if pending is None:
        return redirect("start:index")
    form = RowsForm(request.POST, key=pending)
    if form.is_valid():
        try:
            finish_first_run(_holder(request), form.typed(), at=timezone.now())
        except HalvesError as error:
            form.add_error(None, str(error))
        else:
            return redirect("start:index")
    return _rows(request, form, pending)


@require_POST
@login_not_required
def done(request: HttpRequest) -> HttpResponse:
    """The slips are printed: forget them, and sign in."""
    if not slips_of(_holder(request), at=timezone.now()):
        raise Http404
    forget_slips()
    return redirect("accounts:sign_in")


def _code(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            request.session[HOLDER] = claim(
                form.cleaned_data["code"], address=client_address(request), at=timezone.now()
            )
        except StartCodeError as error:
            form.add_error("code", str(error))
        else:
            return redirect("start:index")
    return render(request, "onboarding/start_code.html", {"form": form})


def _rows(request: HttpRequest, form: RowsForm, pending: PendingKey) -> HttpResponse:
    context = {"form": form, "mark": pending.mark, "steps": _steps(2)}
    return render(request, "onboarding/start_rows.html", context)


def _slips(request: HttpRequest) -> HttpResponse:
    slips = slips_of(_holder(request), at=timezone.now())
    if not slips:
        raise Http404
    context = {"slips": slips, "address": public_address(request), "steps": _steps(3)}
    return render(request, "onboarding/start_slips.html", context)


def _holder(request: HttpRequest) -> str:
    return str(request.session.get(HOLDER, ""))


def _steps(current: int) -> list[Step]:
    labels = [_("填写启用信息"), _("打印恢复密钥"), _("核对恢复密钥"), _("打印三员账号单")]
    return steps_to(current, labels)


def _shown(draft: FirstFacts) -> list[Fact]:
    region = regions_named([draft.region or ""]).get(draft.region or "")
    names = dict(presets().choices())
    people: list[Any] = [
        Fact(role.label, f"{name} {username}")
        for role, (username, name) in zip(ADMINISTRATOR_ROLES, draft.pairs, strict=True)
    ]
    return [
        Fact(_("本单位名称"), draft.organisation),
        Fact(_("单位类别"), UnitKind(draft.kind).label),
        Fact(_("单位层级"), UnitLevel(draft.level).label),
        Fact(_("所在区划"), region or ""),
        Fact(_("组织部门名称"), draft.department),
        *people,
        Fact(_("挂职项目"), listed(names[code] for code in draft.programmes or ())),
    ]
