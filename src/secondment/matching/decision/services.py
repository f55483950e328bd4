"""The steps towards a decision, for whoever calls them."""

from secondment.matching.decision.consultation import (
    handle_objection,
    reply_to_consultation,
    resume_review,
    start_consultation,
)
from secondment.matching.decision.deciding import DecidedPair, Meeting, decide_campaign
from secondment.matching.decision.notification import (
    Published,
    publish_notification,
    record_objection,
    resolve_objection,
    span_for,
)
from secondment.matching.decision.talks import NewTalk, record_talks

__all__ = [
    "DecidedPair",
    "Meeting",
    "NewTalk",
    "Published",
    "decide_campaign",
    "handle_objection",
    "publish_notification",
    "record_objection",
    "record_talks",
    "reply_to_consultation",
    "resolve_objection",
    "resume_review",
    "span_for",
    "start_consultation",
]
