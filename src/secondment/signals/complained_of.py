"""Complaints of one kind about somebody: what signs about conduct share. Who wrote and what was written stays with the letter."""

from django.urls import reverse

from secondment.common.sentences import say, say_label
from secondment.signals.readers import complaints
from secondment.signals.sign import Case, SignFact
from secondment.talks.choices import Finding, SuggestionCategory
from secondment.talks.complaints import Complaint

UNFOUNDED = "unfounded"


def complaints_of(case: Case, category: SuggestionCategory) -> list[Complaint]:
    """Those of the last half-year."""
    rows: list[Complaint] = case.of(complaints)
    return [one for one in rows if one.category == category and case.is_recent(one.received_on)]


def standing(rows: list[Complaint]) -> list[Complaint]:
    """Those of which the office that looked into it has not said that there is nothing in it."""
    return [one for one in rows if not one.is_unfounded]


def fact_of(one: Complaint) -> SignFact:
    """That it came, and what was found."""
    found = say_label(Finding(one.finding).label) if one.finding else say("尚未答复")
    words = say(
        "收到反映“%(category)s”的意见，核实结果：%(finding)s",
        category=say_label(SuggestionCategory(one.category).label),
        finding=found,
    )
    return SignFact(words, one.received_on, reverse("talks:suggestion_list"))
