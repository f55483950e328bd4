"""`secondment recover-administrator`: a way back when two administrators who could act together no longer exist."""

import getpass
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from secondment.accounts.models import User
from secondment.accounts.two_persons import recover
from secondment.common.errors import DomainError


class Command(BaseCommand):
    """Print a one-time password once; the trail and a message to every administrator record that this was done."""

    help = "Give one of the three administrators a one-time password on the server; leaves a trail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The account and why."""
        parser.add_argument("account", help="user name of the administrator")
        parser.add_argument("--reason", required=True, help="who decided this and why; kept in the trail")

    def handle(self, *args: Any, **options: Any) -> None:
        """Give it, or say why not."""
        account = User.objects.filter(username=options["account"].strip().lower()).first()
        if account is None:
            raise CommandError(f"no account is called {options['account']}")
        reason = f"{options['reason']}（{getpass.getuser()}）"
        try:
            password = recover(account, reason=reason, at=timezone.now())
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{account.username}\t{account.name}\t{password}")
