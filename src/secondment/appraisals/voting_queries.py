"""What the pages of a vote ask for."""

from django.db.models import QuerySet

from secondment.accounts.models import User
from secondment.appraisals.models import SlipReplacement
from secondment.appraisals.queries import papers_visible_to


def replacements_visible_to(user: User) -> QuerySet[SlipReplacement]:
    """Requests for new slips of one's department."""
    papers = papers_visible_to(user).order_by().values("pk")
    return SlipReplacement.objects.filter(paper__in=papers).select_related("paper__appraisal__owner_unit")
