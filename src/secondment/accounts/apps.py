"""App configuration."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, roles, scopes, sign-in."""

    name = "secondment.accounts"
