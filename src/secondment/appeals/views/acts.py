"""File, extend, decide, take back, sign for."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting, acting_today
from secondment.appeals import services
from secondment.appeals.choices import AppealKind
from secondment.appeals.clocks import BASIS, most_extension, windows_of
from secondment.appeals.forms import ExtensionForm, FilingForm, OutcomeForm, ReceiptForm
from secondment.appeals.models import Appeal
from secondment.appeals.queries import filed_against, results_visible_to
from secondment.appeals.rules import is_own, may_file, may_handle, may_withdraw
from secondment.appeals.services.filing import page_of
from secondment.appeals.views.appeals import found
from secondment.common.attempts import attempt
from secondment.common.errors import require


def appeal_new(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """Ask for a review, or lodge an appeal, against one result."""
    if kind not in AppealKind.values:
        raise Http404
    grade = get_object_or_404(results_visible_to(request.user), pk=pk)
    require(may_file(request.user, grade))
    asked, on, own = AppealKind(kind), timezone.localdate(), is_own(request.user, grade)
    form = FilingForm(request.POST or None, is_own=own, initial={"filed_on": on})
    if request.method == "POST" and form.is_valid():
        filed = form.filed(on)
        made = attempt(form, lambda: services.file_appeal(grade, asked, **filed, **acting_today(request)))
        if made is not None:
            words = _("已提出，%(office)s应在 %(day)s 前决定。")
            messages.success(request, words % {"office": made.office.name, "day": made.due_on})
            return redirect("appeals:appeal_detail", made.pk)
    window = next(
        (w for w in windows_of(grade, filed_against([grade]).get(grade.pk, {})) if w.kind == asked), None
    )
    note = _("法定最后一日：%(day)s。") % {"day": window.last} if window else ""
    back = reverse("assessments:my_results") if own else _evaluation(grade.evaluation_id)
    title = _("申请复核") if asked == AppealKind.REVIEW else _("提出申诉")
    return _act(request, form, title, _("提交"), note, str(grade.evaluation), back)


def appeal_extend(request: SignedInRequest, pk: int) -> HttpResponse:
    """An appeal whose case is complicated takes longer."""
    appeal = found(request, pk)
    require(may_handle(request.user, appeal))
    most = most_extension(appeal.kind, appeal.grade.evaluation.placement)
    form = ExtensionForm(request.POST or None, initial={"days": most})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = attempt(form, lambda: services.extend_appeal(appeal, **given, **acting_today(request)))
        if done is not None:
            messages.success(request, _("已延长至 %(day)s，本人会收到消息。") % {"day": done.due_on})
            return redirect("appeals:appeal_detail", pk)
    note = _("案情复杂的可以延长一次，最多 %(n)d 天，并告知本人。") % {"n": most}
    return _act(request, form, _("延长办理"), _("延长"), note, str(appeal), page_of(appeal))


def appeal_decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """What other people than the first deciders decided."""
    appeal = found(request, pk)
    require(may_handle(request.user, appeal))
    category = appeal.grade.evaluation.person.category
    form = OutcomeForm(
        request.POST or None,
        category=category,
        versions=services.to_issue(appeal.grade),
        initial={"decided_on": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: services.decide_appeal(appeal, form.verdict(), **acting_today(request)))
        if done is not None:
            messages.success(request, _decided_words(done))
            return redirect("appeals:appeal_detail", pk)
    note = _("由未参加原决定的人员决定；更正、撤销等次的，另由第二个账号复核后生效。")
    return _act(request, form, _("登记决定"), _("登记"), note, str(appeal), page_of(appeal))


@require_POST
def appeal_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """The person takes it back."""
    services.withdraw_appeal(found(request, pk), **acting(request))
    messages.success(request, _("已撤回；在法定期限内可以再次提出。"))
    return redirect("appeals:appeal_detail", pk)


def outcome_receive(request: SignedInRequest, pk: int) -> HttpResponse:
    """The person has read the decision; or signed it on paper on some day."""
    appeal = found(request, pk)
    require(may_withdraw(request.user, appeal))
    on, own = timezone.localdate(), is_own(request.user, appeal.grade)
    form = ReceiptForm({"received_on": on} if own else request.POST or None, initial={"received_on": on})
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        done = attempt(form, lambda: services.receive_outcome(appeal, **given, **acting_today(request)))
        if done is not None:
            messages.success(request, _("已签收。"))
            return redirect("appeals:appeal_detail", pk)
    note = _("本人在纸质决定上签字的日期；不服复核的申诉期限从这一天起算。")
    return _act(request, form, _("登记签收"), _("登记"), note, str(appeal), page_of(appeal))


def _decided_words(appeal: Appeal) -> str:
    if appeal.correction_id:
        return _("决定已登记，本人会收到消息；等次的更正须由另一账号在“年度考核”中复核后生效。")
    return _("决定已登记，本人会收到消息。")


def _evaluation(pk: int) -> str:
    return reverse("assessments:evaluation_detail", args=[pk])


def _act(
    request: SignedInRequest, form: Any, title: str, submit: str, note: str, about: str, back: str
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "submit": submit,
        "note": note,
        "basis": BASIS,
        "about": about,
        "back": back,
    }
    return render(request, "appeals/act.html", context)
