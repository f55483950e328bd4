"""A department with five people in post all of 2025, at two host units, and the accounts around them."""

import datetime as dt
from dataclasses import dataclass

import pytest

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.assessments.choices import Side
from secondment.assessments.models import Evaluation, Register
from secondment.assessments.services import (
    Choice,
    Meeting,
    Said,
    give_opinion,
    open_register,
    record_decision,
)
from secondment.campaigns.models import Campaign
from secondment.people.models import Person
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.units.models import Unit
from tests.makers import (
    AT,
    ON,
    make_campaign,
    make_person,
    make_placement,
    make_post,
    make_unit,
    make_user,
)

YEAR = 2025
# the decider only has the name of the first person who is assessed
MEETING = Meeting("部务会", "张示例、李示例", "示组发〔2026〕1号", dt.date(2026, 1, 20), is_namesake=True)
WHOLE_YEAR = {"starts_on": dt.date(2024, 6, 1), "ends_on": dt.date(2027, 6, 1)}


@dataclass
class Scene:
    root: Unit
    home: Unit
    host: Unit
    campaign: Campaign
    owner: User
    second_owner: User
    home_clerk: User
    host_clerk: User
    secondee: User
    placements: list[Placement]

    @property
    def people(self) -> list[Person]:
        return [one.person for one in self.placements]

    def add(self, person: Person | None = None, host: Unit | None = None, **fields) -> Placement:
        """One more in post, all of the year unless told otherwise."""
        person = person or make_person(self.home, rank="150")
        fields = {**WHOLE_YEAR, "state": PlacementState.IN_POST} | fields
        placement = make_placement(self.campaign, person, make_post(host or self.host), **fields)
        self.placements.append(placement)
        return placement

    def open(self, **fields) -> Register:
        """The register of the year."""
        fields = {"year": YEAR, "opinions_by": dt.date(2026, 1, 10)} | fields
        return open_register(self.root, by=self.owner, on=ON, at=AT, **fields)

    def evaluation(self, at: int = 0) -> Evaluation:
        """The evaluation of the person at this place."""
        return Evaluation.objects.get(person=self.placements[at].person, year=YEAR)

    def hear(self, *grades: str, register: Register | None = None) -> list[Evaluation]:
        """Both units say the same of everybody, the first grades in order, then 称职."""
        rows = list((register or Register.objects.get()).evaluations.order_by("placement"))
        for at, one in enumerate(rows):
            grade = grades[at] if at < len(grades) else "competent"
            give_opinion(one, Side.HOST, Said("工作扎实。", grade), by=self.host_clerk, at=AT)
            give_opinion(one, Side.HOME, Said("履职尽责。", grade), by=self.home_clerk, at=AT)
        return rows

    def decide(self, rows: list[Evaluation], *grades: str, **more):
        """What the meeting decided, recorded by the owner."""
        reason = more.pop("reason", "")
        choices = [
            Choice(one.pk, grades[at] if at < len(grades) else "competent", reason)
            for at, one in enumerate(rows)
        ]
        return record_decision(rows[0].register, MEETING, choices, by=self.owner, on=ON, at=AT, **more)


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene()


def make_scene() -> Scene:
    """Everybody, without a register."""
    root = make_unit("示例省委组织部")
    home, host = make_unit("示例厅", root), make_unit("示例村", root)
    secondee = make_user(Role.SECONDEE, home, name="张示例")
    made = Scene(
        root=root,
        home=home,
        host=host,
        campaign=make_campaign(root),
        owner=make_user(Role.ORGANISATION_DEPARTMENT, root),
        second_owner=make_user(Role.ORGANISATION_DEPARTMENT, root),
        home_clerk=make_user(Role.HOME_UNIT, home),
        host_clerk=make_user(Role.HOST_UNIT, host),
        secondee=secondee,
        placements=[],
    )
    made.add(make_person(home, name="张示例", name_key="zhang", account=secondee, rank="150"))
    for _n in range(4):
        made.add()
    return made
