"""App configuration."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Persons, careers, families, education, abilities."""

    name = "secondment.people"

    def ready(self) -> None:
        """Register the kinds of background work, what hangs on units, and what files are found to hold."""
        from secondment.common.file_words import register_sentences
        from secondment.people import dependents, tasks  # noqa: F401 -- importing registers
        from secondment.people.file_words import SENTENCES

        register_sentences(SENTENCES)
