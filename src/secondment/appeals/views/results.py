"""The result in plain words, with its working, for the person and for the department."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from secondment.accounts.http import SignedInRequest, acting
from secondment.appeals import telling
from secondment.appeals.documents import result_notice
from secondment.appeals.explained import explain
from secondment.appeals.queries import recomputed_of, results_visible_to
from secondment.appeals.rules import is_own, may_recompute
from secondment.appeals.sheets import FORMS, form_bytes
from secondment.assessments.view_models import result_facts
from secondment.audit.services import record_export
from secondment.common.downloads import download
from secondment.common.errors import require
from secondment.documents.official import letter_bytes


def result(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was asked, by how many, what they said, and why the number is what it is; once the grade is in force."""
    grade = get_object_or_404(results_visible_to(request.user), pk=pk)
    found = explain(grade)
    context = {
        "grade": grade,
        "facts": result_facts(grade),
        "explained": found,
        "sentences": telling.sentences(found) if found else [],
        "groups": telling.group_lines(found) if found else [],
        "left_out": telling.left_out(found) if found else (),
        "rules": telling.rule_lines(found) if found else [],
        "forms": FORMS.items() if may_recompute(request.user, grade) else (),
        "is_own": is_own(request.user, grade),
        "may_recompute": found is not None and may_recompute(request.user, grade),
        "recomputed": recomputed_of(request.user, grade),
    }
    return render(request, "appeals/result.html", context)


@require_GET
def notice(request: SignedInRequest, pk: int) -> HttpResponse:
    """The same in writing, as a Word document to be signed for."""
    grade = get_object_or_404(results_visible_to(request.user), pk=pk)
    letter = result_notice(grade, explain(grade))
    record_export("appeal.export_notice", grade.evaluation, **acting(request))
    return download(letter_bytes(letter), f"{letter.title}（{grade.evaluation.person.name}）.docx")


@require_GET
def form(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Form F12, F14 or F15 of one person, filled from the records."""
    if code not in FORMS:
        raise Http404
    grade = get_object_or_404(results_visible_to(request.user), pk=pk)
    require(may_recompute(request.user, grade))
    content = form_bytes(code, grade, explain(grade))
    record_export("appeal.export_form", grade.evaluation, **acting(request))
    return download(content, f"{FORMS[code]}（{grade.evaluation.person.name}）.docx")
