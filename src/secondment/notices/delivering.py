"""Messages that leave the system: written down with what they are about, sent by the worker, tried again, logged."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings

from secondment.accounts.models import User
from secondment.common.own_paths import checked_path
from secondment.notices.channels import HOOK, MAIL, Channel, ChannelError, Outgoing, channels
from secondment.notices.models import Delivery, DeliveryState, OfficeAddress
from secondment.notices.services import send_notice

WAITS = (1, 5, 30, 180, 720)  # minutes after each failed try; after the last it is given up
KEPT_DAYS = 180
AT_ONCE = 200


def send_urgent(
    recipients: Iterable[User], *, title: str, at: dt.datetime, body: str = "", path: str = ""
) -> int:
    """A message that waits for no digest: in the system, and at once over every way out."""
    known = list({user.pk: user for user in recipients}.values())
    n = send_notice(known, title=title, body=body, path=path, at=at)
    send_out(known, title=title, path=path, at=at)
    return n


def send_out(recipients: Iterable[User], *, title: str, at: dt.datetime, path: str = "") -> int:
    """Write down what is to leave, in the caller's transaction; returns how many messages."""
    named = channels()
    if not named:
        return 0
    known = {user.pk: user for user in recipients}
    mails = dict(OfficeAddress.objects.filter(account__in=known).values_list("account", "address"))
    to = {MAIL: mails, HOOK: {pk: user.username for pk, user in known.items()}}
    rows = [
        Delivery(
            channel=channel,
            account_id=pk,
            to=address,
            title=title,
            path=checked_path(path),
            next_try_at=at,
            created_at=at,
        )
        for channel in named
        for pk, address in to[channel].items()
    ]
    return len(Delivery.objects.bulk_create(rows))


def deliver(*, at: dt.datetime) -> int:
    """Send what is due, each message on its own; returns how many went out."""
    Delivery.objects.filter(created_at__lt=at - dt.timedelta(days=KEPT_DAYS)).delete()
    named = channels()
    due = Delivery.objects.filter(state=DeliveryState.WAITING, next_try_at__lte=at, channel__in=named)
    return sum(_deliver(one, named[one.channel], at) for one in due.order_by("pk")[:AT_ONCE])


def _deliver(one: Delivery, channel: Channel, at: dt.datetime) -> bool:
    """Claimed before it is sent, so that of two workers one sends it."""
    wait = dt.timedelta(minutes=WAITS[min(one.n_tries, len(WAITS) - 1)])
    claimed = Delivery.objects.filter(pk=one.pk, n_tries=one.n_tries, state=DeliveryState.WAITING)
    if not claimed.update(n_tries=one.n_tries + 1, next_try_at=at + wait):
        return False
    rows = Delivery.objects.filter(pk=one.pk)
    url = f"{settings.PUBLIC_ADDRESS.rstrip('/')}{one.path}" if settings.PUBLIC_ADDRESS else one.path
    try:
        channel.send(Outgoing(f"delivery-{one.pk}", one.to, one.title, url))
    except ChannelError as error:
        is_over = one.n_tries + 1 >= len(WAITS)
        state = DeliveryState.GIVEN_UP if is_over else DeliveryState.WAITING
        rows.update(fault=str(error)[:300], state=state)
        return False
    rows.update(state=DeliveryState.SENT, sent_at=at, fault="")
    return True
