"""The first run: root unit, three administrators, programmes and recovery key, by page or by command, in one transaction."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from secondment.accounts.first import first_administrators
from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.backups.services.keys import adopt_recovery_key
from secondment.onboarding.models import Beginning
from secondment.onboarding.ports import presets
from secondment.units.choices import UnitKind, UnitLevel
from secondment.units.models import Unit
from secondment.units.services import create_unit


@dataclass(frozen=True)
class FirstFacts:
    """What an installation begins with; `people` are system, security and audit administrator as (account, name)."""

    organisation: str
    people: Sequence[Sequence[str]]
    kind: str = UnitKind.ORGANISATION_DEPARTMENT
    level: str = UnitLevel.PREFECTURAL
    region: str | None = None
    department: str = ""  # below the root; none where the root is one itself
    programmes: Sequence[str] | None = None  # codes of presets; None: all

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The three, as the room of accounts takes them."""
        return [(username, name) for username, name in self.people]


@transaction.atomic
def begin_installation(facts: FirstFacts, *, public_key: bytes, at: dt.datetime) -> list[tuple[User, str]]:
    """Everything an installation begins with, or nothing; the three accounts with their one-time passwords.

    Whoever comes second, by page or by command, waits for the lock and is told that there are administrators already.
    """
    row = locked_beginning()
    root = Unit(name=facts.organisation, kind=facts.kind, level=facts.level, region_id=facts.region)
    made = first_administrators(root, facts.pairs, at=at)
    if facts.department:
        department = Unit(
            name=facts.department,
            kind=UnitKind.ORGANISATION_DEPARTMENT,
            level=facts.level,
            region_id=facts.region,
            parent=root,
        )
        create_unit(department, by=None, at=at)
    n = presets().load(facts.programmes, by=None, on=timezone.localtime(at).date(), at=at)
    adopt_recovery_key(public_key, at=at)
    save(row, begun_at=at, code_index="", sealed_key=None)
    record("beginning.finish", row, by=None, at=at, details={"unit": root.name, "n": n})
    return made


def locked_beginning() -> Beginning:
    """The one row, made when it is missing, locked until the transaction ends."""
    Beginning.objects.get_or_create(pk=1)
    return Beginning.objects.select_for_update().get(pk=1)


def save(row: Beginning, **changes: Any) -> None:
    """Set and save these fields."""
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(update_fields=list(changes))
