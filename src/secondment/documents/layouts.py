"""What a unit chose for unknown columns: asked once for files that look alike, and remembered."""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.documents.models import FileLayout
from secondment.files.codes.code_list import plain
from secondment.files.headers import Layout
from secondment.files.problems import BadInputError
from secondment.files.table import Table
from secondment.units.models import Unit


@dataclass(frozen=True)
class Office:
    """Who chooses: the unit of an account, or the account itself when it has none; and for which kind of file."""

    unit: Unit | None
    by: User
    purpose: str

    @property
    def _mine(self) -> dict[str, Any]:
        return {"unit": self.unit, "purpose": self.purpose} | ({} if self.unit else {"by": self.by})

    def chosen(self, look: str) -> dict[str, str]:
        """What was chosen for files of this look: header → known header, or "" for left out."""
        found = FileLayout.objects.filter(**self._mine, look=look).first()
        return dict(found.columns) if found else {}

    def choose(self, look: str, columns: Mapping[str, str], *, at: dt.datetime) -> FileLayout:
        """Keep a choice for the next file of this look."""
        values = {"columns": dict(columns), "by": self.by, "chosen_at": at}
        return FileLayout.objects.update_or_create(**self._mine, look=look, defaults=values)[0]

    def layout_of(self, table: Table, layout: Layout) -> Layout:
        """The layout with what is remembered for the table."""
        if not table.questions.columns:
            return layout
        return Layout(layout.sheet, self.chosen(table_look(table)))


@transaction.atomic
def choose_columns(office: Office, look: str, columns: Mapping[str, str], *, at: dt.datetime) -> FileLayout:
    """Store what was chosen on the page of a list, with a record in the trail."""
    layout = office.choose(look, columns, at=at)
    record("file_layout.choose", layout, by=office.by, at=at, details={"columns": dict(columns)})
    return layout


def read_as_chosen(
    read: Callable[[Layout], Table], office: Office, layout: Layout
) -> tuple[Table, Layout, Table]:
    """The table as the office once chose for files that look like it, the layout used, and the table as it came."""
    table = read(Layout(layout.sheet))
    if layout.columns:
        return read(layout), layout, table
    known = office.layout_of(table, layout)
    if not known.columns:
        return table, layout, table
    try:
        return read(known), known, table
    except BadInputError:  # what was chosen no longer fits the fields: ask again
        return table, layout, table


def table_look(table: Table) -> str:
    """A fingerprint of the columns of a file as it comes: those that are known and those that are not."""
    names = sorted(map(plain, [*table.columns, *(name for name, _ in table.questions.columns)]))
    return hashlib.sha256(json.dumps(names).encode()).hexdigest()
