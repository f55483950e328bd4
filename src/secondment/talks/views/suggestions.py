"""Write a letter under one's name, read and answer letters."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secondment.accounts.choices import BUSINESS_ROLES
from secondment.accounts.http import SignedInRequest, acting_today, exporting
from secondment.accounts.scopes import has_role
from secondment.common.attempts import attempt
from secondment.common.errors import require
from secondment.common.keys import number_in
from secondment.talks import letters, services
from secondment.talks.choices import SuggestionState
from secondment.talks.desks import desks_for, discipline_desks, nameable_by
from secondment.talks.letters import may_answer, may_read
from secondment.talks.models import Suggestion
from secondment.talks.suggestion_forms import AnswerForm, SuggestionForm
from secondment.talks.suggestion_lists import SUGGESTIONS


def suggestion_list(request: SignedInRequest) -> HttpResponse:
    """One's own letters and those of one's offices; late ones by office."""
    require(has_role(request.user, *BUSINESS_ROLES))
    on = timezone.localdate()
    return SUGGESTIONS.respond(
        request,
        letters.with_names(letters.visible_to(request.user), request.user, on),
        "talks/suggestion_list.html",
        {"late": letters.late_by_office(request.user, on)},
        on_export=exporting(request, "suggestion.export", request.user),
    )


def suggestion_new(request: SignedInRequest) -> HttpResponse:
    """A letter under one's name."""
    require(has_role(request.user, *BUSINESS_ROLES))
    form = SuggestionForm(
        request.POST or None,
        desks=desks_for(request.user),
        people=nameable_by(request.user),
        initial={"about": number_in(request.GET.get("placement", ""))},
    )
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {name: form.cleaned_data.get(name) for name in ("category", "text", "about")}
        letter = attempt(form, lambda: services.suggest(form.chosen, **given, **acting_today(request)))
        if letter is not None:
            messages.success(request, _("已送达，答复后您会收到消息。"))
            return redirect("talks:suggestion_detail", letter.pk)
    return render(
        request, "talks/suggestion_new.html", {"form": form, "has_discipline": bool(discipline_desks())}
    )


def suggestion_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """A letter and its answer; of one to discipline others see that it was passed on."""
    return _shown(request, _found(request, pk))


@require_POST
def suggestion_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """The office answers."""
    letter = _found(request, pk)
    require(may_answer(request.user, letter), _("意见建议由受理单位或其上级组织部门答复。"))
    form = AnswerForm(request.POST, letter=letter, people=nameable_by(request.user))
    answered = None
    if form.is_valid():
        given = form.cleaned_data
        answered = attempt(form, lambda: services.answer(letter, **given, **acting_today(request)))
    if answered is not None:
        messages.success(request, _("已答复。"))
        return redirect("talks:suggestion_detail", pk)
    return _shown(request, letter, form)


def _found(request: SignedInRequest, pk: int) -> Suggestion:
    rows = letters.visible_to(request.user).select_related(
        "unit", "sent_by", "answered_by", "about__person", "about__host_unit"
    )
    return get_object_or_404(rows, pk=pk)


def _shown(request: SignedInRequest, letter: Suggestion, form: AnswerForm | None = None) -> HttpResponse:
    answers = may_answer(request.user, letter) and letter.state == SuggestionState.WAITING
    context = {
        "letter": letter,
        "is_open": may_read(request.user, letter),
        "is_late": letter.is_late(timezone.localdate()),
        "answers": answers,
        "form": form or AnswerForm(letter=letter, people=nameable_by(request.user)),
    }
    return render(request, "talks/suggestion_detail.html", context)
