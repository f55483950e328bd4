"""What host reports asked for, and what became of it, by bulk."""

import datetime as dt
import random
from collections.abc import Iterable

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.audit.services import Entry
from secondment.daily_work.choices import JUDGED, SupportState
from secondment.daily_work.models import CycleRecord, HostReport, SupportItem
from secondment.daily_work.parameters import support_days
from secondment.daily_work.services.support import outcome_owed, support_owed
from secondment.demo.loader.scene import Scene, at_hour
from secondment.demo.work import texts
from secondment.obligations.models import Obligation
from secondment.obligations.services import owed_row

BATCH = 500


def load_support(reports: Iterable[CycleRecord], scene: Scene) -> None:
    """An item for each report that wants something; most were answered and judged since."""
    items = [_item(one, scene) for one in reports if isinstance(one, HostReport) and one.support_wanted]
    SupportItem.objects.bulk_create(items, batch_size=BATCH)
    Obligation.objects.bulk_create((row for one in items for row in _owed(one)), batch_size=BATCH)


def _item(report: HostReport, scene: Scene) -> SupportItem:
    placement = report.placement
    asked_on = report.handed_in_at.date()
    source = random.Random(f"{placement.post.code} {asked_on}")  # noqa: S311 -- invented data, no secret
    item = SupportItem(
        placement=placement,
        report=report,
        wanted=report.support_wanted,
        owner=placement.home_unit,
        owner_role=Role.HOME_UNIT,
        asked_on=asked_on,
        due_on=asked_on + dt.timedelta(days=support_days(placement)),
    )
    _note(scene, "ask", item, report.handed_in_by, report.handed_in_at, {"to_office": item.owner.name})
    answered_on = asked_on + dt.timedelta(days=source.randint(4, 40))
    if source.random() < 0.93 and answered_on < scene.on:
        _answer(item, answered_on, scene, source)
        judged_on = answered_on + dt.timedelta(days=source.randint(1, 20))
        if source.random() < 0.95 and judged_on < scene.on:
            _judge(item, judged_on, scene, source)
    return item


def _answer(item: SupportItem, on: dt.date, scene: Scene, source: random.Random) -> None:
    item.state, item.answered_on, item.answer = SupportState.ANSWERED, on, source.choice(texts.ANSWERS)
    _note(scene, "answer", item, scene.offices.of_home(item.placement), at_hour(on, 10))


def _judge(item: SupportItem, on: dt.date, scene: Scene, source: random.Random) -> None:
    helped = source.random() < 0.85
    item.state = SupportState.HELPED if helped else SupportState.NOT_HELPED
    item.outcome = source.choice(texts.HELPED if helped else texts.NOT_HELPED)
    item.closed_on = on
    by = scene.offices.of_host(item.placement)
    _note(scene, "judge", item, by, at_hour(on, 15), {"outcome": item.state})


def _owed(item: SupportItem) -> Iterable[Obligation]:
    """What the owner owes or owed, and then the host."""
    yield owed_row(item, support_owed(item), met_on=item.answered_on)
    if item.answered_on is not None:
        closed_on = item.closed_on if item.state in JUDGED else None
        yield owed_row(item, outcome_owed(item, item.answered_on), met_on=closed_on)


def _note(
    scene: Scene,
    action: str,
    item: SupportItem,
    by: User,
    at: dt.datetime,
    details: dict[str, str] | None = None,
) -> None:
    scene.trail.append(Entry(f"support_item.{action}", item, by, at, details or {}))
