"""A department with its people and units, and the two who open their accounts together."""

from dataclasses import dataclass, field

import pytest
from tests.makers import AT, make_person, make_unit, make_user

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.onboarding.models import AccountBatch
from secondment.onboarding.services import LineAsked, ask_batch, confirm_batch
from secondment.people.models import Person
from secondment.units.models import Unit


@dataclass
class Office:
    root: Unit
    home: Unit
    host: Unit
    clerk: User
    security: User
    system: User
    people: list[Person] = field(default_factory=list)

    def add_people(self, n: int) -> list[Person]:
        self.people += [make_person(self.home, name="张示例") for _at in range(n)]
        return self.people

    def asked(self, n: int = 1) -> AccountBatch:
        """A batch for this many people, user names `zhang0`, `zhang1` …"""
        lines = [
            LineAsked(one.unit, one.name, f"zhang{number}", one)
            for number, one in enumerate(self.add_people(n))
        ]
        return ask_batch(lines, roles=[Role.SECONDEE], by=self.clerk, at=AT)

    def made(self, n: int = 1) -> AccountBatch:
        batch = self.asked(n)
        confirm_batch(batch, by=self.security, at=AT)
        return AccountBatch.objects.get(pk=batch.pk)


@pytest.fixture
def office(db: None) -> Office:
    root = make_unit("示例市委组织部")
    return Office(
        root=root,
        home=make_unit("示例市发展改革局", root, short_name="示例市发改局"),
        host=make_unit("示例镇", root),
        clerk=make_user(Role.ORGANISATION_DEPARTMENT, root, name="经办人甲"),
        security=make_user(Role.SECURITY_ADMINISTRATOR, root, name="安全员乙"),
        system=make_user(Role.SYSTEM_ADMINISTRATOR, root, name="系统员丙"),
    )
