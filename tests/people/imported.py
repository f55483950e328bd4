"""Run an import the way its background jobs do, without a queue."""

from tests.makers import AT, make_user

from secondment.accounts.choices import Role
from secondment.people.choices import ImportState
from secondment.people.imports.work import check_drafts, drafts_of, import_drafts
from secondment.people.models import RosterImport
from secondment.people.services.uploads import confirm_import, upload_roster
from secondment.units.models import Unit


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


def told(row: RosterImport) -> list[tuple]:
    """(source, name, outcome, problems) of every row."""
    return [
        (
            one.source,
            one.label,
            one.outcome,
            [f"{item['column']}：{item['found']}；{item['remedy']}" for item in one.problems],
        )
        for one in row.rows.all()
    ]
