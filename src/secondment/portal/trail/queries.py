"""What an audit administrator reads."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import has_role, paths_of, under
from secondment.audit.models import AuditEvent
from secondment.common.errors import require

CHECKED = "audit.verify"


def may_read_trail(user: User) -> bool:
    """The audit administrator only; no one else sees who did what."""
    return has_role(user, Role.AUDIT_ADMINISTRATOR)


def require_trail_reader(user: User) -> None:
    """Refuse everybody else."""
    require(may_read_trail(user), _("审计记录只对审计管理员开放。"))


def trail_of(user: User) -> QuerySet[AuditEvent]:
    """Events of the own units, and events that belong to no unit; newest first."""
    paths = paths_of(user, Role.AUDIT_ADMINISTRATOR)
    if not paths:
        return AuditEvent.objects.none()
    return AuditEvent.objects.filter(under("unit_path", paths) | Q(unit_path=""))


def last_check() -> AuditEvent | None:
    """The last check of the entire trail, with its result."""
    return AuditEvent.objects.filter(action=CHECKED).order_by("-pk").first()
