"""The directory: organisation departments and system administrators keep the units of their scope."""

from secondment.accounts.choices import Role
from tests.authorisation.matrix import EVERYONE, Row
from tests.authorisation.rows_posts import somebodys_file
from tests.makers import make_unit

KEEP = frozenset({Role.ORGANISATION_DEPARTMENT, Role.SYSTEM_ADMINISTRATOR})


def pk(side):
    return {"pk": side.host_unit.pk}


def closed(side):
    return {"pk": make_unit(parent=side.root, is_active=False).pk}


ROWS = {
    "directory:unit_tree": Row(KEEP),
    "directory:unit_names": Row(EVERYONE),
    "directory:region_names": Row(EVERYONE),
    "directory:unit_template": Row(KEEP),
    "directory:unit_export": Row(KEEP),
    "directory:unit_import": Row(KEEP),
    "directory:unit_import_review": Row(frozenset(), somebodys_file),
    "directory:unit_import_aside": Row(frozenset(), somebodys_file, "post"),
    "directory:unit_import_faults": Row(frozenset(), somebodys_file),
    "directory:unit_import_confirm": Row(frozenset(), somebodys_file, "post"),
    "directory:unit_detail": Row(KEEP, pk),
    "directory:unit_children": Row(KEEP, pk),
    "directory:unit_create": Row(KEEP, pk),
    "directory:unit_edit": Row(KEEP, pk),
    "directory:unit_move": Row(KEEP, pk),
    "directory:unit_close": Row(KEEP, pk, "post"),
    "directory:unit_reopen": Row(KEEP, closed, "post"),
}
