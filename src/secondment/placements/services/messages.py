"""Write to the members of a group: one message of the system to each who has an account."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.common.sentences import say
from secondment.notices.services import send_notice
from secondment.placements.groups import addressees_of, may_write_to
from secondment.placements.models import PlacementGroup
from secondment.placements.services.errors import GroupError


@dataclass(frozen=True)
class Sent:
    """How many were written to, and who has to be called instead."""

    n: int
    without_account: list[str]


@transaction.atomic
def write_to_group(
    group: PlacementGroup, *, title: str, text: str, by: User, on: dt.date, at: dt.datetime
) -> Sent:
    """To every member in post; the words are the writer's, the event keeps the subject and who was reached."""
    require(may_write_to(by, group, on))
    people = [placement.person for placement in addressees_of(group, on)]
    reached = [person for person in people if person.account is not None and person.account.is_active]
    missed = [person.name for person in people if person not in reached]
    if not reached:
        raise GroupError(_("在挂的成员都没有可用的账号，消息没有发出，请另行通知。"))
    send_notice(
        [person.account for person in reached if person.account is not None],
        title=say("%(group)s：%(title)s", group=group.name, title=title),
        body=say("%(text)s（%(name)s）", text=text, name=by.name),
        path=reverse("placements:group_detail", args=[group.pk]),
        at=at,
    )
    details = {"title": title, "people": [person.name for person in reached], "missed": missed}
    record("group.write", group, by=by, at=at, details=details)
    return Sent(len(reached), missed)
