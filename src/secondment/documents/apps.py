"""App configuration."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Forms, numbering and files; knows no other app."""

    name = "secondment.documents"
