"""A department with two officials, and its standards."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from tests.makers import AT, make_unit, make_user

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.campaigns.models import Programme
from secondment.people.choices import Category
from secondment.standards.models import StandardVersion
from secondment.standards.presets import TEMPLATES
from secondment.standards.services import Beginning, create_standard, sign_version, submit_version
from secondment.units.models import Unit

LATER = AT + dt.timedelta(days=1)


@dataclass
class Scene:
    """`writer` drafts, `signer` signs; `home` is a unit below, `leader` leads the whole tree."""

    root: Unit
    unit: Unit
    writer: User
    signer: User
    home: User
    leader: User

    def draft(self, template: int | None = 0, **given: Any) -> StandardVersion:
        """A draft from a template, or an empty one."""
        beginning = Beginning() if template is None else Beginning(template=TEMPLATES[template])
        given.setdefault("name", f"标准{StandardVersion.objects.count() + 1}")
        given.setdefault("category", Category.PARTY_GOVERNMENT)
        owner = given.pop("owner", self.root)
        return create_standard(owner=owner, beginning=beginning, by=self.writer, at=AT, **given)

    def signed(self, template: int = 0, **given: Any) -> StandardVersion:
        """One that is in force."""
        version = submit_version(self.draft(template, **given), by=self.writer, at=AT)
        return sign_version(version, by=self.signer, at=LATER)


def make_scene() -> Scene:
    root = make_unit("示例市委组织部")
    unit = make_unit("示例局", root)
    return Scene(
        root,
        unit,
        make_user(Role.ORGANISATION_DEPARTMENT, root, name="周起草"),
        make_user(Role.ORGANISATION_DEPARTMENT, root, name="顾签批"),
        make_user(Role.HOME_UNIT, unit),
        make_user(Role.LEADER, root),
    )


def make_programme(code: str = "doctors") -> Programme:
    return Programme.objects.create(code=code, name=f"项目{code}")
