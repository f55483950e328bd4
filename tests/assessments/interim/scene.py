"""Two townships of a county with people in post for two years, in a programme that asks for quarters and mid-terms."""

import datetime as dt
from typing import Any

from tests.daily_work.scene import Scene
from tests.makers import (
    make_campaign,
    make_person,
    make_placement,
    make_post,
    make_programme_version,
    make_unit,
    make_user,
)

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.assessments.interim.services import RoutineLine, give_routine_grades
from secondment.campaigns.parameters import ProgrammeParameters
from secondment.campaigns.parameters_json import to_json
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement

SEPTEMBER = dt.date(2026, 10, 1)
"""The end (half-open) of the third quarter."""
ON = dt.date(2026, 10, 8)
AT = dt.datetime(2026, 10, 8, 2, 0, tzinfo=dt.UTC)


def parameters(routine: str = "block", midterm: str = "warn", **figures: int) -> dict[str, Any]:
    """What a programme says that asks for both."""
    found = to_json(ProgrammeParameters())
    found["rules"]["H24"]["mode"] = routine
    found["rules"]["H24"]["values"].update(figures)
    found["rules"]["H25"]["mode"] = midterm
    return found


def make_scene(n: int = 2, **rules: Any) -> Scene:
    root = make_unit("示例市委组织部")
    county = make_unit("示例县", root)
    scene = Scene(
        root=root,
        county=county,
        home=make_unit("示例厅", root),
        townships=[make_unit(f"示例镇{at}", county) for at in range(2)],
        version=make_programme_version(parameters(**rules)),
        owner=make_user(Role.ORGANISATION_DEPARTMENT, root, name="市委组织部"),
        people=[],
    )
    for _at in range(n):
        scene.add()
    return scene


def other_programme(scene: Scene, **rules: Any) -> Placement:
    """Somebody of a programme that asks otherwise."""
    campaign = make_campaign(scene.root, programme_version=make_programme_version(parameters(**rules)))
    village = make_unit(parent=scene.townships[0])
    term = {"starts_on": dt.date(2026, 1, 5), "ends_on": dt.date(2028, 1, 5)}
    return make_placement(
        campaign, make_person(scene.home), make_post(village), state=PlacementState.IN_POST, **term
    )


def grade(
    scene: Scene,
    *grades: str,
    by: User | None = None,
    ends_on: dt.date = SEPTEMBER,
    on: dt.date = ON,
    words: str = "",
    **more: Any,
) -> int:
    """The first people in post are graded so."""
    pairs = zip(scene.people, grades, strict=False)
    lines = [RoutineLine(one, code, words) for one, code in pairs]
    return give_routine_grades(lines, ends_on, by=by or scene.host_clerk(), on=on, at=AT, **more)
