"""What those in post wrote about last year: most in December, some late, a few not read yet."""

import datetime as dt
import random

from secondment.accounts.models import User
from secondment.assessments.choices import SummaryKind, SummarySource
from secondment.assessments.models import Summary
from secondment.assessments.writing import Asked, asked_of
from secondment.audit.services import Entry
from secondment.demo.loader.scene import Posted, Scene, at_hour
from secondment.demo.work import texts
from secondment.demo.work.planted import Case
from secondment.people.rules import is_self

BATCH = 500
LATE, UNREAD = 0.05, 0.06


def load_summaries(scene: Scene) -> None:
    """The summary of the year before the day of loading, of everybody whose term asks for one."""
    asked = [(one, posted) for posted in scene.people for one in asked_of(posted.placement, scene.on)]
    year = scene.on.year - 1
    Summary.objects.bulk_create(
        [
            _written(one, posted, scene)
            for one, posted in asked
            if one.year == year and one.kind == SummaryKind.YEAR
        ],
        batch_size=BATCH,
    )


def _written(asked: Asked, posted: Posted, scene: Scene) -> Summary:
    source, placement = posted.chance(f"summary {asked.year}"), posted.placement
    account = placement.person.account
    by = account or scene.offices.of_home(placement)
    is_late = posted.case == Case.PASSING or source.random() < LATE
    day = asked.due_on + dt.timedelta(days=source.randint(2, 12) if is_late else -source.randint(1, 25))
    written_at = at_hour(day, source.randint(9, 17))
    row = Summary(
        placement=placement,
        year=asked.year,
        kind=asked.kind,
        text=_text(source, posted),
        source=SummarySource.OWN if is_self(by, placement.person) else SummarySource.WORKBOOK,
        written_by=by,
        written_at=written_at,
    )
    details = {"year": row.year, "n": len(row.text), "source": row.source}
    scene.trail.append(Entry("summary.write", row, by, written_at, details))
    if source.random() >= UNREAD:
        _read(
            row, _reader(posted, scene, by), at_hour(day + dt.timedelta(days=source.randint(2, 9)), 15), scene
        )
    return row


def _reader(posted: Posted, scene: Scene, by: User) -> User:
    """An office other than the one that typed it in."""
    host = scene.offices.of_host(posted.placement)
    return host if host != by else scene.offices.accounts["check"]


def _read(row: Summary, reader: User, at: dt.datetime, scene: Scene) -> None:
    row.read_by, row.read_at, row.version = reader, at, row.version + 1
    scene.trail.append(Entry("summary.read", row, reader, at, {}))


def _text(source: random.Random, posted: Posted) -> str:
    """What went well, what did not, what comes next."""
    goals = [f"“{one.task}”" for one in posted.goals]
    opening = f"一年来，围绕{'、'.join(goals)}开展工作。" if goals else "一年来，走村入户、熟悉情况。"
    best = source.choice(texts.EXCELLENT) if posted.case == Case.EXCELLENT else source.choice(texts.OWN_BEST)
    return f"{opening}{best}{source.choice(texts.OWN_SHORTCOMINGS)}{source.choice(texts.OWN_PLANS)}"
