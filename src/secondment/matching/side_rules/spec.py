"""What a kind of side rule is made of, and the words that several kinds share."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from secondment.algorithms.side_rules.rows import Rule, RuleValue
from secondment.matching.choices import Attribute
from secondment.matching.side_rules.stated import StatedRule
from secondment.posts.choices import Specialty

Values = Mapping[str, Any]
WHOLE = 100


class Places(Enum):
    """The groups of posts a kind applies to."""

    NONE = auto()
    TEAMS = auto()
    REGIONS = auto()
    VILLAGES = auto()
    POSTS = auto()


class Figures(Enum):
    """What a kind must know of every person."""

    NONE = auto()
    GROUP = auto()
    WEIGHT = auto()
    RANK = auto()
    ARRIVAL = auto()


@dataclass(frozen=True)
class SideRuleSpec:
    """One kind of side rule.

    Attributes
    ----------
    explanation : what it does, shown where a kind is chosen
    sentence : what it asks with these values; the names are those of the region or post, when it is one
    rule : the same for the solver, over so many people
    value_text : how a plan meets it for one team, couple or region
    places : what its groups of posts are
    is_for_couples, counts_people : whether it is about couples, and whether about people with an attribute
    figures : what it must know of every person
    line_names : what each of its values in a plan is called; couples are named by their people
    fault : what is wrong with its values; "" when nothing is
    """

    explanation: Promise
    sentence: Callable[[Values, Sequence[str]], str]
    rule: Callable[[StatedRule, int], Rule]
    value_text: Callable[[RuleValue], str]
    places: Places = Places.NONE
    is_for_couples: bool = False
    counts_people: bool = False
    figures: Figures = Figures.NONE
    line_names: Callable[[StatedRule], Sequence[str]] = lambda stated: stated.names
    fault: Callable[[Values], str] = lambda _values: ""


def attribute_text(values: Values) -> str:
    """Who is counted: those with a specialty, or with an attribute."""
    attribute = Attribute(values.get("attribute") or Attribute.SPECIALTY)
    if attribute == Attribute.SPECIALTY:
        return _("%(specialty)s专业人选") % {"specialty": Specialty(values["specialty"]).label}
    return str(attribute.label)


def specialty_fault(values: Values) -> str:
    """People counted by a specialty need its name."""
    if values.get("attribute") == Attribute.SPECIALTY and not values.get("specialty"):
        return _("按专业计人的，请选择专业。")
    return ""


def for_each(stated: StatedRule, value: float) -> NDArray[Any]:
    """The same limit for every group."""
    return np.full(len(stated.names), value)


def people_counted(value: RuleValue) -> str:
    """How many are placed, and how many of them count."""
    return _("安排 %(placed)d 人，其中 %(having)d 人符合") % {
        "placed": value.n_placed,
        "having": value.n_counted,
    }


def where(values: Values, names: Sequence[str]) -> str:
    """The region asked for, or every county by itself."""
    if not values.get("region"):
        return _("每个县（市、区）")
    return names[0] if names else str(values["region"])
