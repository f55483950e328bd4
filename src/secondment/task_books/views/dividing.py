"""The division of work, and recusal in official duties."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting, acting_today
from secondment.common.attempts import attempt, attempt_button
from secondment.common.errors import require
from secondment.task_books import services
from secondment.task_books.forms import DivisionForm, RecusalForm
from secondment.task_books.models import POWERS
from secondment.task_books.rules import is_own, may_read_facts, may_write
from secondment.task_books.view_models import current_declaration, current_division
from secondment.task_books.views.finding import found, to_book


def division_write(request: SignedInRequest, pk: int) -> HttpResponse:
    """Duties, the powers that go with them, and those expressly not given."""
    placement = found(request, pk)
    require(may_write(request.user, placement))
    standing = current_division(placement)
    initial = {
        "duties": placement.duties,
        "powers": [name for name in POWERS if standing and getattr(standing, name)],
        "not_given": standing.not_given if standing else "",
        "version": placement.version,
    }
    form = DivisionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        saved = attempt(
            form,
            lambda: services.write_division(
                placement, form.division(), version=version, **acting_today(request)
            ),
        )
        if saved is not None:
            messages.success(request, _("分工已保存，本人可以看到。"))
            return to_book(pk)
    return render(request, "task_books/division_write.html", {"form": form, "placement": placement})


@require_POST
def recusal_nothing(request: SignedInRequest, pk: int) -> HttpResponse:
    """One click on arrival."""
    placement = found(request, pk)
    require(is_own(request.user, placement))
    if attempt_button(request, lambda: services.declare_recusal(placement, **acting(request))) is not None:
        messages.success(request, _("已确认无需申报。情况有变化时，请及时补报。"))
    return to_book(pk)


def recusal_declare(request: SignedInRequest, pk: int) -> HttpResponse:
    """Something to stay out of, or a change."""
    placement = found(request, pk)
    require(is_own(request.user, placement))
    standing = current_declaration(placement)
    initial = {"matters": standing.matters, "facts": standing.facts} if standing else {}
    form = RecusalForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        saved = attempt(
            form, lambda: services.declare_recusal(placement, **form.cleaned_data, **acting(request))
        )
        if saved is not None:
            messages.success(request, _("公务回避申报已保存。"))
            return to_book(pk)
    return render(request, "task_books/recusal_declare.html", {"form": form, "placement": placement})


@require_POST
def recusal_facts(request: SignedInRequest, pk: int) -> HttpResponse:
    """The family facts in clear, once, with an event."""
    placement = found(request, pk)
    require(may_read_facts(request.user, placement))
    declaration = current_declaration(placement)
    if declaration is None or declaration.facts_sealed is None:
        raise Http404
    text = services.read_facts(declaration, **acting(request))
    context = {"declaration": declaration, "text": text, "placement": placement}
    response = render(request, "task_books/recusal_facts.html", context)
    response["Cache-Control"] = "no-store"
    return response
