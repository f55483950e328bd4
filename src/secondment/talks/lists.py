"""Lists of talks and of what follows from them."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.common.components import Status
from secondment.common.listing.listing import Column, Listing
from secondment.common.sentences import listed
from secondment.talks.choices import FollowUpState
from secondment.talks.filters import FollowUpFilter, TalkFilter
from secondment.talks.models import FollowUp, Talk

ITEM_STATUS: dict[str, Status] = {
    FollowUpState.OPEN: "info",
    FollowUpState.DONE: "good",
    FollowUpState.NOT_POSSIBLE: "warn",
}


def people_words(talk: Talk) -> str:
    """With whom, as far as the reader knows them; others are a number."""
    names: Sequence[str] = [one.placement.person.name for one in talk.seen]  # type: ignore[attr-defined]
    others = talk.n_people - len(names)  # type: ignore[attr-defined]
    words = listed(names)
    return _("%(names)s等 %(n)d 人") % {"names": words, "n": talk.n_people} if others else f"{words}"  # type: ignore[attr-defined]


def items_words(talk: Talk) -> str:
    """How many items follow, and how many are open."""
    items: Sequence[FollowUp] = talk.items  # type: ignore[attr-defined]
    if not items:
        return ""
    n_open = sum(one.state == FollowUpState.OPEN for one in items)
    return _("%(n)d 项，办理中 %(open)d 项") % {"n": len(items), "open": n_open}


def state_words(item: Any) -> str:
    """State, or that it is late on the day of the page."""
    return _("已逾期") if item.is_late(item.today) else str(item.get_state_display())


def state_status(item: Any) -> Status:
    """Colour of the state."""
    return "bad" if item.is_late(item.today) else ITEM_STATUS[item.state]


TALKS = Listing(
    key="talks",
    title=gettext_lazy("谈话"),
    columns=(
        Column("people", gettext_lazy("谈话对象"), value=people_words, phone="title"),
        Column("held_on", gettext_lazy("谈话日期"), sort=("held_on", "pk"), is_short=True, phone="aside"),
        Column(
            "kind",
            gettext_lazy("谈话类型"),
            value=lambda row: row.get_kind_display(),
            sort="kind",
            phone="line",
        ),
        Column("unit.name", gettext_lazy("谈话单位"), sort="unit__path"),
        Column("talker", gettext_lazy("谈话人"), sort="talker", is_short=True),
        Column("n_people", gettext_lazy("人数"), sort="n_people", align="end"),
        Column("items", gettext_lazy("跟进事项"), value=items_words),
        Column(
            "source",
            gettext_lazy("登记方式"),
            value=lambda row: row.get_source_display(),
            sort="source",
            is_hidden_by_default=True,
        ),
        Column(
            "state",
            gettext_lazy("状态"),
            value=lambda row: _("已撤销") if row.is_withdrawn else "",
            sort="is_withdrawn",
            status=lambda row: "warn" if row.is_withdrawn else "idle",
        ),
    ),
    default_sort="-held_on",
    row_url=lambda row: reverse("talks:talk_detail", args=[row.pk]),
    filters=TalkFilter,
    empty_title=gettext_lazy("还没有谈话"),
    empty_text=gettext_lazy("在网页上登记或从汇总表导入的谈话，在此显示。"),
)
ITEMS = Listing(
    key="talk-items",
    title=gettext_lazy("跟进事项"),
    columns=(
        Column("text", gettext_lazy("跟进事项"), sort="text", phone="title"),
        Column(
            "placement.person.name",
            gettext_lazy("涉及人员"),
            value=lambda row: row.placement.person.name if row.placement else _("全体谈话对象"),
            sort="placement__person__name_key",
            phone="line",
        ),
        Column("unit.name", gettext_lazy("负责单位"), sort="unit__path", phone="line"),
        Column("due_on", gettext_lazy("办结期限"), sort=("due_on", "pk"), is_short=True),
        Column(
            "state",
            gettext_lazy("状态"),
            value=state_words,
            sort="state",
            status=state_status,
            phone="aside",
        ),
        Column("closed_on", gettext_lazy("办结日期"), sort="closed_on", is_short=True),
        Column("closing_words", gettext_lazy("办理情况"), phone="hidden"),
    ),
    default_sort="due_on",
    row_url=lambda row: reverse("talks:talk_detail", args=[row.talk_id]),
    filters=FollowUpFilter,
    empty_title=gettext_lazy("没有跟进事项"),
    empty_text=gettext_lazy("谈话中答应办理的事项，登记后在此逐项销号。"),
)
