"""Entry pages: values of quantitative indicators, and what is stated about gates and vetoes."""

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override
from django.views.decorators.http import require_GET

from secondment.accounts.http import SignedInRequest, acting
from secondment.accounts.models import User
from secondment.assessments.composite.correcting import correct_quantity
from secondment.assessments.composite.forms import QuantityCorrectionForm
from secondment.assessments.composite.grid import pool_tabs, quantity_lines, statement_lines
from secondment.assessments.composite.importing import import_quantities
from secondment.assessments.composite.imports import KIND, QuantityRow, read_quantities
from secondment.assessments.composite.queries import PeoplePage, correctable, people_of
from secondment.assessments.composite.services import record_quantities, state_facts
from secondment.assessments.composite.standards import Scheme, titles_of
from secondment.assessments.composite.workbooks import TITLE, quantity_workbook
from secondment.assessments.models import Register
from secondment.assessments.queries import with_names
from secondment.assessments.rules import may_open, require_may_manage
from secondment.assessments.views.found import found_register
from secondment.audit.services import record_export
from secondment.common.attempts import attempt
from secondment.common.downloads import download
from secondment.common.errors import require
from secondment.common.list_import import ListImport
from secondment.documents.views import ListPages


def quantity_grid(request: SignedInRequest, pk: int) -> HttpResponse:
    """Values of many people at once; what records propose is filled in on request and kept once somebody saves it."""
    register, people = _people(request, pk, lambda scheme: scheme.quantitative)
    takes = request.GET.get("take") == "1"
    lines = quantity_lines(request.POST or None, list(people.page), people.schemes, takes_proposals=takes)
    answer = _saved(request, register, lines, record_quantities, _quantities_saved)
    if answer is not None:
        return answer
    context = {
        "n_proposed": sum(one.proposal is not None for one in lines),
        "takes": takes,
        "title": _("量化指标"),
        "cells": "assessments/_quantity_cells.html",
        "none_title": _("没有需要填写的量化指标"),
        "none_text": _("名册中人员所用的测评标准没有量化指标，或者还没有签批。"),
    }
    return _shown(request, register, people, lines, "assessments/quantity_grid.html", context)


def statement_grid(request: SignedInRequest, pk: int) -> HttpResponse:
    """What people state about gates and vetoes, apart from every score."""
    register, people = _people(request, pk, lambda scheme: scheme.stated)
    lines = statement_lines(request.POST or None, list(people.page), people.schemes)
    answer = _saved(request, register, lines, state_facts, _statements_saved)
    if answer is not None:
        return answer
    context = {
        "title": _("门槛和一票否决"),
        "cells": "assessments/_statement_cells.html",
        "none_title": _("没有需要认定的门槛和否决事项"),
        "none_text": _("名册中人员所用的测评标准没有定性门槛和一票否决，或者还没有签批。"),
    }
    return _shown(request, register, people, lines, "assessments/statement_grid.html", context)


def quantity_correct(request: SignedInRequest, pk: int) -> HttpResponse:
    """Correct one value with a reason, also after the grade is in force."""
    mark = get_object_or_404(correctable(request.user), pk=pk)
    evaluation = mark.evaluation
    require_may_manage(request.user, evaluation.register)
    form = QuantityCorrectionForm(request.POST or None, mark=mark)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: correct_quantity(mark, **form.cleaned_data, **acting(request)))
        if done is not None:
            messages.success(request, _("已更正。原值和理由保留备查，评定表须重新计算。"))
            return redirect("assessments:evaluation_detail", evaluation.pk)
    title = titles_of([evaluation]).get((evaluation.pk, mark.indicator), mark.indicator)
    context = {
        "register": evaluation.register,
        "form": form,
        "title": _("更正量化指标值"),
        "submit": _("更正"),
        "about": f"{evaluation} · {title}",
        "note": _("只更正登记有误的值；等次需要改变的，另按更正等次办理。"),
        "back": reverse("assessments:evaluation_detail", args=[evaluation.pk]),
    }
    return render(request, "assessments/act.html", context)


@require_GET
def quantity_sheet(request: SignedInRequest, pk: int) -> HttpResponse:
    """The workbook of a register, to be filled in and imported again."""
    register = found_register(request, pk)
    require_may_manage(request.user, register)
    rows = list(with_names(register.evaluations.all()).order_by("placement__host_unit__path", "pk"))
    with override(settings.LANGUAGE_CODE):  # an official table, whoever makes it
        content = quantity_workbook(rows)
    record_export("assessment.export_quantities", register, **acting(request), n=len(rows))
    return download(content, f"{register}{TITLE}.xlsx")


@require_GET
def quantity_template(request: SignedInRequest) -> HttpResponse:
    """The empty workbook; the one of a register has its people in it."""
    PAGES.require(request.user)
    return download(quantity_workbook([]), f"{TITLE}.xlsx")


def _plan(content: bytes, *, user: User, **reading: Any) -> ListImport[QuantityRow]:
    return read_quantities(content, user=user, **reading)


PAGES = ListPages(
    title=gettext_lazy("导入量化指标汇总表"),
    list_title=gettext_lazy("年度考核"),
    list_page="assessments:register_list",
    template_page="assessments:quantity_template",
    upload_page="assessments:quantity_import",
    kind=KIND,
    require=lambda user: require(may_open(user)),
    plan=_plan,
    write=import_quantities,
    sets_aside=True,
    written=lambda n: ngettext("已写入 %(n)d 项指标值。", "已写入 %(n)d 项指标值。", n) % {"n": n},
)


def _people(
    request: SignedInRequest, pk: int, concerns: Callable[[Scheme], object]
) -> tuple[Register, PeoplePage]:
    register = found_register(request, pk)
    require_may_manage(request.user, register)
    asked = request.GET
    people = people_of(register, pool=asked.get("pool", ""), number=asked.get("page", ""), concerns=concerns)
    return register, people


def _saved(
    request: SignedInRequest,
    register: Register,
    lines: Sequence[Any],
    service: Callable[..., int],
    told: Callable[[int], str],
) -> HttpResponse | None:
    """The answer to a page that was sent and is sound; every fault is shown at once."""
    forms = [one.form for one in lines]
    is_sound = [one.is_valid() for one in forms]
    if request.method != "POST" or not forms or not all(is_sound):
        return None
    n = attempt(forms[0], lambda: service(register, [one.said() for one in forms], **acting(request)))
    if n is None:
        return None
    messages.success(request, told(n))
    keep = request.GET.copy()
    keep.pop("take", None)
    query = f"?{keep.urlencode()}" if keep else ""
    return redirect(f"{request.path}{query}")


def _quantities_saved(n: int) -> str:
    return ngettext("已保存 %(n)d 项指标值。", "已保存 %(n)d 项指标值。", n) % {"n": n}


def _statements_saved(n: int) -> str:
    return ngettext("已保存 %(n)d 项认定。", "已保存 %(n)d 项认定。", n) % {"n": n}


def _shown(
    request: SignedInRequest,
    register: Register,
    people: PeoplePage,
    lines: Sequence[Any],
    template: str,
    more: dict[str, Any],
) -> HttpResponse:
    context = {
        "register": register,
        "lines": lines,
        "page": people.page,
        "pool": people.pool,
        "tabs": pool_tabs(register, request.path, people.pool),
        "without": [one.person.name for one in people.without],
        "back": reverse("assessments:register_detail", args=[register.pk]),
        **more,
    }
    return render(request, template, context)
