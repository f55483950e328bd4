"""Home page and search are everyone's; the trail is the audit administrator's alone."""

from secondment.accounts.choices import Role
from tests.authorisation.matrix import EVERYONE, Row

AUDIT = frozenset({Role.AUDIT_ADMINISTRATOR})

ROWS = {
    "portal:home": Row(EVERYONE),
    "portal:search": Row(EVERYONE),
    "portal:trail": Row(AUDIT),
    "portal:trail_end": Row(AUDIT),
    "portal:trail_check": Row(AUDIT, method="post"),
}
