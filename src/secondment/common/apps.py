"""App configuration."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class CommonConfig(AppConfig):
    """Errors, widgets, base templates and design tokens; no domain words."""

    name = "secondment.common"

    def ready(self) -> None:
        """Watch over the first connection, note the keys after migrations."""
        from secondment.common.installation import check_first_connection, note_keys

        connection_created.connect(check_first_connection)
        post_migrate.connect(note_keys, sender=self)
