"""Budgets of roles, what a programme costs, and what is let through."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.http import SignedInRequest, acting
from secondment.burden import services, view_models
from secondment.burden.budgets import budgets
from secondment.burden.choices import ROLES
from secondment.burden.forms import BudgetForm, LetThroughForm
from secondment.burden.rules import may_govern
from secondment.campaigns.models import Programme
from secondment.campaigns.queries import programmes_visible_to
from secondment.campaigns.services.programmes import latest_version
from secondment.common.attempts import attempt
from secondment.common.errors import require


def budget_list(request: SignedInRequest) -> HttpResponse:
    """The budget of each role beside what the duties of a year take: whoever is signed in may read it."""
    context = {
        "rows": view_models.budget_rows(),
        "speeds": view_models.speeds(),
        "may_govern": may_govern(request.user),
    }
    return render(request, "burden/budget_list.html", context)


def budget_set(request: SignedInRequest, role: str) -> HttpResponse:
    """Another number of minutes for a role."""
    require(may_govern(request.user))
    if role not in [one.value for one in ROLES]:
        raise Http404
    asked = Role(role)
    form = BudgetForm(request.POST or None, initial={"minutes": budgets()[asked]})
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: services.set_budget(asked, **form.cleaned_data, **acting(request)))
        if done is not None:
            messages.success(request, _("已设定预算。"))
            return redirect("burden:budget_list")
    title = _("%(role)s的预算") % {"role": asked.label}
    return render(request, "burden/act.html", {"form": form, "title": title, "back": "burden:budget_list"})


def programme_cost(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the version in force of a programme asks of each role."""
    programme = _programme(request, pk)
    version = latest_version(programme)
    context = {
        "programme": programme,
        "version": version,
        "cost": view_models.programme_cost(version),
        "speeds": view_models.speeds(),
        "may_govern": may_govern(request.user),
    }
    return render(request, "burden/programme_cost.html", context)


def let_through(request: SignedInRequest, pk: int) -> HttpResponse:
    """A leader lets the programme ask for more than the budget."""
    require(may_govern(request.user))
    programme = _programme(request, pk)
    initial = {name: request.GET.get(name, "") for name in ("role", "minutes")}
    form = LetThroughForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = {**form.cleaned_data, "role": Role(form.cleaned_data["role"])}
        done = attempt(form, lambda: services.let_through(programme, **data, **acting(request)))
        if done is not None:
            messages.success(request, _("已登记放行，可以重新发布。"))
            return redirect("burden:programme_cost", pk)
    title = _("登记放行：%(programme)s") % {"programme": programme.name}
    return render(request, "burden/act.html", {"form": form, "title": title, "back": "burden:form_list"})


def _programme(request: SignedInRequest, pk: int) -> Programme:
    found: Programme = get_object_or_404(programmes_visible_to(request.user), pk=pk)
    return found
