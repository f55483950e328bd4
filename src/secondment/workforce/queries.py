"""Kept analyses an account may open."""

from django.db.models import QuerySet

from secondment.accounts.models import User
from secondment.workforce.models import SavedView
from secondment.workforce.rules import may_analyse


def own_views(user: User) -> QuerySet[SavedView]:
    """Those the account has kept."""
    return SavedView.objects.filter(owner=user)


def views_open_to(user: User) -> QuerySet[SavedView]:
    """Every kept analysis: it holds conditions and no figures, and counts what its reader may see."""
    return SavedView.objects.all() if may_analyse(user) else SavedView.objects.none()
