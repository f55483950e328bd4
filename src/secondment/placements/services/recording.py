"""Write a list of people in post that passed the dry run: persons, host units, posts and placements, all or none."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.common.errors import DomainError
from secondment.common.list_import import ListImport
from secondment.common.versions import lock_version
from secondment.people.models import Person
from secondment.people.services.changes import PersonChanges
from secondment.people.services.persons import create_person, edit_person
from secondment.placements.choices import Origin, PlacementState
from secondment.placements.imports import PlacementImport, PlacementLine
from secondment.placements.models import Placement
from secondment.placements.on_record import NewPerson, NewUnit
from secondment.placements.ports import follow_term
from secondment.placements.services.moving import note_down
from secondment.placements.services.notifying import owe_nothing
from secondment.placements.services.posts import post_for
from secondment.posts.models import Post
from secondment.units.choices import UnitKind, UnitLevel
from secondment.units.models import Unit
from secondment.units.services import create_unit

# Ending of a name → what kind of unit that is; the first that fits.
KINDS: tuple[tuple[tuple[str, ...], UnitKind, UnitLevel], ...] = (
    (("村", "社区", "村委会", "居委会"), UnitKind.VILLAGE, UnitLevel.VILLAGE),
    (("乡", "镇", "街道", "街道办事处"), UnitKind.TOWNSHIP, UnitLevel.TOWNSHIP),
    (("公司", "集团", "银行", "厂"), UnitKind.STATE_ENTERPRISE, UnitLevel.COUNTY),
    (("大学", "学院"), UnitKind.UNIVERSITY, UnitLevel.COUNTY),
    (
        ("医院", "学校", "中学", "小学", "研究院", "研究所", "中心"),
        UnitKind.PUBLIC_INSTITUTION,
        UnitLevel.COUNTY,
    ),
    (("组织部", "宣传部", "纪委", "党委", "县委", "市委", "区委"), UnitKind.PARTY_ORGAN, UnitLevel.COUNTY),
)


class RecordingRefusedError(DomainError):
    """A list of people in post has rows that cannot be written, or nobody who may write it."""


@transaction.atomic
def import_placements(plan: ListImport[PlacementLine], *, by: User, at: dt.datetime) -> int:
    """Make and correct what the dry run showed; returns how many rows were written.

    Nothing is owed for days that are past: obligations begin with the cycles after today. Raises
    `RecordingRefusedError`, and whatever the rooms of persons and units refuse.
    """
    if plan.refused:
        raise RecordingRefusedError(
            _("文件中有%(n)d处不能导入，一行也没有写入。请改正后重新上传。") % {"n": len(plan.refused)}
        )
    if not isinstance(plan, PlacementImport) or plan.owner is None:
        raise RecordingRefusedError(_("只有组织部门可以补录在挂人员。"))
    writer = _Writer(plan.owner, by=by, at=at)
    for line in plan.to_write:
        writer.write(line)
    return len(plan.to_write)


def kind_of(name: str) -> tuple[UnitKind, UnitLevel]:
    """What kind and level of unit a name tells; a government organ of county level where it tells nothing."""
    for endings, kind, level in KINDS:
        if name.endswith(endings):
            return kind, level
    return UnitKind.GOVERNMENT_ORGAN, UnitLevel.COUNTY


class _Writer:
    """Writes line by line; what several lines name is made once."""

    def __init__(self, owner: Unit, *, by: User, at: dt.datetime) -> None:
        self.owner, self.by, self.at = owner, by, at
        self.people: dict[int, Person] = {}
        self.units: dict[NewUnit, Unit] = {}

    def write(self, line: PlacementLine) -> None:
        person = self._person(line)
        if line.before is not None:
            self._correct(line)
            return
        host = self._unit(line.host)
        post = self._post(host, line)
        placement = Placement.objects.create(
            person=person,
            post=post,
            home_unit=self._unit(line.home),
            host_unit=host,
            programme_version=line.version,
            owner_unit=self.owner,
            origin=Origin.RECORDED,
            source=line.source[-200:],
            recorded_on=timezone.localtime(self.at).date(),
            **line.values,
        )
        record("placement.record", placement, by=self.by, at=self.at, details={"source": line.source})

    def _person(self, line: PlacementLine) -> Person:
        person = line.person
        if isinstance(person, Person):
            if line.facts:
                values = {name: value for name, value in line.facts.items() if name != "number"}
                number = line.facts.get("number")
                changes = PersonChanges(values, identity=number.text if number else None)
                edit_person(person, changes, version=None, by=self.by, at=self.at)
            return person
        if id(person) not in self.people:
            self.people[id(person)] = self._new_person(person)
        return self.people[id(person)]

    def _new_person(self, new: NewPerson) -> Person:
        values = {
            "unit": self._unit(new.unit),
            "name": new.name,
            "sex": new.sex,
            "born_on": new.born_on,
            "phone": new.phone,
            # The list has no such columns: nobody is taken for what is usual.
            "ethnicity": "",
            "political_status": "",
        }
        changes = PersonChanges(values, identity=new.number.text if new.number else None)
        return create_person(changes, by=self.by, at=self.at)

    def _unit(self, unit: Unit | NewUnit) -> Unit:
        if isinstance(unit, Unit):
            return unit
        if unit not in self.units:
            kind, level = kind_of(unit.name)
            made = Unit(
                name=unit.name,
                kind=kind,
                level=level,
                parent=unit.parent or self.owner,
                is_external=unit.parent is None,
            )
            self.units[unit] = create_unit(made, by=self.by, at=self.at)
        return self.units[unit]

    def _post(self, host: Unit, line: PlacementLine) -> Post:
        return post_for(
            host,
            line.title,
            line.values["starts_on"],
            line.values["ends_on"],
            home=self._unit(line.home),
            by=self.by,
        )

    def _correct(self, line: PlacementLine) -> None:
        """Bring a recorded placement to what the list says; the trail names the fields."""
        placement = lock_version(line.before, version=line.before.version)
        values: dict[str, Any] = {**line.values, "programme_version": line.version}
        if placement.post.title != line.title:
            values["post"] = self._post(placement.host_unit, line)
        changed = [name for name, value in values.items() if getattr(placement, name) != value]
        for name in changed:
            setattr(placement, name, values[name])
        placement.save()
        on = timezone.localtime(self.at).date()
        if placement.state == PlacementState.ENDED:
            owe_nothing(placement, on=placement.closed_on or on)
        follow_term(placement, on=on)
        details = {"fields": sorted(changed), "source": line.source}
        note_down("correct", placement, by=self.by, at=self.at, details=details)
