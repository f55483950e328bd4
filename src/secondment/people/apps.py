"""App configuration."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Persons, careers, families, education, abilities."""

    name = "secondment.people"
