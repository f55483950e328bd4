"""Lock the lists and draw; afterwards somebody falls out, and the next stands in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from secondment.accounts.http import SignedInRequest, acting, acting_today
from secondment.appraisals import services
from secondment.appraisals.blockers import blockers_of_freeze, draws_by_chance, paper_name, prepared
from secondment.appraisals.draws import current_digest, record_of
from secondment.appraisals.errors import AppraisalError
from secondment.appraisals.forms import FreezeForm, ReplaceForm
from secondment.appraisals.links import n_voting
from secondment.appraisals.queries import raters_visible_to
from secondment.appraisals.rules import require_may_manage
from secondment.appraisals.services.locking import require_state
from secondment.appraisals.small_groups import warning_of
from secondment.appraisals.states import FROZEN, TRANSITIONS
from secondment.appraisals.views.found import found, managed
from secondment.audit.services import record_export
from secondment.common.attempts import attempt
from secondment.common.downloads import download


def appraisal_freeze(request: SignedInRequest, pk: int) -> HttpResponse:
    """The digest to publish, what blocks, and the seed."""
    appraisal = managed(request, pk)
    require_state(appraisal, TRANSITIONS["freeze"][0])
    ready = prepared(appraisal)
    digest = current_digest(appraisal)
    form = FreezeForm(request.POST or None, initial={"digest": digest})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = attempt(form, lambda: services.freeze_appraisal(appraisal, **given, **acting_today(request)))
        if done is not None:
            messages.success(request, _("名单已锁定，参评人员已抽定。抽取记录可以下载核验。"))
            return redirect("appraisals:paper_list", pk)
    small = [(one, n_voting(ready, one)) for one in ready.papers]
    context = {
        "appraisal": appraisal,
        "form": form,
        "digest": digest,
        "draws": draws_by_chance(appraisal, ready),
        "blockers": blockers_of_freeze(appraisal, request.user, ready),
        "small": [
            (paper_name(one), warning_of(one.group, n)) for one, n in small if n and warning_of(one.group, n)
        ],
        "n_voting": sum(n for _paper, n in small),
    }
    return render(request, "appraisals/appraisal_freeze.html", context)


@require_GET
def draw_record(request: SignedInRequest, pk: int) -> HttpResponse:
    """The record of the draw, which anyone can repeat; it holds all lists, so the department hands it out."""
    appraisal = managed(request, pk)
    if appraisal.frozen_on is None:
        raise AppraisalError(_("名单尚未锁定，没有抽取记录。"))
    content = record_of(appraisal)
    record_export("appraisal.export_draw", appraisal, n=1, **acting(request))
    name = _("%(name)s抽取记录") % {"name": appraisal.name}
    return download(content, f"{name}.json")


def rater_replace(request: SignedInRequest, pk: int) -> HttpResponse:
    """Somebody falls out, with a reason."""
    entry = get_object_or_404(raters_visible_to(request.user), pk=pk)
    appraisal = found(request, entry.paper.appraisal_id)
    require_may_manage(request.user, appraisal)
    require_state(appraisal, frozenset({FROZEN}))
    form = ReplaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        change = attempt(form, lambda: services.replace_rater(entry, reason=reason, **acting_today(request)))
        if change is not None:
            if change.joined:
                words = _("“%(left)s”退出，由“%(joined)s”递补。")
                messages.success(request, words % {"left": change.left.name, "joined": change.joined.name})
            else:
                words = _("“%(left)s”退出。名单上没有可递补的人，参评人数减少一人。")
                messages.warning(request, words % {"left": change.left.name})
            return redirect("appraisals:roster", entry.paper_id)
    context = {"form": form, "entry": entry, "appraisal": appraisal, "name": paper_name(entry.paper)}
    return render(request, "appraisals/rater_replace.html", context)
