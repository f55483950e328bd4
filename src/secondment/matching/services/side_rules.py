"""Set, change and remove the side rules of a campaign; runs keep a copy, so earlier runs are not touched."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.campaigns.models import Campaign, CampaignPost
from secondment.common.versions import lock_version
from secondment.matching.choices import SideRuleKind
from secondment.matching.errors import SideRuleError
from secondment.matching.models import SideRule
from secondment.matching.rules import require_may_set_rules
from secondment.matching.services.reviewing import lock_reviewed
from secondment.matching.side_rules.handing_over import check_handover
from secondment.matching.side_rules.kinds import KINDS
from secondment.matching.side_rules.spec import Places


@transaction.atomic
def add_side_rule(
    campaign: Campaign, kind: SideRuleKind, values: Mapping[str, Any], *, by: User, at: dt.datetime
) -> SideRule:
    """A further rule for every later run of the campaign."""
    _open(campaign, by=by)
    check_values(kind, values)
    _check_new(campaign, kind, values)
    _check_dates(campaign, kind, values)
    rule = SideRule.objects.create(
        campaign=campaign, kind=kind, values=dict(values), created_by=by, created_at=at
    )
    _note_down("side_rule.add", rule, by=by, at=at)
    return rule


@transaction.atomic
def change_side_rule(
    rule: SideRule, values: Mapping[str, Any], *, version: int | None, by: User, at: dt.datetime
) -> SideRule:
    """Other figures for a rule."""
    _open(rule.campaign, by=by)
    locked = lock_version(rule, version=version)
    check_values(SideRuleKind(rule.kind), values)
    _check_new(rule.campaign, SideRuleKind(rule.kind), values, besides=rule.pk)
    _check_dates(rule.campaign, SideRuleKind(rule.kind), values)
    locked.values = dict(values)
    locked.save()
    _note_down("side_rule.change", locked, by=by, at=at)
    return locked


@transaction.atomic
def remove_side_rule(rule: SideRule, *, by: User, at: dt.datetime) -> None:
    """Later runs do not know the rule."""
    _open(rule.campaign, by=by)
    _note_down("side_rule.remove", rule, by=by, at=at)
    rule.delete()


def check_values(kind: SideRuleKind, values: Mapping[str, Any]) -> None:
    """Refuse figures that ask nothing, or contradict each other."""
    if fault := KINDS[kind].fault(values):
        raise SideRuleError(fault)


def check_rules(campaign: Campaign) -> None:
    """Refuse rules that cannot be kept as teams and dates stand now; they may have changed since a rule was set."""
    _check_teams(campaign)
    for rule in SideRule.objects.filter(campaign=campaign, kind=SideRuleKind.OVERLAP):
        _check_dates(campaign, SideRuleKind.OVERLAP, rule.values)


def _check_teams(campaign: Campaign) -> None:
    """Teams can be kept only where every post of a team takes one person."""
    of_teams = [kind for kind, one in KINDS.items() if one.places is Places.TEAMS]
    if not SideRule.objects.filter(campaign=campaign, kind__in=of_teams).exists():
        return
    crowded = (
        CampaignPost.objects.filter(campaign=campaign, post__headcount__gt=1)
        .exclude(team="")
        .select_related("post__host_unit")
        .first()
    )
    if crowded is not None:
        raise SideRuleError(
            _(
                "“%(post)s”在编组中，但需要 %(n)d 人；编组的岗位须每岗 1 人。请移出编组或修改岗位人数后重新计算。"
            )
            % {"post": crowded, "n": crowded.post.headcount}
        )


def _open(campaign: Campaign, *, by: User) -> None:
    require_may_set_rules(by, campaign)
    lock_reviewed(campaign)


def _check_new(campaign: Campaign, kind: SideRuleKind, values: Mapping[str, Any], besides: int = 0) -> None:
    """The same rule is not set twice."""
    others = SideRule.objects.filter(campaign=campaign, kind=kind).exclude(pk=besides)
    if any(one.values == dict(values) for one in others):
        raise SideRuleError(_("已有一条相同的附加规则。"))


def _check_dates(campaign: Campaign, kind: SideRuleKind, values: Mapping[str, Any]) -> None:
    """An overlap that the dates alone rule out."""
    if kind is SideRuleKind.OVERLAP:
        check_handover(campaign, values["days"], values["least"])


def _note_down(action: str, rule: SideRule, *, by: User, at: dt.datetime) -> None:
    details = {"kind": rule.kind, "values": rule.values}
    record(action, rule, by=by, at=at, details=details)
