"""How backups stand, for system administrators; nothing of their content."""

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone

from secondment.accounts.http import SignedInRequest
from secondment.backups.lists import BACKUPS
from secondment.backups.queries import backups, standing
from secondment.backups.rules import require_reader


def backup_list(request: SignedInRequest) -> HttpResponse:
    """The last backup and the last drill, and every try with its result."""
    require_reader(request.user)
    context = {"standing": standing(at=timezone.now()), "directory": settings.BACKUP_DIR}
    return BACKUPS.respond(request, backups(), "backups/backup_list.html", context)
