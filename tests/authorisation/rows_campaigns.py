"""Programmes, campaigns, nominations and eligibility: who opens what."""

from typing import Any

from secondment.accounts.choices import Role
from secondment.campaigns.choices import CampaignState, Result
from secondment.campaigns.models import Campaign, EligibilityFinding, Exemption, ProgrammeVariant
from secondment.campaigns.services.notifying import owe_nominations
from tests.authorisation.matrix import Row
from tests.authorisation.world import Side
from tests.makers import ON, make_campaign_post, make_person, make_post, make_quota, make_unit, make_user

OWNER = frozenset({Role.ORGANISATION_DEPARTMENT})
READERS = OWNER | {Role.LEADER}
HOME = READERS | {Role.HOME_UNIT}
PARTIES = HOME | {Role.HOST_UNIT, Role.SECONDEE}
NOMINATORS = OWNER | {Role.HOME_UNIT}


def campaign(side: Side) -> dict[str, Any]:
    return {"pk": side.campaign.pk}


def draft_campaign(side: Side) -> dict[str, Any]:
    Campaign.objects.filter(pk=side.campaign.pk).update(state=CampaignState.DRAFT)
    return {"pk": side.campaign.pk, "action": "open_campaign"}


def owing(side: Side) -> dict[str, Any]:
    owe_nominations(make_quota(side.campaign, make_unit(), n_asked=1))
    return {"pk": side.campaign.pk, "what": "nominations"}


def reviewed_campaign(side: Side) -> dict[str, Any]:
    Campaign.objects.filter(pk=side.campaign.pk).update(state=CampaignState.REVIEW)
    return {"pk": side.campaign.pk}


def nomination(side: Side) -> dict[str, Any]:
    return {"pk": side.nomination.pk}


def chosen_nomination(side: Side) -> dict[str, Any]:
    return {"selected": [side.nomination.pk]}


def campaign_post(side: Side) -> dict[str, Any]:
    return {"pk": side.campaign_post.pk}


def priority(side: Side) -> dict[str, Any]:
    return {"pk": side.campaign.pk, "priority": 1}


def programme(side: Side) -> dict[str, Any]:
    return {"pk": side.campaign.programme_version.programme_id}


def variant(side: Side) -> dict[str, Any]:
    programme = side.campaign.programme_version.programme
    user = make_user(Role.ORGANISATION_DEPARTMENT, side.campaign.owner_unit)
    made = ProgrammeVariant.objects.create(
        programme=programme,
        unit=side.campaign.owner_unit,
        number=1,
        since=ON,
        note="首次",
        published_by=user,
        published_on=ON,
    )
    return {"pk": made.pk}


def county_of_programme(side: Side) -> dict[str, Any]:
    """The highest unit changes the programme itself; a county of its own is in the room's tests."""
    return {"pk": side.campaign.programme_version.programme_id, "unit": side.campaign.owner_unit_id}


def version(side: Side) -> dict[str, Any]:
    return {"pk": side.campaign.programme_version_id}


def finding(side: Side) -> dict[str, Any]:
    row, _ = EligibilityFinding.objects.get_or_create(
        nomination=side.nomination, rule="H10", defaults={"result": Result.BLOCK, "fact": "", "basis": ""}
    )
    return {"pk": row.pk}


def exemption(side: Side) -> dict[str, Any]:
    row = Exemption.objects.filter(nomination=side.nomination).first() or Exemption.objects.create(
        nomination=side.nomination,
        rule="H10",
        document_number="示例〔2026〕1号",
        approved_by="示例",
        reason="示例",
        recorded_by=make_user(),
        recorded_on=ON,
    )
    return {"pk": row.pk}


def chosen_post(side: Side) -> dict[str, Any]:
    return {"selected": [side.campaign_post.pk]}


def chosen_posts(side: Side) -> dict[str, Any]:
    other = make_campaign_post(side.campaign, make_post(side.host_unit))
    return {"selected": [side.campaign_post.pk, other.pk]}


def chosen_person(side: Side) -> dict[str, Any]:
    return {"selected": [make_person(side.home_unit).pk]}


def job(side: Side) -> dict[str, Any]:
    return {"job": "00000000-0000-0000-0000-000000000000"}


ROWS = {
    "campaigns:programme_list": Row(READERS),
    "campaigns:programme_detail": Row(READERS, denied=frozenset({200, 404}), kwargs=programme),
    "campaigns:version_detail": Row(READERS, denied=frozenset({200, 404}), kwargs=version),
    "campaigns:programme_edit": Row(OWNER, denied=frozenset({200, 403, 404}), kwargs=programme),
    "campaigns:variant_list": Row(READERS, denied=frozenset({200, 404}), kwargs=programme),
    "campaigns:variant_detail": Row(READERS, kwargs=variant),
    "campaigns:variant_edit": Row(frozenset(), kwargs=county_of_programme),
    "campaigns:campaign_list": Row(frozenset(Role)),
    "campaigns:campaign_create": Row(OWNER),
    "campaigns:campaign_detail": Row(PARTIES, kwargs=campaign),
    "campaigns:campaign_edit": Row(OWNER, kwargs=campaign),
    "campaigns:campaign_move": Row(OWNER, kwargs=draft_campaign, method="post"),
    "campaigns:campaign_copy": Row(OWNER, kwargs=campaign),
    "campaigns:remind": Row(OWNER, kwargs=owing, method="post"),
    "campaigns:campaign_cancel": Row(OWNER, kwargs=campaign),
    "campaigns:quota_list": Row(PARTIES, kwargs=campaign),
    "campaigns:quota_edit": Row(OWNER, kwargs=campaign),
    "campaigns:quota_upload": Row(OWNER, kwargs=campaign),
    "campaigns:offer_list": Row(PARTIES, kwargs=campaign),
    "campaigns:offer_add": Row(OWNER, kwargs=campaign),
    "campaigns:offer_remove": Row(OWNER, kwargs=campaign, method="post", data=chosen_post),
    "campaigns:team_form": Row(OWNER, kwargs=campaign, method="post", data=chosen_posts),
    "campaigns:team_leave": Row(OWNER, kwargs=campaign, method="post", data=chosen_post),
    "campaigns:offer_change": Row(OWNER, kwargs=priority, method="post", data=chosen_post),
    "campaigns:nomination_list": Row(PARTIES, kwargs=campaign),
    "campaigns:nominate": Row(NOMINATORS, kwargs=campaign),
    "campaigns:nominate_preview": Row(NOMINATORS, kwargs=campaign, method="post", data=chosen_person),
    "campaigns:nominate_confirm": Row(NOMINATORS, kwargs=campaign, method="post", data=chosen_person),
    "campaigns:nominate_upload": Row(NOMINATORS, kwargs=campaign),
    "campaigns:nominate_template": Row(NOMINATORS, kwargs=campaign),
    "campaigns:nomination_detail": Row(HOME, kwargs=nomination),
    "campaigns:nomination_form": Row(HOME, kwargs=nomination),
    "campaigns:nomination_forms": Row(HOME, kwargs=campaign, method="post", data=chosen_nomination),
    "campaigns:nomination_withdraw": Row(NOMINATORS, kwargs=nomination, method="post"),
    "campaigns:preferences": Row(HOME | {Role.SECONDEE}, kwargs=nomination),
    "campaigns:my_nominations": Row(frozenset(Role)),
    "campaigns:candidates": Row(READERS | {Role.HOST_UNIT}, kwargs=campaign_post),
    "campaigns:candidates_share": Row(OWNER, kwargs=reviewed_campaign, method="post"),
    "campaigns:finding_list": Row(READERS, kwargs=campaign),
    "campaigns:finding_rules": Row(READERS, kwargs=campaign),
    "campaigns:eligibility_check": Row(OWNER, kwargs=campaign, method="post"),
    "campaigns:check_progress": Row(kwargs=job),
    "campaigns:exemption_create": Row(OWNER, kwargs=finding),
    "campaigns:exemption_revoke": Row(OWNER, kwargs=exemption, method="post"),
}
