"""What campaigns ask of home units and nominees, and the messages that go with it."""

import datetime as dt

from django.urls import reverse

from secondment.accounts.choices import Role
from secondment.accounts.queries import accounts_of
from secondment.campaigns.models import Campaign, Nomination, Quota
from secondment.common.sentences import counted, say
from secondment.notices.services import send_notice
from secondment.obligations.services import Owed, meet, owe, waive

NOMINATE = "campaigns.nominate"
STATE_PREFERENCES = "campaigns.state_preferences"


def owe_nominations(quota: Quota) -> None:
    """The home unit owes its nominations by the deadline."""
    campaign = quota.campaign
    if quota.n_asked == 0:
        return
    owe(
        campaign,
        Owed(
            kind=NOMINATE,
            title=counted("推荐“%(campaign)s”人选 %(n)d 名", quota.n_asked, campaign=campaign.name),
            unit=quota.home_unit,
            role=Role.HOME_UNIT,
            creditor=campaign.owner_unit.name,
            due_on=campaign.nominations_until,
            path=reverse("campaigns:nominate", args=[campaign.pk]),
            basis=campaign.plan_number,
        ),
    )


def settle_nominations(quota: Quota, n_nominated: int, *, on: dt.date) -> None:
    """Close the home unit's obligation when it has nominated all it was asked for, open it again otherwise."""
    if n_nominated >= quota.n_asked:
        meet(quota.campaign, NOMINATE, on=on, unit=quota.home_unit)
    else:
        owe_nominations(quota)


def owe_preferences(nomination: Nomination) -> None:
    """The person owes preferences; without an account the home unit records them on paper."""
    account = nomination.person.account
    campaign, person = nomination.campaign.name, nomination.person.name
    title = (
        say("填报“%(campaign)s”岗位志愿", campaign=campaign)
        if account
        else say("代 %(person)s 填报“%(campaign)s”岗位志愿", person=person, campaign=campaign)
    )
    owe(
        nomination,
        Owed(
            kind=STATE_PREFERENCES,
            title=title,
            unit=nomination.home_unit,
            role=Role.SECONDEE if account else Role.HOME_UNIT,
            creditor=nomination.campaign.owner_unit.name,
            due_on=nomination.campaign.nominations_until,
            path=reverse("campaigns:preferences", args=[nomination.pk]),
            account=account,
        ),
    )


def release(campaign: Campaign, *, on: dt.date) -> None:
    """Nothing more is owed for a cancelled campaign."""
    end_nominations(campaign, on=on)
    end_preferences(campaign, on=on)


def end_nominations(campaign: Campaign, *, on: dt.date) -> None:
    """No home unit owes nominations any more."""
    waive(campaign, NOMINATE, on=on)


def end_preferences(campaign: Campaign, *, on: dt.date) -> None:
    """Preferences are no longer owed."""
    for nomination in campaign.nominations.filter(answered_on=None):
        waive(nomination, STATE_PREFERENCES, on=on)


def notify_home_units(campaign: Campaign, title: str, body: str, *, at: dt.datetime) -> int:
    """A message to the accounts of every home unit with a quota; returns how many."""
    quotas = campaign.quotas.select_related("home_unit")
    recipients = [user for quota in quotas for user in accounts_of([quota.home_unit], Role.HOME_UNIT)]
    path = reverse("campaigns:campaign_detail", args=[campaign.pk])
    return send_notice(recipients, title=title, body=body, path=path, at=at)
