"""The result in plain words, with its working, for the person and for the department."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from secondment.accounts.http import SignedInRequest, acting
from secondment.appeals import telling, telling_parts
from secondment.appeals.composites import working_of
from secondment.appeals.documents import result_notice
from secondment.appeals.explained import Explained, explain
from secondment.appeals.queries import recomputed_of, results_visible_to
from secondment.appeals.rules import is_own, may_recompute
from secondment.appeals.sheets import FORMS, form_bytes
from secondment.assessments.view_models import result_facts
from secondment.audit.services import record_export
from secondment.common.components import Fact
from secondment.common.downloads import download
from secondment.common.errors import require
from secondment.documents.official import letter_bytes


def result(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was asked, by how many, what they said, and why the number is what it is; once the grade is in force."""
    grade = get_object_or_404(results_visible_to(request.user), pk=pk)
    found, working = explain(grade), working_of(grade)
    context = {
        "grade": grade,
        "facts": [*result_facts(grade), *_version_facts(found)],
        "explained": found,
        "working": working,
        "sentences": telling.everything(found, working),
        "parts": telling_parts.part_lines(working) if working else [],
        "gates": telling_parts.gate_lines(working) if working else [],
        "groups": telling.group_lines(found) if found else [],
        "rules": telling.rule_lines(found) if found else [],
        "forms": FORMS.items() if may_recompute(request.user, grade) else (),
        "is_own": is_own(request.user, grade),
        "may_recompute": (found or working) and may_recompute(request.user, grade),
        "recomputed": recomputed_of(request.user, grade),
    }
    return render(request, "appeals/result.html", context)


@require_GET
def notice(request: SignedInRequest, pk: int) -> HttpResponse:
    """The same in writing, as a Word document to be signed for."""
    grade = get_object_or_404(results_visible_to(request.user), pk=pk)
    letter = result_notice(grade, explain(grade), working_of(grade))
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


def _version_facts(found: Explained | None) -> list[Fact]:
    """Which version this is, where it is not the first."""
    version = found.version if found else None
    if version is None or version.number is None:
        return []
    words = _("第 %(n)d 版，摘要 %(digest)s") % {"n": version.number, "digest": version.digest[:16]}
    return [Fact(_("得分版本"), words)]
