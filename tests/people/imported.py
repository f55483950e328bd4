"""Run an import the way its background jobs do, without a queue."""

import io
from pathlib import Path

from PIL import Image
from tests.makers import AT, make_user

from secondment.accounts.choices import Role
from secondment.common.file_faults import told_again
from secondment.people.choices import ImportState
from secondment.people.files.draft import place_of
from secondment.people.models import RosterImport, RosterImportRow
from secondment.people.sections import Section
from secondment.people.services.imports.differences import readable_changes
from secondment.people.services.imports.uploads import confirm_import, upload_roster
from secondment.people.services.imports.work import check_drafts, drafts_of, import_drafts
from secondment.units.models import Unit

NUMBER = "990000198503120019"
DATA = Path(__file__).parents[1] / "data"
FORMS = {path.name: path.read_bytes() for path in (DATA / "lrmx").iterdir()}
FULL, QUIRKS = "01_full_v3.2.1.16.lrmx", "02_quirks_v3.2.1.6.lrmx"


def picture(colour: int) -> bytes:
    """A tiny PNG."""
    content = io.BytesIO()
    Image.new("RGB", (3, 4), (colour, 0, 0)).save(content, "PNG")
    return content.getvalue()


def quiet(done: int, total: int) -> None:
    """Nobody watches."""


def make_clerk(unit: Unit, role: Role = Role.ORGANISATION_DEPARTMENT):
    return make_user(role, unit)


def checked(name: str, content: bytes, unit: Unit, by=None) -> RosterImport:
    """Upload and check a file."""
    row = upload_roster(name, content, unit=unit, by=by or make_clerk(unit), at=AT)
    return check_drafts(row, drafts_of(row, quiet), quiet)


def imported(
    name: str, content: bytes, unit: Unit, by=None, *, leaves_out_refused: bool = False
) -> RosterImport:
    """Upload, check, confirm and write a file."""
    row = checked(name, content, unit, by)
    confirm_import(row, leaves_out_refused=leaves_out_refused, by=row.by, at=AT)
    row.refresh_from_db()
    assert row.state == ImportState.IMPORTING
    done = import_drafts(row, drafts_of(row, quiet), at=AT)
    done.refresh_from_db()
    return done


def findings(row: RosterImportRow) -> list[dict]:
    """What was found of a row, in words."""
    return [told_again(one) for one in row.problems]


def changes(row: RosterImport) -> list[dict]:
    """What the only row of an import changes, in words."""
    return readable_changes(row.rows.get().changes, frozenset(Section))


def told(row: RosterImport) -> list[tuple]:
    """(source, name, outcome, problems) of every row."""
    return [
        (
            place_of(one.source, one.line).said("zh").found,
            one.label,
            one.outcome,
            [f"{item['column']}：{item['found']}；{item['remedy']}" for item in findings(one)],
        )
        for one in row.rows.all()
    ]


def csv(*lines: str) -> bytes:
    """A roster from its lines."""
    return "\n".join(lines).encode()
