"""App configuration."""

from django.apps import AppConfig


class BackupsConfig(AppConfig):
    """Nightly backups, the recovery key and the restore drill."""

    name = "secondment.backups"
