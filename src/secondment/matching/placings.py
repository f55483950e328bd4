"""Lists of what it would take: everybody for one post, every post for one person, the cheapest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.algorithms.explanation import Placing
from secondment.campaigns.models import CampaignPost, Nomination
from secondment.common.listing.listing import Column, FilterForm, Listing
from secondment.common.listing.rows import Rows
from secondment.common.sentences import listed
from secondment.matching.chain_lines import AnswerLine, Telling
from secondment.matching.figures import DECIMALS
from secondment.matching.principled import Wanting
from secondment.matching.services.what_if import WhatIf


@dataclass(frozen=True)
class PlacingRow:
    """One person for one post that the rules allow, and what it would take; the chain is told when it is shown."""

    asked: WhatIf
    telling: Telling
    placing: Placing
    wanting: Wanting

    @property
    def order(self) -> Any:
        """Best first by what the plan was made for: least lost, or the list of the post or person asked about."""
        if self.asked.plan.is_for_best_total:
            return self.placing.worth
        return self.wanting.order(self.asked, self.placing)

    @cached_property
    def ids(self) -> tuple[int, int]:
        """Nomination and campaign post."""
        return self.asked.plan.ids((self.placing.person, self.placing.post))

    @property
    def pk(self) -> int:
        """What tells rows of one list apart."""
        return self.ids[0] if self.asked.post is not None else self.ids[1]

    @property
    def nomination(self) -> Nomination:
        """Whom it is about."""
        return self.telling.people[self.ids[0]]

    @property
    def post(self) -> CampaignPost:
        """Where to."""
        return self.telling.posts[self.ids[1]]

    @property
    def score(self) -> float:
        """Fit in points."""
        return round(100 * self.asked.plan.score_of(self.ids), DECIMALS)

    @property
    def holders(self) -> str:
        """Who has the post now."""
        people = self.telling.people
        return listed(people[one] for one, post in self.asked.plan.post_of.items() if post == self.ids[1])

    @property
    def holds(self) -> str:
        """The post the person has now."""
        post = self.asked.plan.post_of.get(self.ids[0])
        return str(self.telling.posts[post]) if post in self.telling.posts else _("未匹配")

    @cached_property
    def line(self) -> AnswerLine:
        """What it takes, in words."""
        return self.telling.line(self.asked.told(self.placing))


class PlacingFilter(FilterForm):
    """Search by person, unit or post."""

    q = forms.CharField(label=gettext_lazy("姓名、单位、岗位"), required=False)

    def narrow(self, rows: Rows) -> Rows:
        """Rows in which a name contains the text."""
        text = self.cleaned_data.get("q", "").strip()
        return [row for row in rows if text in f"{row.nomination} {row.nomination.home_unit} {row.post}"]


def placing_rows(asked: WhatIf) -> list[PlacingRow]:
    """All placings of a question whose person and post still exist."""
    return list(_known(asked, Telling(asked.plan, None), Wanting(asked.plan)))


def _known(asked: WhatIf, telling: Telling, wanting: Wanting) -> Iterator[PlacingRow]:
    for placing in asked.placings:
        row = PlacingRow(asked, telling, placing, wanting)
        if row.ids[0] in telling.people and row.ids[1] in telling.posts:
            yield row


def _cost_cell(row: PlacingRow) -> SafeString:
    """The sum, with the chain folded below."""
    steps = format_html_join("", "<li>{}</li>", ((step,) for step in row.line.steps))
    return format_html(
        '<details><summary>{}</summary><div>{}</div><ol class="chain">{}</ol><div class="text-soft">{}</div></details>',
        row.line.total,
        row.line.lead,
        steps,
        row.line.others,
    )


def _move_url(row: PlacingRow) -> str:
    url = reverse("matching:move_preview", args=[row.asked.plan.proposal.pk])
    return f"{url}?nomination={row.ids[0]}&post={row.ids[1]}"


_COST = Column(
    "cost",
    gettext_lazy("需要的调整与合计"),
    sort=lambda row: row.order,
    html=_cost_cell,
    export=lambda row: row.line.text,
    value=lambda row: row.line.text,
    phone="line",
)
_SCORE = Column(
    "score", gettext_lazy("匹配度"), sort=lambda row: row.score, align="end", decimals=DECIMALS, phone="aside"
)

CANDIDATES = Listing(
    key="post_candidates",
    title=gettext_lazy("可安排到此岗位的人选"),
    columns=(
        Column(
            "person",
            gettext_lazy("人选"),
            sort=lambda row: row.nomination.person.name_key,
            value=lambda row: str(row.nomination),
            phone="title",
        ),
        Column(
            "nomination.home_unit.name",
            gettext_lazy("派出单位"),
            sort=lambda row: row.nomination.home_unit.path,
        ),
        _SCORE,
        Column("holds", gettext_lazy("现拟安排"), sort=lambda row: row.holds),
        _COST,
    ),
    default_sort="cost",
    row_url=_move_url,
    filters=PlacingFilter,
    empty_title=gettext_lazy("没有其他人选可以安排到此岗位"),
    empty_text=gettext_lazy(
        "资格条件、回避规定或岗位要求排除了其余人选，或其余人选已由人工安排、锁定在其他岗位。"
    ),
)

POSTS = Listing(
    key="person_posts",
    title=gettext_lazy("此人可以安排的岗位"),
    columns=(
        Column(
            "post",
            gettext_lazy("岗位"),
            sort=lambda row: row.post.post.host_unit.path,
            value=lambda row: str(row.post),
            phone="title",
        ),
        _SCORE,
        Column("holders", gettext_lazy("现拟人选"), sort=lambda row: row.holders),
        _COST,
    ),
    default_sort="cost",
    row_url=_move_url,
    filters=PlacingFilter,
    empty_title=gettext_lazy("没有其他可安排的岗位"),
    empty_text=gettext_lazy("资格条件、回避规定或岗位要求排除了其余岗位，或其余岗位已由人工安排、锁定他人。"),
)
