"""App configuration."""

from django.apps import AppConfig


class AppraisalsConfig(AppConfig):
    """Democratic appraisals: who votes on whom, secretly, and what the box held when it was closed."""

    name = "secondment.appraisals"
