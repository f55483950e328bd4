"""`secondment demo_accounts`: print the accounts of a demo installation."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from secondment.accounts.models import User
from secondment.common.installation import is_demo_data
from secondment.demo.loader.accounts import ACCOUNTS, PASSWORD


class Command(BaseCommand):
    """Print user names, what they show, and the password."""

    help = "Print the accounts and the password of a demo installation."

    def handle(self, *args: Any, **options: Any) -> None:
        """One line an account that is open."""
        if not (settings.DEMO and is_demo_data()):
            raise CommandError("This is not a demo installation; it has no demo accounts.")
        existing = set(User.objects.filter(is_active=True).values_list("username", flat=True))
        if existing.isdisjoint(one.username for one in ACCOUNTS):
            self.stdout.write(
                "  演示账号已停用；要看演示请更换新的数据目录。 "
                "The demo accounts are closed; use a new data directory to see the demo."
            )
            return
        self.stdout.write(f"  演示账号 Demo accounts (密码 password: {PASSWORD})")
        for account in ACCOUNTS:
            if account.username in existing:
                self.stdout.write(f"    {account.username:<10} {account.note}")
