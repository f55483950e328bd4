"""Messages an account may see: its own."""

from django.db.models import QuerySet

from secondment.accounts.models import User
from secondment.notices.models import Delivery, Notice, OfficeAddress


def visible_to(user: User) -> QuerySet[Notice]:
    """The account's messages, newest first."""
    return Notice.objects.filter(recipient=user)


def n_unread(user: User) -> int:
    """How many the account has not read."""
    return visible_to(user).filter(read_at=None).count()


def address_of(user: User) -> OfficeAddress | None:
    """Where the office of the account reads its mail."""
    return OfficeAddress.objects.filter(account=user).first()


def deliveries() -> QuerySet[Delivery]:
    """What went out, with its account."""
    return Delivery.objects.select_related("account")
