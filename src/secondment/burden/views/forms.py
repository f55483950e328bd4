"""The list of forms, one form, and the yearly review."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from secondment.accounts.http import SignedInRequest, acting_today, exporting
from secondment.burden import services, view_models
from secondment.burden.choices import Verdict
from secondment.burden.forms import ReviewForm
from secondment.burden.lists import FORMS, read_words, verdict_words
from secondment.burden.queries import let_through_lately, reviews_of, visible_to
from secondment.burden.register_lines import Line, lines
from secondment.burden.rules import may_ask, may_govern
from secondment.common.attempts import attempt
from secondment.common.errors import require


def form_list(request: SignedInRequest) -> HttpResponse:
    """Everything that the system asks of anybody: whoever is signed in may read it."""
    found = lines(timezone.localdate())
    context = {
        "sums": view_models.sums(found),
        "speeds": view_models.speeds(),
        "let_through": let_through_lately(),
        "may_govern": may_govern(request.user),
        "may_see_requests": may_ask(request.user) or visible_to(request.user).exists(),
    }
    return FORMS.respond(
        request,
        found,
        "burden/form_list.html",
        context,
        on_export=exporting(request, "burden.export", request.user),
    )


def form_detail(request: SignedInRequest, code: str) -> HttpResponse:
    """One form, with the arithmetic of its minutes."""
    line = _found(code)
    context = {
        "line": line,
        "facts": view_models.form_facts(line),
        "arithmetic": view_models.arithmetic(line),
        "speeds": view_models.speeds(),
        "reviews": reviews_of(code),
        "may_govern": may_govern(request.user),
    }
    return render(request, "burden/form_detail.html", context)


def review(request: SignedInRequest) -> HttpResponse:
    """The yearly review: what nobody opened is proposed to be given up; a person decides."""
    require(may_govern(request.user))
    found = lines(timezone.localdate())
    groups = [
        (_("建议取消：上一年无人查阅"), [one for one in found if one.is_unread]),
        (_("尚无查阅数据"), [one for one in found if one.n_read is None]),
        (
            _("有人查阅，或上一年没有发生"),
            [one for one in found if not one.is_unread and one.n_read is not None],
        ),
    ]
    shown = [(title, [(one, read_words(one), verdict_words(one)) for one in rows]) for title, rows in groups]
    return render(request, "burden/review.html", {"groups": shown})


def form_review(request: SignedInRequest, code: str) -> HttpResponse:
    """Keep it with a reason, or give it up."""
    require(may_govern(request.user))
    line = _found(code)
    usual = Verdict.ABOLISH if line.is_unread else Verdict.KEEP
    form = ReviewForm(request.POST or None, initial={"verdict": usual})
    if request.method == "POST" and form.is_valid():
        verdict, reason = Verdict(form.cleaned_data["verdict"]), form.cleaned_data["reason"]
        done = attempt(
            form, lambda: services.review_form(code, verdict, reason=reason, **acting_today(request))
        )
        if done is not None:
            messages.success(request, _("已登记复核决定。"))
            return redirect("burden:review")
    return render(request, "burden/form_review.html", {"line": line, "form": form})


def _found(code: str) -> Line:
    line = next((one for one in lines(timezone.localdate()) if one.form.code == code), None)
    if line is None:
        raise Http404
    return line
