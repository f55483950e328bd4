"""Write campaigns: one function for each action of a user."""

from secondment.campaigns.services.campaigns import change_campaign, create_campaign
from secondment.campaigns.services.eligibility import (
    check_eligibility,
    preview_findings,
    record_exemption,
    request_check,
    revoke_exemption,
)
from secondment.campaigns.services.hosts import rank_candidates, share_candidates
from secondment.campaigns.services.nominations import nominate, withdraw_nomination
from secondment.campaigns.services.offers import add_posts, change_offer, remove_posts
from secondment.campaigns.services.preferences import state_preferences
from secondment.campaigns.services.programmes import load_presets, publish_version
from secondment.campaigns.services.quotas import set_quotas
from secondment.campaigns.services.transitions import (
    cancel_campaign,
    close_nominations,
    move_campaign,
    open_campaign,
    reopen_nominations,
)

__all__ = [
    "add_posts",
    "cancel_campaign",
    "change_campaign",
    "change_offer",
    "check_eligibility",
    "close_nominations",
    "create_campaign",
    "load_presets",
    "move_campaign",
    "nominate",
    "open_campaign",
    "preview_findings",
    "publish_version",
    "rank_candidates",
    "record_exemption",
    "remove_posts",
    "reopen_nominations",
    "request_check",
    "revoke_exemption",
    "set_quotas",
    "share_candidates",
    "state_preferences",
    "withdraw_nomination",
]
