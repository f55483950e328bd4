"""Create and change campaigns."""

import datetime as dt
from dataclasses import dataclass, fields

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import covers
from secondment.algorithms.periods import full_months
from secondment.audit.services import record
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.models import Campaign, ProgrammeVersion
from secondment.campaigns.parameters_json import from_json
from secondment.campaigns.rules import may_edit
from secondment.campaigns.services.notifying import owe_nominations
from secondment.common.errors import DomainError, require
from secondment.common.versions import lock_version
from secondment.units.models import Unit


class TermTooLongError(DomainError):
    """The term is longer than any secondment of the programme may be."""


class SameNameError(DomainError):
    """The unit runs a campaign of this name already."""


class DatesError(DomainError):
    """Dates of a campaign run backwards."""


@dataclass(frozen=True)
class CampaignDraft:
    """What a campaign's form holds."""

    name: str
    purpose: str
    purpose_text: str
    plan_number: str
    nominations_from: dt.date
    nominations_until: dt.date
    starts_on: dt.date
    ends_on: dt.date
    handover_days: int = 0


@transaction.atomic
def create_campaign(
    draft: CampaignDraft,
    *,
    programme_version: ProgrammeVersion,
    owner_unit: Unit,
    by: User,
    at: dt.datetime,
) -> Campaign:
    """Begin a campaign in preparation; it keeps this version of the programme to its end."""
    require(
        covers(by, owner_unit.path, Role.ORGANISATION_DEPARTMENT), _("只能以本级组织部门的名义创建批次。")
    )
    _check_dates(draft, programme_version)
    _check_name(draft.name, owner_unit)
    weights = dict(from_json(programme_version.parameters).weights)
    campaign = Campaign(
        programme_version=programme_version, owner_unit=owner_unit, weights=weights, created_by=by
    )
    _fill(campaign, draft)
    campaign.save()
    record("campaign.create", campaign, by=by, at=at)
    return campaign


@transaction.atomic
def change_campaign(
    campaign: Campaign, draft: CampaignDraft, *, version: int, by: User, at: dt.datetime
) -> Campaign:
    """Change a campaign that is not yet under review; open obligations take the new deadline."""
    campaign = lock_version(campaign, version=version)
    require(may_edit(by, campaign), _("批次已进入审查匹配，不能再修改。需要修改的，请先退回征集推荐。"))
    _check_dates(draft, campaign.programme_version)
    if draft.name != campaign.name:
        _check_name(draft.name, campaign.owner_unit)
    changed = _fill(campaign, draft)
    campaign.save()
    if campaign.state == CampaignState.OPEN:
        for quota in campaign.quotas.select_related("home_unit"):
            owe_nominations(quota)
    record("campaign.change", campaign, by=by, at=at, details={"changed": changed})
    return campaign


def _fill(campaign: Campaign, draft: CampaignDraft) -> list[str]:
    """Copy the draft; returns the names of the fields that changed."""
    changed = []
    for one in fields(draft):
        value = getattr(draft, one.name)
        if getattr(campaign, one.name) != value:
            setattr(campaign, one.name, value)
            changed.append(one.name)
    return changed


def _check_name(name: str, owner_unit: Unit) -> None:
    """One name, one campaign: of two who begin it at the same time the second is led to the first."""
    Unit.objects.select_for_update(no_key=True).get(pk=owner_unit.pk)
    rows = Campaign.objects.filter(owner_unit=owner_unit, name=name).exclude(state=CampaignState.CANCELLED)
    if (same := rows.first()) is not None:
        raise SameNameError(
            _("%(unit)s已有同名批次“%(name)s”，没有重复建立。请打开该批次办理；确需另建的，请改用其他名称。")
            % {"unit": owner_unit.name, "name": name},
            field="name",
            way=(_("打开该批次"), reverse("campaigns:campaign_detail", args=[same.pk])),
        )


def _check_dates(draft: CampaignDraft, version: ProgrammeVersion) -> None:
    if draft.ends_on <= draft.starts_on:
        raise DatesError(_("挂职结束日期须晚于开始日期，请改正。"), field="last_day")
    if draft.nominations_until < draft.nominations_from:
        raise DatesError(_("推荐截止日期不能早于推荐开始日期，请改正。"), field="nominations_until")
    check_term(draft.starts_on, draft.ends_on, version)


def check_term(starts_on: dt.date, ends_on: dt.date, version: ProgrammeVersion) -> None:
    """Refuse a half-open term beyond the limit of the programme (rule H6)."""
    rule = from_json(version.parameters).rules["H6"]
    limit = rule.values["limit_months"]
    last_day = ends_on - dt.timedelta(days=1)
    if rule.mode != "off" and isinstance(limit, int) and full_months(starts_on, last_day) >= limit:
        raise TermTooLongError(
            _("挂职期限超过本项目上限 %(limit)s 个月，请缩短期限。") % {"limit": limit},
            basis=rule.basis,
            field="last_day",
        )
