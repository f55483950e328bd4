"""How a proposal treats groups of people: placed, wishes, hardship and fit by sex, home unit and age. Groups, never persons."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.algorithms.arrays import BoolArray, FloatArray
from secondment.algorithms.fit import COMPONENTS
from secondment.algorithms.periods import full_years
from secondment.algorithms.shares import Share
from secondment.campaigns.models import Campaign, Nomination
from secondment.common.listing.listing import Column, FilterForm, Listing
from secondment.common.listing.rows import Rows
from secondment.common.sentences import listed
from secondment.matching.choices import GroupedBy
from secondment.matching.figures import DECIMALS
from secondment.matching.models import Proposal
from secondment.matching.queries import components_of_pairs
from secondment.matching.two_sided import is_hard

SMALL = 10
AGES = ((35, gettext_lazy("35 岁及以下")), (45, gettext_lazy("36—45 岁")), (200, gettext_lazy("46 岁及以上")))
UNKNOWN = gettext_lazy("未填")
EVERYBODY = gettext_lazy("全体")


@dataclass(frozen=True, eq=False)
class Treatment:
    """What becomes of a set of people; wishes are counted among those placed who stated some, hardship among those placed."""

    n: int
    components: FloatArray
    scores: FloatArray

    @property
    def placed(self) -> Share:
        """Who has a post."""
        return Share(len(self.scores), self.n)

    @property
    def first(self) -> Share:
        """Who has the first wish."""
        return self._of_stated(self._wish == 1)

    @property
    def wished(self) -> Share:
        """Who has any wish."""
        return self._of_stated(self._wish > 0)

    @property
    def hard(self) -> Share:
        """For whom the plan is hard."""
        far, unwished = is_hard(self.components)
        return Share(int((far | unwished).sum()), len(self.scores))

    @property
    def fit(self) -> float | None:
        """Mean fit in points of those placed."""
        return 100 * float(self.scores.mean()) if len(self.scores) else None

    @property
    def _wish(self) -> FloatArray:
        return self.components[:, COMPONENTS.index("person_preference")]

    def _of_stated(self, has: BoolArray) -> Share:
        return Share(int(has.sum()), int(np.isfinite(self._wish).sum()))


@dataclass(frozen=True, eq=False)
class GroupRow:
    """One group beside everybody."""

    pk: int
    by: GroupedBy
    order: int
    label: str
    own: Treatment
    everybody: Treatment

    @property
    def is_small(self) -> bool:
        """Whether one person more or less changes the picture."""
        return self.own.n < SMALL

    @cached_property
    def apart(self) -> list[str]:
        """Figures whose interval does not hold that of everybody."""
        pairs = (
            (_("安排率"), self.own.placed, self.everybody.placed),
            (_("第一志愿"), self.own.first, self.everybody.first),
            (_("志愿之内"), self.own.wished, self.everybody.wished),
            (_("困难安排"), self.own.hard, self.everybody.hard),
        )
        return [label for label, own, other in pairs if own.is_apart_from(other.value)]

    @property
    def note(self) -> str:
        """What a reader should know."""
        if self.is_small:
            return _("人数少，仅供参考")
        if not self.apart:
            return ""
        return _("与全体有差别：%(figures)s") % {"figures": listed(self.apart)}


def group_rows(proposal: Proposal) -> list[GroupRow]:
    """Every group of the proposal, by what it is grouped by; three queries."""
    pairs, components = components_of_pairs(proposal)
    row_of = {nomination: row for row, (nomination, _score) in enumerate(pairs)}
    scores = np.array([score for _nomination, score in pairs], dtype=np.float64)
    people = list(_people(proposal, list(row_of)))

    def treatment(members: Sequence[Nomination]) -> Treatment:
        rows = [row_of[one.pk] for one in members if one.pk in row_of]
        return Treatment(len(members), components[rows], scores[rows])

    everybody = treatment(people)
    rows = [(GroupedBy.ALL, 0, str(EVERYBODY), everybody)]
    for by, group_of in _groupings(proposal.run.campaign).items():
        groups: dict[tuple[int, str], list[Nomination]] = {}
        for one in people:
            groups.setdefault(group_of(one), []).append(one)
        rows += [(by, order, label, treatment(groups[order, label])) for order, label in sorted(groups)]
    return [
        GroupRow(number, by, number, label, own, everybody)
        for number, (by, _order, label, own) in enumerate(rows, 1)
    ]


def _people(proposal: Proposal, placed: Sequence[int]) -> Iterator[Nomination]:
    """Everybody the proposal is about."""
    wanted = {*placed, *proposal.unplaced.values_list("nomination_id", flat=True)}
    found = Nomination.objects.filter(campaign=proposal.run.campaign_id).select_related("person", "home_unit")
    return (one for one in found.order_by("pk") if one.pk in wanted)


def _groupings(campaign: Campaign) -> dict[GroupedBy, Callable[[Nomination], tuple[int, str]]]:
    def age(one: Nomination) -> tuple[int, str]:
        if one.person.born_on is None:
            return len(AGES), str(UNKNOWN)
        years = full_years(one.person.born_on, campaign.starts_on)
        return next((order, str(label)) for order, (most, label) in enumerate(AGES) if years <= most)

    return {
        GroupedBy.SEX: lambda one: (0 if one.person.sex else 1, one.person.get_sex_display() or str(UNKNOWN)),
        GroupedBy.AGE: age,
        GroupedBy.LEVEL: lambda one: (0, one.home_unit.get_level_display()),
        GroupedBy.UNIT: lambda one: (0, one.home_unit.name),
    }


class GroupFilter(FilterForm):
    """One grouping, or those whose name contains the text."""

    q = forms.CharField(label=gettext_lazy("分组名称"), required=False)
    by = forms.ChoiceField(
        label=gettext_lazy("分组方式"),
        required=False,
        choices=[("", gettext_lazy("全部")), *GroupedBy.choices],
    )

    def narrow(self, rows: Rows) -> Rows:
        """The rows of the grouping."""
        text, by = self.cleaned_data.get("q", "").strip(), self.cleaned_data.get("by")
        return [row for row in rows if text in row.label and (not by or row.by in (by, GroupedBy.ALL))]


def share_text(share: Share) -> str:
    """A share in per cent with its interval and what it is a share of."""
    if share.value is None or share.interval is None:
        return "—"
    low, high = (round(100 * end) for end in share.interval)
    return f"{100 * share.value:.0f}% [{low}, {high}] {share.n}/{share.among}"


def _share_column(key: str, label: Promise) -> Column:
    return Column(
        key,
        label,
        sort=lambda row: getattr(row.own, key).value or 0.0,
        value=lambda row: share_text(getattr(row.own, key)),
        align="end",
        is_short=True,
    )


GROUPS = Listing(
    key="fairness",
    title=gettext_lazy("分组对照"),
    columns=(
        Column(
            "by",
            gettext_lazy("分组方式"),
            sort=lambda row: row.order,
            value=lambda row: row.by.label,
            is_heading=True,
        ),
        Column("label", gettext_lazy("分组"), sort=lambda row: row.label, phone="title"),
        Column(
            "n", gettext_lazy("人选"), sort=lambda row: row.own.n, value=lambda row: row.own.n, align="end"
        ),
        _share_column("placed", gettext_lazy("安排率")),
        _share_column("first", gettext_lazy("第一志愿")),
        _share_column("wished", gettext_lazy("志愿之内")),
        _share_column("hard", gettext_lazy("困难安排")),
        Column(
            "fit",
            gettext_lazy("平均匹配度"),
            sort=lambda row: row.own.fit or 0.0,
            value=lambda row: row.own.fit,
            align="end",
            decimals=DECIMALS,
        ),
        Column("note", gettext_lazy("与全体比较"), value=lambda row: row.note, phone="line"),
    ),
    default_sort="by",
    filters=GroupFilter,
    empty_title=gettext_lazy("方案中尚无人选"),
)
