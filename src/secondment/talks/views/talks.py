"""Record a talk, look at it, print its form."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from secondment.accounts.http import SignedInRequest, acting, acting_today
from secondment.audit.services import record_export
from secondment.common.attempts import attempt
from secondment.common.components import Fact
from secondment.common.downloads import download
from secondment.common.errors import require
from secondment.common.keys import number_in
from secondment.documents.papers import slots_for
from secondment.placements.models import Placement
from secondment.talks import services
from secondment.talks.choices import TalkKind
from secondment.talks.forms import ClosingForm, FollowUpForm, TalkForm, WordsForm
from secondment.talks.lists import ITEM_STATUS, people_words
from secondment.talks.models import FollowUp
from secondment.talks.papers import RECORD
from secondment.talks.queries import candidates, offices_of
from secondment.talks.rules import is_open, may_close
from secondment.talks.sheets import TALK_FORM, talk_sheet
from secondment.talks.views.finding import Seen, seen


def talk_new(request: SignedInRequest) -> HttpResponse:
    """One entry, for one person or many."""
    offices = offices_of(request.user)
    require(bool(offices), _("谈话由接收单位、派出单位和组织部门登记。"))
    rows = candidates(request.user).select_related("person", "host_unit", "home_unit", "owner_unit")
    chosen = [number_in(text) for text in request.GET.getlist("placement")]
    kind = request.GET.get("kind", TalkKind.HEART)
    initial = {"held_on": timezone.localdate(), "kind": kind, "placements": chosen}
    form = TalkForm(
        request.POST or None,
        placements=rows.order_by("person__name_key", "pk"),
        offices=offices,
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        talk = attempt(form, lambda: services.record_talk(form.new, **acting_today(request)))
        if talk is not None:
            messages.success(request, _("已登记谈话。"))
            return redirect("talks:talk_detail", talk.pk)
    return render(request, "talks/talk_new.html", {"form": form})


def talk_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """That it took place, with whom, and what follows; points for those who may read them."""
    return shown(request, seen(request, pk))


def shown(
    request: SignedInRequest, now: Seen, *, item: FollowUpForm | None = None, words: WordsForm | None = None
) -> HttpResponse:
    """The page, with the form that was refused as it was typed."""
    talk = now.talk
    context = {
        "talk": talk,
        "facts": _facts(now),
        "points": talk.points if now.reads_points else "",
        "reads_points": now.reads_points,
        "items": [_item(request, one, now.everybody) for one in talk.items],  # type: ignore[attr-defined]
        "people": talk.seen,  # type: ignore[attr-defined]
        "n_others": talk.n_people - len(talk.seen),  # type: ignore[attr-defined]
        "changes": now.changes,
        "slots": slots_for(request.user, [(RECORD, talk)]) if now.reads_points else [],
        "item_form": item or FollowUpForm(placements=now.everybody, auto_id="id_item_%s"),
        "words_form": words or WordsForm(auto_id="id_withdraw_%s"),
    }
    return render(request, "talks/talk_detail.html", context)


def _facts(now: Seen) -> list[Fact]:
    talk = now.talk
    facts = [
        Fact(_("谈话日期"), talk.held_on),
        Fact(_("谈话类型"), talk.get_kind_display()),
        Fact(_("谈话单位"), talk.unit.name),
        Fact(_("谈话人"), talk.talker),
        Fact(_("谈话对象"), people_words(talk)),
        Fact(_("登记方式"), talk.get_source_display()),
    ]
    withdrawn = Fact(_("撤销理由"), talk.withdrawn_words, is_wide=True)
    return [*facts, withdrawn] if talk.is_withdrawn else facts


def _item(
    request: SignedInRequest, item: FollowUp, everybody: list[Placement]
) -> tuple[FollowUp, str, str, bool, bool, ClosingForm]:
    """An item, what its state is called, its colour, whether the reader closes or opens it, and the form for that."""
    people = [one for one in everybody if item.placement_id in (None, one.pk)]
    acts = may_close(request.user, item, people)
    is_late = item.is_late(timezone.localdate())
    words = _("已逾期") if is_late else str(item.get_state_display())
    colour = "bad" if is_late else ITEM_STATUS[item.state]
    form = ClosingForm(auto_id=f"id_close_{item.pk}_%s")
    return item, words, colour, acts and is_open(item), acts and item.closed_on is not None, form


@require_GET
def talk_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Form F10 as a Word file; points for those who may read them."""
    now = seen(request, pk)
    talk = now.talk
    people = [*talk.people.select_related("placement__person", "placement__host_unit", "placement__post")]
    shown_people = {one.pk for one in talk.seen}  # type: ignore[attr-defined]
    record_export("talk.print", talk, **acting(request))
    sheet = talk_sheet(
        talk,
        [one for one in people if one.pk in shown_people],
        talk.items,  # type: ignore[attr-defined]
        reads_points=now.reads_points,
    )
    return download(TALK_FORM.fill(sheet), f"谈话记录（{talk.held_on}）.docx")
