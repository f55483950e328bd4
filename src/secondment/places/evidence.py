"""Facts that may be cited of a place: promises kept or not, and what the secondee wrote down or had surveyed."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from secondment.accounts.models import User
from secondment.accounts.scopes import covers
from secondment.common.days import ONE_DAY
from secondment.common.sentences import say, say_label
from secondment.placements.evidence import EvidenceKind, Fact, add_evidence
from secondment.placements.models import Placement
from secondment.places.choices import Heading
from secondment.places.models import PlaceFile, PlacePromise, PlaceText
from secondment.places.queries import OVERSEERS

PROMISE, PLACE = "promise", "place"
Mine = dict[tuple[int, int], list[Placement]]
"""Host unit and account → the placements of that account there."""


def promise_facts(placements: Sequence[Placement], starts_on: dt.date, ends_on: dt.date) -> Iterator[Fact]:
    """Promises that were closed, and those whose day has passed."""
    for one in PlacePromise.objects.filter(placement__in=placements).order_by("placement", "pk"):
        on = one.closed_on or (one.due_on and one.due_on + ONE_DAY)
        if on is None or not starts_on <= on < ends_on:
            continue
        label = (
            say("承诺“%(what)s”已了结", what=one.text)
            if one.closed_on
            else say("承诺“%(what)s”已过时限，尚未了结", what=one.text)
        )
        path = reverse("places:handover", args=[one.placement_id])
        yield Fact(one.placement_id, PROMISE, f"{one.pk}", label, on, path, one.outcome)


def place_facts(placements: Sequence[Placement], starts_on: dt.date, ends_on: dt.date) -> Iterator[Fact]:
    """What stands in the description of the place in the secondee's own hand, and surveys of theirs."""
    mine: Mine = defaultdict(list)
    for one in placements:
        if one.person.account_id is not None:
            mine[one.host_unit_id, one.person.account_id].append(one)
    units, accounts = {key[0] for key in mine}, {key[1] for key in mine}
    texts = PlaceText.objects.filter(place__unit__in=units, by__in=accounts, is_current=True).exclude(text="")
    for text in texts.select_related("place"):
        heading = say_label(Heading(text.heading).label)
        label = say("更新挂职地情况：%(heading)s", heading=heading)
        yield from _fact(mine, text.place.unit_id, text, f"text:{text.heading}", label, starts_on, ends_on)
    files = PlaceFile.objects.filter(place__unit__in=units, by__in=accounts)
    for file in files.select_related("place", "file"):
        label = say("上传村情或单位概况“%(file)s”", file=file.file.name)
        yield from _fact(mine, file.place.unit_id, file, f"file:{file.pk}", label, starts_on, ends_on)


def _fact(
    mine: Mine,
    unit: int,
    row: PlaceText | PlaceFile,
    key: str,
    label: str,
    starts_on: dt.date,
    ends_on: dt.date,
) -> Iterator[Fact]:
    on = timezone.localtime(row.at).date()
    content = row.text if isinstance(row, PlaceText) else ""
    path = reverse("places:place_detail", args=[unit])
    for placement in mine.get((unit, row.by_id), ()):
        if placement.starts_on <= on < placement.ends_on and starts_on <= on < ends_on:
            may_read = partial(_oversees, placement)
            yield Fact(placement.pk, PLACE, key, label, on, path, content, may_read)


def _oversees(placement: Placement, user: User) -> bool:
    """Whoever reads the place for some office, or is on the placement."""
    return covers(user, placement.host_unit.path, *OVERSEERS) or placement.person.account_id == user.pk


add_evidence(EvidenceKind(PROMISE, _("承诺事项"), promise_facts))
add_evidence(EvidenceKind(PLACE, _("挂职地情况"), place_facts))
