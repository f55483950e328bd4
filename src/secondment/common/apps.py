"""App configuration."""

from django.apps import AppConfig
from django.core.signals import request_started
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class CommonConfig(AppConfig):
    """Errors, widgets, base templates and design tokens; no domain words."""

    name = "secondment.common"

    def ready(self) -> None:
        """Say what forms say, watch over the first connection, note keys after migrations, look at each request what was imported."""
        from secondment.common.form_words import speak_plainly
        from secondment.common.installation import check_first_connection, note_keys
        from secondment.common.remembered import FORGETTING, forget
        from secondment.common.workdays import look_again

        speak_plainly()
        connection_created.connect(check_first_connection)
        FORGETTING.append(look_again)
        request_started.connect(forget)
        post_migrate.connect(note_keys, sender=self)
