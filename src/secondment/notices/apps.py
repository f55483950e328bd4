"""App configuration."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """In-system messages and receipts."""

    name = "secondment.notices"

    def ready(self) -> None:
        """Carry the messages of rooms below."""
        from secondment.accounts.ports import register_notifier
        from secondment.notices.services import send_notice

        register_notifier(send_notice)
