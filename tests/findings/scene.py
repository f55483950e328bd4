"""The county of the tests of talks: talks are the facts that findings cite here."""

import datetime as dt
from typing import Any

from tests.makers import numbers
from tests.talks.scene import AT, ON, Scene, make_scene

from secondment.accounts.models import User
from secondment.findings.models import Finding
from secondment.findings.services import NewFinding, write_finding
from secondment.talks.models import Talk

DAY = dt.date(2026, 10, 20)


def talk(scene: Scene, on: dt.date = DAY, **fields: Any) -> Talk:
    """Another talk of the host unit: a fact that everybody around the placement may read."""
    return scene.talk(held_on=on, **{"talker": f"谈话人{next(numbers)}", **fields})


def cited(*talks: Talk) -> tuple[str, ...]:
    """How a form names these facts."""
    return tuple(f"talk/{one.pk}" for one in talks)


def new(scene: Scene, *talks: Talk, **fields: Any) -> NewFinding:
    """A finding of the host unit."""
    values: dict[str, Any] = {
        "placement": scene.placement,
        "year": 2026,
        "side": "host",
        "theme": "strength",
        "text": "肯下村，主动与群众沟通。",
        "signer": "王示例",
        "signed_on": ON,
        "facts": cited(*talks),
        **fields,
    }
    return NewFinding(**values)


def written(scene: Scene, *talks: Talk, by: User | None = None, **fields: Any) -> Finding:
    """The same, kept."""
    facts = talks or (talk(scene),)
    return write_finding(new(scene, *facts, **fields), by=by or scene.host, on=ON, at=AT)


__all__ = ["AT", "DAY", "ON", "Scene", "cited", "make_scene", "new", "talk", "written"]
