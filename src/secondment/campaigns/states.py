"""When a campaign may move: the one table that draws buttons, checks moves and documents itself."""

from secondment.campaigns.choices import CampaignState

# action: (from states, to state)
TRANSITIONS: dict[str, tuple[frozenset[CampaignState], CampaignState]] = {
    "open_campaign": (frozenset({CampaignState.DRAFT}), CampaignState.OPEN),
    "close_nominations": (frozenset({CampaignState.OPEN}), CampaignState.REVIEW),
    "reopen_nominations": (frozenset({CampaignState.REVIEW}), CampaignState.OPEN),
    "start_consultation": (frozenset({CampaignState.REVIEW}), CampaignState.CONSULTATION),
    "resume_review": (
        frozenset({CampaignState.CONSULTATION, CampaignState.NOTIFICATION}),
        CampaignState.REVIEW,
    ),
    "publish_notification": (frozenset({CampaignState.CONSULTATION}), CampaignState.NOTIFICATION),
    # it was posted by mistake
    "withdraw_notification": (frozenset({CampaignState.NOTIFICATION}), CampaignState.CONSULTATION),
    "decide_campaign": (
        frozenset({CampaignState.CONSULTATION, CampaignState.NOTIFICATION}),
        CampaignState.DECIDED,
    ),
    # of a programme in which steps may follow the decision
    "decide_urgently": (
        frozenset({CampaignState.REVIEW, CampaignState.CONSULTATION, CampaignState.NOTIFICATION}),
        CampaignState.DECIDED,
    ),
    # taken back before a notice is out, to be decided anew
    "withdraw_decision": (frozenset({CampaignState.DECIDED}), CampaignState.CONSULTATION),
    "dispatch_campaign": (frozenset({CampaignState.DECIDED}), CampaignState.DISPATCHED),
    # a notice was withdrawn: somebody waits for one again
    "recall_dispatch": (frozenset({CampaignState.DISPATCHED}), CampaignState.DECIDED),
    "cancel_campaign": (
        frozenset(
            {
                CampaignState.DRAFT,
                CampaignState.OPEN,
                CampaignState.REVIEW,
                CampaignState.CONSULTATION,
                CampaignState.NOTIFICATION,
            }
        ),
        CampaignState.CANCELLED,
    ),
}
# a campaign can be called off as long as nothing is decided
UNDECIDED = TRANSITIONS["cancel_campaign"][0]
