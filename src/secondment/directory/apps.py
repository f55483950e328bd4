"""App configuration."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Pages of the tree of units."""

    name = "secondment.directory"
