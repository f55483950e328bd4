"""`secondment close_demo`: disable the accounts of a demo, whose password is public."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from secondment.demo.loader.accounts import disable_demo_accounts


class Command(BaseCommand):
    """Done at every start that is not a demo; safe to repeat."""

    help = "Disable the demo's accounts that still have the published password, and end their sessions."

    def handle(self, *args: Any, **options: Any) -> None:
        """Disable, and say so."""
        disabled = disable_demo_accounts(at=timezone.now())
        if disabled:
            names = " ".join(sorted(account.username for account in disabled))
            self.stdout.write(
                f"  已停用{len(disabled)}个演示账号（密码是公开的），其会话已结束；这里仍是演示数据，正式使用请换新的数据目录。 "
                f"{len(disabled)} demo accounts were disabled, their sessions ended: {names}"
            )
