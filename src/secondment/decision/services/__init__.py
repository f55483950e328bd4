"""The steps towards a decision."""

from secondment.decision.services.afterwards import Afterwards, record_minutes
from secondment.decision.services.consultation import (
    handle_objection,
    resume_review,
    start_consultation,
)
from secondment.decision.services.deciding import DecidedPair, Meeting, decide_campaign
from secondment.decision.services.notification import (
    Published,
    publish_notification,
    record_objection,
    resolve_objection,
    span_for,
    withdraw_notification,
)
from secondment.decision.services.replying import PersonOpinion, UnitReply, reply_to_consultations
from secondment.decision.services.results import correct_decision, publish_results
from secondment.decision.services.talks import NewTalk, record_talks
from secondment.decision.services.withdrawing import Withdrawal, withdraw_decision

__all__ = [
    "Afterwards",
    "DecidedPair",
    "Meeting",
    "NewTalk",
    "PersonOpinion",
    "Published",
    "UnitReply",
    "Withdrawal",
    "correct_decision",
    "decide_campaign",
    "handle_objection",
    "publish_notification",
    "publish_results",
    "record_minutes",
    "record_objection",
    "record_talks",
    "reply_to_consultations",
    "resolve_objection",
    "resume_review",
    "span_for",
    "start_consultation",
    "withdraw_decision",
    "withdraw_notification",
]
