"""App configuration."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Persons, careers, families, education, abilities."""

    name = "secondment.people"

    def ready(self) -> None:
        """Register the kinds of background work."""
        from secondment.people import tasks  # noqa: F401 -- importing registers
