"""Pages of forms on paper."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting, acting_today, exporting
from secondment.common.attempts import attempt
from secondment.common.components import Tab
from secondment.common.downloads import download
from secondment.common.listing.selection import selected_keys
from secondment.documents.choices import PaperState
from secondment.documents.forms import FilingForm, PlaceForm
from secondment.documents.papers.kinds import PaperKind, kind_of
from secondment.documents.papers.lists import PAPERS
from secondment.documents.papers.queries import current, filed_by, for_list, versions
from secondment.documents.papers.services import file_paper, list_paper, read_scan, store_papers
from secondment.documents.papers.slots import STATUS

SENT = "sent"  # the form itself, not only the chosen rows, was sent


def paper_list(request: SignedInRequest) -> HttpResponse:
    """What the reader's offices have to have stamped and to put away."""
    return PAPERS.respond(
        request,
        for_list(filed_by(request.user)),
        "documents/paper_list.html",
        {"tabs": _tabs(request)},
        on_export=exporting(request, "paper.export", request.user),
    )


def paper(request: SignedInRequest, code: str, key: int) -> HttpResponse:
    """The form of one object on paper: what was filed, and a place to file."""
    kind, row = _found(request, code, key)
    now = current(kind, key)
    may_file = kind.may_file(request.user, row)
    initial = {"place": now.place, "replaces": now.pk} if now else {}
    form = FilingForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        filed = attempt(form, lambda: file_paper(kind, row, **form.cleaned_data, **acting_today(request)))
        if filed is not None:
            messages.success(request, _("已登记，原有登记保留在下方。"))
            return redirect("documents:paper", code, key)
    context = {
        "kind": kind,
        "key": key,
        "subject": kind.subject_of(row),
        "office": kind.office_of(row),
        "page_url": kind.page_of(request.user, row),
        "paper": now,
        "status": STATUS[now.state] if now else "idle",
        "versions": versions(kind, key),
        "form": form,
        "may_file": may_file,
    }
    return render(request, "documents/paper.html", context)


@require_POST
def paper_expect(request: SignedInRequest, code: str, key: int) -> HttpResponse:
    """A form was printed and waits for the seal."""
    kind, row = _found(request, code, key)
    list_paper(kind, row, **acting_today(request))
    messages.success(request, _("已列入待盖章。"))
    return redirect("documents:paper", code, key)


def paper_scan(request: SignedInRequest, code: str, key: int, version: int) -> HttpResponse:
    """The stamped scan of one version."""
    kind, _row = _found(request, code, key)
    found = get_object_or_404(versions(kind, key), pk=version, scan__isnull=False)
    content = read_scan(found, **acting(request))
    return download(content, found.scan.name if found.scan else "")


@require_POST
def papers_store(request: SignedInRequest) -> HttpResponse:
    """Where the chosen papers are kept."""
    keys = selected_keys(request)
    papers = list(for_list(filed_by(request.user)).filter(pk__in=keys))
    if len(papers) != len(keys):
        raise Http404
    form = PlaceForm(request.POST if SENT in request.POST else None)
    if SENT in request.POST and form.is_valid():
        store_papers(papers, **form.cleaned_data, **acting(request))
        n = len(papers)
        text = ngettext("已登记 %(n)d 份的存放处。", "已登记 %(n)d 份的存放处。", n)
        messages.success(request, text % {"n": n})
        return redirect("documents:paper_list")
    return render(request, "documents/papers_store.html", {"form": form, "papers": papers})


def _found(request: SignedInRequest, code: str, key: int) -> tuple[PaperKind, Any]:
    """The form and its object, which the reader may see."""
    kind = kind_of(code)
    if kind is None:
        raise Http404
    row = get_object_or_404(kind.visible_to(request.user), pk=key)
    if kind.key_of(row) != key:
        raise Http404
    return kind, row


def _tabs(request: SignedInRequest) -> list[Tab]:
    here, state = reverse("documents:paper_list"), request.GET.get("state", "")
    named = [Tab(choice.label, f"{here}?state={choice}", is_current=state == choice) for choice in PaperState]
    return [Tab(_("全部"), here, is_current=not state), *named]
