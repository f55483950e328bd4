"""Programmes and their versions."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from secondment.accounts.http import SignedInRequest, acting_today
from secondment.campaigns.choices import RuleMode
from secondment.campaigns.eligibility_rules import RULES
from secondment.campaigns.eligibility_rules.rule import Rule, Text
from secondment.campaigns.forms.programmes import ProgrammeForm
from secondment.campaigns.models import ProgrammeVersion
from secondment.campaigns.parameter_lines import differences, lines_of, value_lines
from secondment.campaigns.parameter_readers import is_rule_in_use
from secondment.campaigns.parameters import RuleParameters
from secondment.campaigns.parameters_json import from_json
from secondment.campaigns.ports import cost_of_change
from secondment.campaigns.queries import programmes_visible_to, running_under, versions_visible_to
from secondment.campaigns.rules import (
    may_publish_programmes,
    may_read_programmes,
    require_may_publish_programmes,
)
from secondment.campaigns.services.programmes import latest_version, publish_version
from secondment.common.components import Status
from secondment.common.errors import require

MODE_STATUS: dict[str, Status] = {"block": "bad", "warn": "warn", "off": "idle"}


def programme_list(request: SignedInRequest) -> HttpResponse:
    """Every programme with its current version and running campaigns."""
    require(may_read_programmes(request.user), _("挂职项目由组织部门管理。"))
    programmes = programmes_visible_to(request.user).prefetch_related("versions__campaigns")
    rows = [
        (programme, versions[0], sum(len(version.campaigns.all()) for version in versions))
        for programme in programmes
        if (versions := list(programme.versions.all()))
    ]
    return render(request, "campaigns/programme_list.html", {"rows": rows})


def programme_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """The version in force, rule by rule, and the history."""
    programme = get_object_or_404(programmes_visible_to(request.user), pk=pk)
    context = _version_context(latest_version(programme))
    versions = programme.versions.select_related("published_by").prefetch_related("campaigns")
    return render(
        request,
        "campaigns/programme_detail.html",
        {**context, "versions": versions, "may_publish": may_publish_programmes(request.user)},
    )


def version_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One version, with its differences from the one before."""
    version = get_object_or_404(versions_visible_to(request.user), pk=pk)
    before = version.programme.versions.filter(number=version.number - 1).first()
    changes = differences(from_json(before.parameters), from_json(version.parameters)) if before else []
    context = {**_version_context(version), "before": before, "changes": changes}
    return render(request, "campaigns/version_detail.html", context)


SEEN = "costs_seen"  # the page that was sent showed what the change costs


def programme_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Publish the next version; running campaigns keep theirs."""
    programme = get_object_or_404(programmes_visible_to(request.user), pk=pk)
    require_may_publish_programmes(request.user)
    latest = latest_version(programme)
    form = ProgrammeForm(
        request.POST or None,
        current=from_json(latest.parameters),
        initial={"based_on": latest.number},
    )
    costs = cost_of_change(latest, form.parameters) if request.method == "POST" and form.is_valid() else []
    if request.method == "POST" and form.is_valid() and (not costs or SEEN in request.POST):
        version = publish_version(
            programme,
            form.parameters,
            note=form.cleaned_data["note"],
            based_on=form.cleaned_data["based_on"],
            **acting_today(request),
        )
        messages.success(request, _("已发布第 %(n)d 版，新建批次将使用新版。") % {"n": version.number})
        return redirect("campaigns:programme_detail", pk=programme.pk)
    context = {
        "programme": programme,
        "latest": latest,
        "form": form,
        "n_running": running_under(programme).count(),
        "costs": costs,
    }
    return render(request, "campaigns/programme_edit.html", context)


def _version_context(version: ProgrammeVersion) -> dict[str, object]:
    parameters = from_json(version.parameters)
    general = [line for line in lines_of(parameters) if not line.path.startswith("rules.")]
    rules = [_rule_line(definition, parameters.rules[definition.code]) for definition in RULES]
    return {"programme": version.programme, "version": version, "general": general, "rules": rules}


def _rule_line(definition: Rule, rule: RuleParameters) -> dict[str, object]:
    mode, kind = _mode_of(definition, rule)
    return {
        "code": definition.code,
        "title": definition.title,
        "help": definition.help,
        "mode": mode,
        "mode_kind": kind,
        "stage": definition.carried_out,
        "values": list(value_lines(definition, rule.values)),
        "basis": rule.basis,
        "is_confirmed": rule.is_confirmed,
    }


def _mode_of(definition: Rule, rule: RuleParameters) -> tuple[Text, Status]:
    """How the rule takes effect; not yet in use where nothing reads it."""
    if not is_rule_in_use(definition):
        return _("尚未启用"), "idle"
    if definition.check is None and rule.mode == RuleMode.BLOCK:
        return _("执行"), "info"
    return RuleMode(rule.mode).label, MODE_STATUS[rule.mode]
