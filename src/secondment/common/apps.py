"""App configuration."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from django.utils.functional import Promise


class CommonConfig(AppConfig):
    """Errors, widgets, base templates and design tokens; no domain words."""

    name = "secondment.common"

    def ready(self) -> None:
        """Watch over the first connection, note the keys after migrations, register what tables are found to hold."""
        from secondment.common.file_faults import SPOKEN
        from secondment.common.file_words import register_sentences
        from secondment.common.installation import check_first_connection, note_keys

        register_sentences(words for _, *said in SPOKEN for words in said if isinstance(words, Promise))
        connection_created.connect(check_first_connection)
        post_migrate.connect(note_keys, sender=self)
