"""Remind units and people of what they owe for a campaign (催办); the rooms above register what is owed to them."""

import datetime as dt
from collections.abc import Callable

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.campaigns.models import Campaign, Nomination
from secondment.campaigns.queries import live_nominations
from secondment.campaigns.rules import may_manage
from secondment.campaigns.services.notifying import NOMINATE, STATE_PREFERENCES
from secondment.common.errors import DomainError, require
from secondment.common.versions import lock_version
from secondment.obligations.models import Obligation
from secondment.obligations.queries import open_about, open_of_kind
from secondment.obligations.reminding import Reminded, remind

NOMINATIONS, PREFERENCES = "nominations", "preferences"
Debts = Callable[[Campaign], QuerySet[Obligation]]
_DEBTS: dict[str, Debts] = {}


class NobodyOwesError(DomainError):
    """Everyone has answered: there is nobody to be reminded."""


def register_debts(what: str, debts: Debts) -> None:
    """A room that requests something of others for a campaign says what is still open."""
    _DEBTS[what] = debts


def is_known(what: str) -> bool:
    """Whether something of this name can be owed."""
    return what in _DEBTS


def debts_of(campaign: Campaign, what: str) -> QuerySet[Obligation]:
    """What is still owed to the campaign."""
    return _DEBTS[what](campaign)


@transaction.atomic
def remind_all(campaign: Campaign, what: str, *, by: User, on: dt.date, at: dt.datetime) -> Reminded:
    """Write to everyone who has not answered yet; whoever was written to today is left alone."""
    campaign = lock_version(campaign, version=None)
    require(may_manage(by, campaign), _("只有主办组织部门可以催办。"))
    rows = list(debts_of(campaign, what).select_for_update(of=("self",)).select_related("unit", "account"))
    if not rows:
        raise NobodyOwesError(_("已经没有需要催办的单位或人员。请刷新页面。"))
    found = remind(rows, on=on, at=at)
    record("campaign.remind", campaign, by=by, at=at, details={"owed": what, "n": found.n_sent})
    return found


def _nominations(campaign: Campaign) -> QuerySet[Obligation]:
    return open_about(campaign).filter(kind=NOMINATE)


def _preferences(campaign: Campaign) -> QuerySet[Obligation]:
    return open_of_kind(
        STATE_PREFERENCES, Nomination, live_nominations(campaign).values_list("pk", flat=True)
    )


register_debts(NOMINATIONS, _nominations)
register_debts(PREFERENCES, _preferences)
