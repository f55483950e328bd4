"""Who may take which step towards the decision."""

from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import covers
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.models import Campaign
from secondment.campaigns.rules import may_manage
from secondment.campaigns.states import TRANSITIONS
from secondment.common.errors import require
from secondment.decision.choices import AfterStep, Party
from secondment.decision.models import Consultation
from secondment.decision.parameters import steps_after_days
from secondment.decision.queries import AFTER, owed_steps

ROLE_OF = {Party.HOME: Role.HOME_UNIT, Party.HOST: Role.HOST_UNIT}
STEPS = ("start_consultation", "publish_notification", "decide_campaign", "resume_review")
UNDER_WAY = frozenset({CampaignState.CONSULTATION, CampaignState.NOTIFICATION})


def require_owner(user: User, campaign: Campaign) -> None:
    """The organisation department that owns the campaign takes every step."""
    require(may_manage(user, campaign), _("只有主办批次的组织部门可以办理。"))


def takes_replies(campaign: Campaign) -> bool:
    """Whether units can still reply: until the notification is published, or while an urgent decision owes the step."""
    return campaign.state == CampaignState.CONSULTATION or (
        campaign.state in AFTER and AfterStep.CONSULTATION in owed_steps(campaign)
    )


def may_reply(user: User, consultation: Consultation) -> bool:
    """The unit that was asked, in the role it was asked in, until the notification is published."""
    role = ROLE_OF[Party(consultation.party)]
    is_open = takes_replies(consultation.proposal.run.campaign)
    return is_open and covers(user, consultation.unit.path, role)


def require_may_reply(user: User, consultation: Consultation) -> None:
    """Refuse a reply of others, or one that comes after the notification."""
    require(may_reply(user, consultation), _("征求意见由被征求单位答复；公示发布后不再修改。"))


def actions_for(user: User, campaign: Campaign) -> list[str]:
    """The steps a page offers this user now; objections and talks belong to the time before the decision."""
    if not may_manage(user, campaign):
        return []
    steps = [step for step in STEPS if campaign.state in TRANSITIONS[step][0]]
    if campaign.state in UNDER_WAY:
        steps.append("record_talks")
    if campaign.state in {*UNDER_WAY, CampaignState.REVIEW}:
        steps.append("handle_objection")
    if campaign.state == CampaignState.NOTIFICATION:
        steps += ["record_objection", "withdraw_notification"]
    if steps_after_days(campaign) and campaign.state in TRANSITIONS["decide_urgently"][0]:
        steps.append("decide_urgently")
    if campaign.state in AFTER:
        steps += [one for step in owed_steps(campaign) for one in _LATER[step]]
    return steps


_LATER = {
    AfterStep.CONSULTATION: ("start_consultation", "handle_objection"),
    AfterStep.TALKS: ("record_talks",),
    AfterStep.NOTIFICATION: ("publish_notification", "record_objection", "withdraw_notification"),
    AfterStep.MINUTES: ("record_minutes",),
}
