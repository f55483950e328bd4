"""Facts that may be cited from daily work: what host reports and home notices say, support, urgent matters."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import covers
from secondment.common.sentences import say, say_label
from secondment.daily_work.choices import SupportState
from secondment.daily_work.models import CycleRecord, HomeNotice, HostReport, SupportItem, UrgentMatter
from secondment.daily_work.rules import may_read_causes, may_read_notices, may_read_reports
from secondment.people.rules import is_self
from secondment.placements.evidence import EvidenceKind, Fact, add_evidence
from secondment.placements.models import Placement

REPORT, NOTICE, SUPPORT, URGENT = "report", "notice", "support", "urgent"


def report_facts(placements: Sequence[Placement], starts_on: dt.date, ends_on: dt.date) -> Iterator[Fact]:
    """Each part of a host report that says something; a correction is the same fact, changed."""
    rows = HostReport.objects.filter(placement__in=placements, is_current=True)
    for one in rows.order_by("placement", "ends_on"):
        on = _day_of(one)
        path = reverse("placements:placement_detail", args=[one.placement_id])
        for name in HostReport.TEXTS:
            if starts_on <= on < ends_on and getattr(one, name):
                label = say(
                    "%(period)s情况报告：%(part)s", period=one.period.label, part=_part(HostReport, name)
                )
                key = f"{one.last_day}:{name}"
                yield Fact(one.placement_id, REPORT, key, label, on, path, getattr(one, name))


def notice_facts(placements: Sequence[Placement], starts_on: dt.date, ends_on: dt.date) -> Iterator[Fact]:
    """Each part of a home notice that says something; one that was corrected is another record."""
    rows = HomeNotice.objects.filter(placement__in=placements, is_current=True)
    for one in rows.order_by("placement", "ends_on", "pk"):
        on = timezone.localtime(one.handed_in_at).date()
        path = reverse("daily_work:notice_detail", args=[one.pk])
        for name in HomeNotice.TEXTS:
            if starts_on <= on < ends_on and getattr(one, name):
                label = say("派出单位告知单：%(part)s", part=_part(HomeNotice, name))
                yield Fact(one.placement_id, NOTICE, f"{one.pk}:{name}", label, on, path, getattr(one, name))


def support_facts(placements: Sequence[Placement], starts_on: dt.date, ends_on: dt.date) -> Iterator[Fact]:
    """Support that was asked for, and what became of it."""
    rows = SupportItem.objects.filter(placement__in=placements).exclude(state=SupportState.WITHDRAWN)
    for one in rows.filter(asked_on__gte=starts_on, asked_on__lt=ends_on).select_related("owner"):
        label = say(
            "需支持事项（%(unit)s办理）：%(state)s",
            unit=one.owner.name,
            state=say_label(one.get_state_display()),
        )
        path = reverse("daily_work:support_detail", args=[one.pk])
        yield Fact(one.placement_id, SUPPORT, f"{one.pk}", label, one.asked_on, path, one.wanted)


def urgent_facts(placements: Sequence[Placement], starts_on: dt.date, ends_on: dt.date) -> Iterator[Fact]:
    """That something grave was told, and of what sort; its line stays sealed. Read by whoever told it or was told."""
    rows = UrgentMatter.objects.filter(placement__in=placements).prefetch_related("offices__unit")
    for one in rows.order_by("placement", "reported_at", "pk"):
        on = timezone.localtime(one.reported_at).date()
        if starts_on <= on < ends_on:
            label = say("报告重要情况：%(kind)s", kind=say_label(one.get_kind_display()))
            path = reverse("daily_work:urgent_detail", args=[one.pk])
            yield Fact(
                one.placement_id, URGENT, f"{one.pk}", label, on, path, may_read=partial(_knows_of, one)
            )


def _day_of(record: CycleRecord) -> dt.date:
    """The last day it is about, or the day it was handed in where that was earlier."""
    return min(record.period.last_day, timezone.localtime(record.handed_in_at).date())


def _part(model: type[CycleRecord], name: str) -> str:
    return say_label(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # noqa: SLF001 -- a column


def _knows_of(matter: UrgentMatter, user: User) -> bool:
    told = any(covers(user, one.unit.path, Role(one.role)) for one in matter.offices.all())
    return told or matter.reported_by_id == user.pk


def _is_another(user: User, placement: Placement) -> bool:
    """Nobody reads here what is reported about oneself."""
    return not is_self(user, placement.person)


add_evidence(
    EvidenceKind(
        REPORT,
        _("情况报告"),
        report_facts,
        lambda user, placement: _is_another(user, placement) and may_read_reports(user, placement),
    )
)
add_evidence(EvidenceKind(NOTICE, _("告知单"), notice_facts, may_read_notices))
add_evidence(EvidenceKind(SUPPORT, _("支持事项"), support_facts, _is_another))
add_evidence(
    EvidenceKind(
        URGENT,
        _("重要情况"),
        urgent_facts,
        lambda user, placement: _is_another(user, placement) and may_read_causes(user, placement),
    )
)
