"""App configuration."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Persons, careers, families, education, abilities."""

    name = "secondment.people"

    def ready(self) -> None:
        """Register the kinds of background work and what hangs on units."""
        from secondment.people import dependents, tasks  # noqa: F401 -- importing registers
