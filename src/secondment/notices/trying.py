"""Where an office reads its mail, and a test of every way out, at once and with its answer."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import has_role
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.notices.channels import MAIL, ChannelError, Outgoing, channels
from secondment.notices.models import OfficeAddress

OFFICES = (Role.HOST_UNIT, Role.HOME_UNIT, Role.ORGANISATION_DEPARTMENT)


@dataclass(frozen=True)
class Trial:
    """What a way out answered; no fault where the message went out."""

    channel: str
    fault: str


@transaction.atomic
def set_address(address: str, *, by: User, at: dt.datetime) -> None:
    """Mail for the account's office goes there from now on; nowhere, if it is empty."""
    require(has_role(by, *OFFICES), _("单位邮箱由单位账号填写。"))
    if address:
        OfficeAddress.objects.update_or_create(account=by, defaults={"address": address})
    else:
        OfficeAddress.objects.filter(account=by).delete()
    record("notices.set_address", by, by=by, at=at)


def try_channels(address: str, *, by: User, at: dt.datetime) -> list[Trial]:
    """A test message over every way out that is named; mail needs an address."""
    require(has_role(by, Role.SYSTEM_ADMINISTRATOR), _("外发渠道只对系统管理员开放。"))
    found = []
    for name, channel in channels().items():
        to = address if name == MAIL else by.username
        if not to:
            continue
        try:
            channel.send(Outgoing(f"test-{at:%Y%m%d%H%M%S}", to, _("测试消息"), settings.PUBLIC_ADDRESS))
        except ChannelError as error:
            found.append(Trial(name, str(error)))
        else:
            found.append(Trial(name, ""))
    record("notices.try_channels", by, by=by, at=at)
    return found
