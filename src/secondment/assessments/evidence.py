"""Facts that may be cited from assessments: quarters, proposals at half term, opinions and grades of earlier years."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from secondment.accounts.models import User
from secondment.assessments.choices import DecisionState
from secondment.assessments.interim.models import MidtermOpinion, RoutineGrade
from secondment.assessments.interim.rules import reads_interim
from secondment.assessments.models import Grade, Opinion
from secondment.common.sentences import say, say_label
from secondment.findings.ports import SETTLED_YEARS, SettledYear
from secondment.placements.evidence import EvidenceKind, Fact, add_evidence
from secondment.placements.models import Placement

ROUTINE, MIDTERM, OPINION, GRADE = "routine", "midterm", "opinion", "grade"


def routine_facts(placements: Sequence[Placement], starts_on: dt.date, ends_on: dt.date) -> Iterator[Fact]:
    """Grades of quarters, on their last day or the day they were given where that was earlier."""
    rows = RoutineGrade.objects.filter(placement__in=placements, is_current=True)
    for one in rows.order_by("placement", "ends_on"):
        on = min(one.last_day, timezone.localtime(one.given_at).date())
        if starts_on <= on < ends_on:
            label = say(
                "%(period)s平时考核：%(grade)s",
                period=one.period.label,
                grade=say_label(one.get_grade_display()),
            )
            path = reverse("placements:placement_detail", args=[one.placement_id])
            yield Fact(one.placement_id, ROUTINE, f"{one.last_day}", label, on, path, one.words)


def midterm_facts(placements: Sequence[Placement], starts_on: dt.date, ends_on: dt.date) -> Iterator[Fact]:
    """What a side proposed at half term."""
    rows = MidtermOpinion.objects.filter(placement__in=placements, is_current=True)
    for one in rows.filter(given_on__gte=starts_on, given_on__lt=ends_on):
        label = say(
            "中期评估（%(side)s）：%(proposal)s",
            side=say_label(one.get_side_display()),
            proposal=say_label(one.get_proposal_display()),
        )
        path = reverse("assessments:midterm_detail", args=[one.placement_id])
        yield Fact(one.placement_id, MIDTERM, one.side, label, one.given_on, path, one.text)


def opinion_facts(placements: Sequence[Placement], starts_on: dt.date, ends_on: dt.date) -> Iterator[Fact]:
    """What a unit said of a year."""
    rows = Opinion.objects.filter(evaluation__placement__in=placements).select_related("evaluation")
    for one in rows.order_by("evaluation__year", "pk"):
        on = timezone.localtime(one.recorded_at).date()
        if starts_on <= on < ends_on:
            evaluation = one.evaluation
            side = say_label(one.get_side_display())
            label = say("%(year)s年度考核%(side)s意见", year=f"{evaluation.year}", side=side)
            path = reverse("assessments:evaluation_detail", args=[evaluation.pk])
            key = f"{evaluation.year}:{one.side}"
            yield Fact(evaluation.placement_id, OPINION, key, label, on, path, one.text)


def grade_facts(placements: Sequence[Placement], starts_on: dt.date, ends_on: dt.date) -> Iterator[Fact]:
    """Grades in force; the last decision on a year is the one that counts."""
    rows = Grade.objects.filter(
        evaluation__placement__in=placements, decision__state=DecisionState.IN_FORCE
    ).select_related("evaluation", "decision")
    last = {(one.evaluation.placement_id, one.evaluation.year): one for one in rows.order_by("pk")}
    for (placement, year), one in last.items():
        on = one.decision.in_force_on
        if one.grade and on is not None and starts_on <= on < ends_on:
            grade = say_label(one.get_grade_display())
            label = say("%(year)s年度考核等次：%(grade)s", year=f"{year}", grade=grade)
            path = reverse("assessments:evaluation_detail", args=[one.evaluation_id])
            yield Fact(placement, GRADE, f"{year}", label, on, path)


def settled(placements: Collection[int]) -> Iterator[SettledYear]:
    """Years whose grade somebody has decided on; a grade that was withdrawn opens its year again."""
    rows = Grade.objects.filter(evaluation__placement__in=placements).exclude(
        decision__state=DecisionState.RETURNED
    )
    last = {
        (one.evaluation.placement_id, one.evaluation.year): one
        for one in rows.select_related("evaluation", "decision").order_by("pk")
    }
    for (placement, year), one in last.items():
        is_in_force = one.decision.state == DecisionState.IN_FORCE
        if one.grade or not is_in_force:
            yield SettledYear(placement, year, is_in_force)


def _reads(user: User, placement: Placement) -> bool:
    return reads_interim(user, placement)


add_evidence(EvidenceKind(ROUTINE, _("平时考核"), routine_facts, _reads))
add_evidence(EvidenceKind(MIDTERM, _("中期评估"), midterm_facts, _reads))
add_evidence(EvidenceKind(OPINION, _("考核意见"), opinion_facts, _reads))
add_evidence(EvidenceKind(GRADE, _("年度考核等次"), grade_facts, _reads))
SETTLED_YEARS.append(settled)
