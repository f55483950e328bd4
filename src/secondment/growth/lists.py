"""The list of nominees and their reviews."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.campaigns.choices import NominationState
from secondment.campaigns.states import UNDECIDED
from secondment.common.components import Status
from secondment.common.listing.listing import Column, Listing
from secondment.growth.filters import ReviewFilter


def is_open(row: Any) -> bool:
    """Whether the review may still be handed in."""
    return row.state == NominationState.NOMINATED and row.campaign.state in UNDECIDED


def state_words(row: Any) -> str:
    """Whether the review is in."""
    if row.rated_on:
        return _("已评议")
    return _("待评议") if is_open(row) else _("未评议")


def state_status(row: Any) -> Status:
    """Colour of the state."""
    return "good" if row.rated_on else "warn" if is_open(row) else "idle"


REVIEWS = Listing(
    key="ability_reviews",
    title=gettext_lazy("能力评议"),
    columns=(
        Column("person.name", gettext_lazy("姓名"), sort=("person__name_key", "pk"), phone="title"),
        Column("home_unit.name", gettext_lazy("派出单位"), sort="home_unit__path", phone="line"),
        Column("campaign.name", gettext_lazy("批次"), sort="campaign__name", is_heading=True),
        Column("rated_on", gettext_lazy("评议日期"), sort=("rated_on", "pk"), is_short=True),
        Column("n_raters", gettext_lazy("评议人数"), sort="n_raters", align="end", is_short=True),
        Column(
            "state",
            gettext_lazy("评议情况"),
            value=state_words,
            status=state_status,
            phone="aside",
            is_short=True,
        ),
    ),
    default_sort="person.name",
    row_url=lambda row: reverse("growth:review", args=[row.pk]),
    filters=ReviewFilter,
    empty_title=gettext_lazy("没有符合条件的推荐人选"),
    empty_text=gettext_lazy("派出单位推荐人选后，在此登记能力评议；每人一次，不另设测评。"),
)
