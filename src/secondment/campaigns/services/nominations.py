"""Nominate and withdraw."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.campaigns.choices import CampaignState, NominationState
from secondment.campaigns.holding import lapses_of_homes
from secondment.campaigns.lapses import refuse_lapsed
from secondment.campaigns.locking import locked_campaign
from secondment.campaigns.lots import Lots
from secondment.campaigns.models import Campaign, Nomination, Quota
from secondment.campaigns.queries import live_nominations
from secondment.campaigns.rules import may_nominate_for, may_withdraw
from secondment.campaigns.services.notifying import (
    STATE_PREFERENCES,
    owe_preferences,
    settle_nominations,
)
from secondment.common.errors import DomainError, require
from secondment.common.sentences import say
from secondment.common.versions import lock_version
from secondment.notices.services import send_notice
from secondment.obligations.services import waive
from secondment.people.choices import Kinship, PersonState
from secondment.people.models import FamilyMember, Person


class NominationsClosedError(DomainError):
    """Nominations are taken while the campaign is open and within its window."""


class NoQuotaError(DomainError):
    """The person's unit was not asked for nominations."""


class QuotaExceededError(DomainError):
    """A unit nominates more than it was asked for."""


class AlreadyNominatedError(DomainError):
    """One person is nominated once in a campaign."""


class NobodyChosenError(DomainError):
    """None of the chosen people may be nominated."""


class NotActiveError(DomainError):
    """Only people in active service are nominated."""


@transaction.atomic
def nominate(
    campaign: Campaign,
    persons: Sequence[Person],
    *,
    reason: str,
    integrity_opinion: str = "",
    purposes: Mapping[int, str] | None = None,
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> list[Nomination]:
    """Nominate all of `persons` or none; the nearest unit above each that holds a quota counts as home unit.

    `purposes`: person → training purpose; whoever is not named keeps the purpose of their own file.
    """
    campaign = locked_campaign(campaign)
    _check_open(campaign, on)
    if not persons:
        raise NobodyChosenError(_("没有可推荐的人员：所选人员可能已被推荐或已离开本单位。请返回重选。"))
    groups = _by_quota(campaign, persons)
    for quota, members in groups.items():
        require(
            may_nominate_for(by, campaign, quota.home_unit.path),
            _("您不能代表%(unit)s推荐人选。") % {"unit": quota.home_unit.name},
        )
        _check_persons(campaign, members)
        _check_quota(campaign, quota, len(members))
    typed = {"reason": reason, "integrity_opinion": integrity_opinion, "nominated_by": by, "nominated_on": on}
    lots = Lots(campaign)
    made = [
        _nominate_one(
            lots,
            quota,
            person,
            {**typed, "purpose": (purposes or {}).get(person.pk, person.training_purpose)},
        )
        for quota, members in groups.items()
        for person in members
    ]
    for quota in groups:
        settle_nominations(quota, _n_nominated(quota), on=on)
    _outdate_spouses(campaign, [one.person_id for one in made])
    for nomination in made:
        owe_preferences(nomination)
        record("nomination.create", nomination, by=by, at=at)
    send_notice(
        [one.person.account for one in made if one.person.account],
        title=say("您已被推荐参加“%(campaign)s”", campaign=campaign.name),
        body=say("请于 %(until)s 前填报岗位志愿。", until=f"{campaign.nominations_until}"),
        path=reverse("campaigns:my_nominations"),
        at=at,
    )
    return made


@transaction.atomic
def withdraw_nomination(
    nomination: Nomination, *, reason: str, by: User, on: dt.date, at: dt.datetime
) -> Nomination:
    """Take a nomination back; the place is free again and the person owes nothing more."""
    campaign = locked_campaign(nomination.campaign)
    nomination = lock_version(nomination, version=None)
    nomination.campaign = campaign
    require(may_withdraw(by, nomination), _("推荐已截止或已撤回，不能办理。需要调整的，请联系主办组织部门。"))
    nomination.state = NominationState.WITHDRAWN
    nomination.unsent_wishes = None
    nomination.save()
    nomination.findings.all().delete()
    nomination.preferences.all().delete()
    nomination.host_preferences.all().delete()
    _outdate_spouses(nomination.campaign, [nomination.person_id])
    waive(nomination, STATE_PREFERENCES, on=on)
    if nomination.campaign.state == CampaignState.OPEN:
        quota = Quota.objects.get(campaign=nomination.campaign, home_unit=nomination.home_unit)
        settle_nominations(quota, _n_nominated(quota), on=on)
    record("nomination.withdraw", nomination, by=by, at=at, details={"reason": reason})
    return nomination


def _outdate_spouses(campaign: Campaign, person_ids: Sequence[int]) -> None:
    """Findings about couples (H8) hold no longer for spouses already nominated: they are checked again."""
    couples = FamilyMember.objects.filter(kinship=Kinship.SPOUSE, relative__isnull=False)
    spouses = {
        *couples.filter(person__in=person_ids).values_list("relative_id", flat=True),
        *couples.filter(relative__in=person_ids).values_list("person_id", flat=True),
    }
    live_nominations(campaign).filter(person__in=spouses - set(person_ids)).update(checked_at=None)


def _check_open(campaign: Campaign, on: dt.date) -> None:
    is_within = campaign.nominations_from <= on <= campaign.nominations_until
    if campaign.state != CampaignState.OPEN or not is_within:
        raise NominationsClosedError(
            _("现在不在推荐时间内（%(start)s 至 %(until)s）。请联系主办组织部门。")
            % {"start": campaign.nominations_from, "until": campaign.nominations_until}
        )


def _by_quota(campaign: Campaign, persons: Sequence[Person]) -> dict[Quota, list[Person]]:
    quotas = sorted(
        campaign.quotas.select_related("home_unit", "campaign__owner_unit"),
        key=lambda quota: len(quota.home_unit.path),
        reverse=True,
    )
    groups: dict[Quota, list[Person]] = defaultdict(list)
    for person in persons:
        quota = next((one for one in quotas if person.unit.path.startswith(one.home_unit.path)), None)
        if quota is None:
            raise NoQuotaError(
                _("%(unit)s没有本批次名额，不能推荐%(person)s。请联系主办组织部门分配名额。")
                % {"unit": person.unit.name, "person": person.name}
            )
        groups[quota].append(person)
    refuse_lapsed(lapses_of_homes(quota.home_unit for quota in groups))
    return groups


def _check_persons(campaign: Campaign, persons: Sequence[Person]) -> None:
    for person in persons:
        if person.state != PersonState.ACTIVE:
            raise NotActiveError(
                _("%(person)s不是在职人员，不能推荐。请另选人员。") % {"person": person.name}
            )
    twice = live_nominations(campaign).filter(person__in=persons).select_related("person").first()
    if twice or len({person.pk for person in persons}) < len(persons):
        name = twice.person.name if twice else persons[0].name
        raise AlreadyNominatedError(_("%(person)s已在本批次推荐名单中，请不要重复推荐。") % {"person": name})


def _check_quota(campaign: Campaign, quota: Quota, n_more: int) -> None:
    n_nominated = _n_nominated(quota)
    if n_nominated + n_more > quota.n_asked:
        raise QuotaExceededError(
            _(
                "%(unit)s名额 %(asked)d 名，已推荐 %(n)d 名，本次 %(more)d 名，超出 %(extra)d 名。"
                "请减少人选，或联系主办组织部门增加名额。"
            )
            % {
                "unit": quota.home_unit.name,
                "asked": quota.n_asked,
                "n": n_nominated,
                "more": n_more,
                "extra": n_nominated + n_more - quota.n_asked,
            },
            basis=campaign.plan_number,
        )


def _n_nominated(quota: Quota) -> int:
    return live_nominations(quota.campaign).filter(home_unit=quota.home_unit).count()


def _nominate_one(lots: Lots, quota: Quota, person: Person, typed: dict[str, Any]) -> Nomination:
    """A new nomination, or a withdrawn one taken up again from the start."""
    nomination, _created = Nomination.objects.update_or_create(
        campaign=lots.campaign,
        person=person,
        defaults={
            "home_unit": quota.home_unit,
            "state": NominationState.NOMINATED,
            "answered_on": None,
            "checked_at": None,
            **typed,
        },
    )
    if not nomination.lot:  # one taken up again keeps the number that it had
        nomination.lot = lots.of_person(quota.home_unit, person)
        nomination.save(update_fields=["lot"])
    return nomination
