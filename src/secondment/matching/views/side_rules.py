"""The side rules of a campaign: see, add, change, remove."""

from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from secondment.accounts.http import SignedInRequest, acting
from secondment.campaigns.models import Campaign
from secondment.common.attempts import attempt
from secondment.matching.choices import LockKind, SideRuleKind
from secondment.matching.forms import VersionForm
from secondment.matching.pair_form import PairForm
from secondment.matching.queries import campaigns_visible_to, locks_visible_to, side_rules_visible_to
from secondment.matching.rules import can_match, require_may_set_rules
from secondment.matching.services.pairs import decide_pair
from secondment.matching.services.runs import reference_of
from secondment.matching.services.side_rules import (
    add_side_rule,
    change_side_rule,
    remove_side_rule,
)
from secondment.matching.side_rules.forms import FORMS, form_for
from secondment.matching.side_rules.kinds import KINDS
from secondment.matching.side_rules.preview import pair_sentence, preview_pair, preview_rule
from secondment.matching.side_rules.reading import couples_of, teams_of
from secondment.matching.side_rules.reports import sentences_of


@dataclass(frozen=True)
class KindLine:
    """A kind of rule that can be added."""

    kind: SideRuleKind | LockKind
    explanation: Promise


OF_PAIRS = (
    KindLine(LockKind.LOCK, gettext_lazy("某人选必须安排到某岗位，计算时保留；须写明理由，结果写明其代价。")),
    KindLine(LockKind.FORBID, gettext_lazy("某人选不得安排到某岗位；须写明理由。")),
)


@require_GET
def side_rule_list(request: SignedInRequest, pk: int) -> HttpResponse:
    """The rules in force, what they apply to now, and those that can be added."""
    campaign = get_object_or_404(campaigns_visible_to(request.user), pk=pk)
    rules = sentences_of(side_rules_visible_to(request.user).filter(campaign=campaign))
    set_kinds = {rule.kind for rule, _sentence in rules}
    context = {
        "campaign": campaign,
        "rules": [(rule, sentence, rule.kind in FORMS) for rule, sentence in rules],
        "kinds": [
            *(
                KindLine(kind, KINDS[kind].explanation)
                for kind in SideRuleKind
                if kind in FORMS or kind not in set_kinds
            ),
            *OF_PAIRS,
        ],
        "pairs": [
            (lock, pair_sentence(LockKind(lock.kind), lock.nomination, lock.campaign_post))
            for lock in locks_visible_to(request.user).filter(campaign=campaign).order_by("pk")
        ],
        "can_match": can_match(request.user, campaign),
        "teams": teams_of(campaign),
        "couples": couples_of(campaign),
    }
    return render(request, "matching/side_rule_list.html", context)


def side_rule_add(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """Fill in the figures of a new rule; a kind without figures is added directly."""
    campaign = get_object_or_404(campaigns_visible_to(request.user), pk=pk)
    require_may_set_rules(request.user, campaign)
    if kind in LockKind.values:
        return _pair_add(request, campaign, LockKind(kind))
    wanted = _asked(kind)
    form = form_for(wanted, campaign, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        add = partial(add_side_rule, campaign, wanted, form.values(), **acting(request))
        if attempt(form, add):
            messages.success(request, _("已添加附加规则。以后的计算都会遵守。"))
            return redirect("matching:side_rule_list", campaign.pk)
    return _form_page(request, campaign, KindLine(wanted, KINDS[wanted].explanation), form)


@require_POST
def side_rule_preview(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """The fragment next to the form: whom the rule is about, and what the present plan gives."""
    campaign = get_object_or_404(campaigns_visible_to(request.user), pk=pk)
    require_may_set_rules(request.user, campaign)
    plan = reference_of(campaign)
    context: dict[str, object] = {"plan": plan}
    if kind in LockKind.values:
        pair = PairForm(request.POST, campaign=campaign)
        pair.is_valid()
        nomination, post = (pair.cleaned_data.get(name) for name in ("nomination", "post"))
        if nomination and post:
            context["preview"] = preview_pair(LockKind(kind), nomination, post, plan)
    else:
        wanted = _asked(kind)
        form = form_for(wanted, campaign, request.POST)
        if form.is_valid():
            context["preview"] = preview_rule(campaign, wanted, form.values(), plan)
    return render(request, "matching/_side_rule_preview.html", context)


def _asked(kind: str) -> SideRuleKind:
    if kind not in SideRuleKind.values:
        raise Http404
    return SideRuleKind(kind)


def _pair_add(request: SignedInRequest, campaign: Campaign, kind: LockKind) -> HttpResponse:
    """Lock or forbid one pair, before or after a plan."""
    form = PairForm(request.POST if request.method == "POST" else None, campaign=campaign)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        decide = partial(decide_pair, data["nomination"], data["post"], kind, reason=data["reason"])
        if attempt(form, partial(decide, **acting(request))):
            messages.success(request, _("已保存。以后的计算都会遵守。"))
            return redirect("matching:side_rule_list", campaign.pk)
    line = next(one for one in OF_PAIRS if one.kind == kind)
    return _form_page(request, campaign, line, form)


def side_rule_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change the figures of a rule."""
    rule = get_object_or_404(side_rules_visible_to(request.user), pk=pk)
    require_may_set_rules(request.user, rule.campaign)
    kind = SideRuleKind(rule.kind)
    if kind not in FORMS:
        raise Http404
    form = form_for(kind, rule.campaign, request.POST if request.method == "POST" else None, rule)
    edit = VersionForm(request.POST if request.method == "POST" else None, initial={"version": rule.version})
    if request.method == "POST" and form.is_valid() and edit.is_valid():
        version = edit.cleaned_data["version"]
        change = partial(change_side_rule, rule, form.values(), version=version, **acting(request))
        if attempt(form, change):
            messages.success(request, _("已修改附加规则。已有的计算结果不受影响。"))
            return redirect("matching:side_rule_list", rule.campaign_id)
    return _form_page(request, rule.campaign, KindLine(kind, KINDS[kind].explanation), form, edit)


@require_POST
def side_rule_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Later runs do not know the rule."""
    rule = get_object_or_404(side_rules_visible_to(request.user), pk=pk)
    campaign = rule.campaign_id
    remove_side_rule(rule, **acting(request))
    messages.success(request, _("已删除附加规则。已有的计算结果不受影响。"))
    return redirect("matching:side_rule_list", campaign)


def _form_page(
    request: SignedInRequest,
    campaign: Campaign,
    line: KindLine,
    form: object,
    edit: VersionForm | None = None,
) -> HttpResponse:
    context = {
        "campaign": campaign,
        "kind": line.kind,
        "explanation": line.explanation,
        "form": form,
        "edit": edit,
    }
    return render(request, "matching/side_rule_form.html", context)
