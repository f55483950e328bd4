"""Facts that may be cited from talks and training: that they took place, never what was said."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secondment.accounts.models import User
from secondment.common.sentences import say, say_label
from secondment.placements.evidence import EvidenceKind, Fact, add_evidence
from secondment.placements.models import Placement
from secondment.talks.choices import GatheringState
from secondment.talks.models import Gathering, Invitation, TalkPerson
from secondment.talks.rules import may_organise

TALK, TRAINING = "talk", "training"


def talk_facts(placements: Sequence[Placement], starts_on: dt.date, ends_on: dt.date) -> Iterator[Fact]:
    """Talks with these people."""
    rows = TalkPerson.objects.filter(
        placement__in=placements,
        talk__is_withdrawn=False,
        talk__held_on__gte=starts_on,
        talk__held_on__lt=ends_on,
    )
    for one in rows.select_related("talk__unit"):
        talk = one.talk
        label = say("%(unit)s%(kind)s", unit=talk.unit.name, kind=say_label(talk.get_kind_display()))
        path = reverse("talks:talk_detail", args=[talk.pk])
        yield Fact(one.placement_id, TALK, f"{talk.pk}", label, talk.held_on, path)


def training_facts(placements: Sequence[Placement], starts_on: dt.date, ends_on: dt.date) -> Iterator[Fact]:
    """Training and meetings whose organiser has said who came; nobody else knows."""
    rows = Invitation.objects.filter(
        placement__in=placements,
        gathering__state=GatheringState.HELD,
        gathering__starts_on__gte=starts_on,
        gathering__starts_on__lt=ends_on,
    )
    for one in rows.select_related("gathering__unit"):
        event = one.gathering
        label = (
            say("未参加“%(title)s”", title=event.title)
            if one.absence
            else say("参加“%(title)s”", title=event.title)
        )
        path = reverse("talks:gathering_detail", args=[event.pk])
        yield Fact(
            one.placement_id,
            TRAINING,
            f"{event.pk}",
            label,
            event.starts_on,
            path,
            one.absence,
            may_read=partial(_organises, event),
        )


def _organises(event: Gathering, user: User) -> bool:
    return may_organise(user, event)


add_evidence(EvidenceKind(TALK, _("谈话"), talk_facts))
add_evidence(EvidenceKind(TRAINING, _("培训座谈"), training_facts))
