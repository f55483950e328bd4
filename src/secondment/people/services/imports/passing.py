"""Hand a checked import to another clerk: what was uploaded is sealed anew, for the account that now decides."""

import datetime as dt

from django.db import transaction

from secondment.accounts.models import User
from secondment.accounts.scopes import roles_at
from secondment.common.protection import open_bytes, seal_bytes
from secondment.documents.services import discard_content, lay_down
from secondment.people.models import RosterImport
from secondment.people.rules import may_handle_import
from secondment.people.sections import CLERKS
from secondment.people.services.imports.uploads import (
    SEALED,
    open_questions,
    sealed_questions,
    sealing_context,
)


def may_take_import(user: User, roster_import: RosterImport) -> bool:
    """Whoever may import into the unit by the same roles: others would be shown, and write, something else."""
    path = roster_import.unit.path
    needed = roles_at(roster_import.by, path) & set(CLERKS)
    return may_handle_import(user, roster_import) and needed <= roles_at(user, path)


@transaction.atomic
def pass_import(roster_import: RosterImport, *, to: User, at: dt.datetime) -> None:
    """The import belongs to this account from now on; the caller has checked that this is allowed."""
    old, questions = roster_import.file, open_questions(roster_import)
    with old.content.open("rb") as stored:
        content = open_bytes(stored.read(), context=sealing_context(roster_import.unit, roster_import.by))
    sealed = seal_bytes(content, context=sealing_context(roster_import.unit, to))
    fresh = lay_down(old.name, sealed, content_type=SEALED, by=to, at=at)
    fresh.save(force_insert=True)
    look = roster_import.questions.get("look")
    roster_import.by, roster_import.file = to, fresh
    if roster_import.questions:
        roster_import.questions = {**sealed_questions(roster_import, questions), "look": look}
    roster_import.save(update_fields=["by", "file", "questions"])
    discard_content(old)
