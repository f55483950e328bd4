"""Side rules of a campaign that is copied."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.campaigns.models import Campaign
from secondment.campaigns.ports import NotCopied
from secondment.matching.models import SideRule

# what a rule may ask for and mean the same in another campaign; people and posts are others there
KEPT = frozenset(
    {
        "attribute",
        "days",
        "group",
        "least",
        "measure",
        "most",
        "priority",
        "ratio",
        "region",
        "size",
        "specialty",
        "width",
    }
)


def copy_rules(source: Campaign, made: Campaign, by: User, at: dt.datetime) -> Iterator[NotCopied]:
    """The same rules for the copy, except those that name people or posts."""
    for rule in source.side_rules.all():
        if set(rule.values) <= KEPT:
            copied = SideRule.objects.create(
                campaign=made, kind=rule.kind, values=rule.values, created_by=by, created_at=at
            )
            record("side_rule.add", copied, by=by, at=at)
        else:
            yield NotCopied(
                _("附加规则“%(rule)s”") % {"rule": rule}, _("涉及具体人选或岗位，请在匹配页重新设定")
            )
