"""The page that replays a run under other weights: the figures side by side, and for whom anything would change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.campaigns.models import CampaignPost, Nomination
from secondment.campaigns.queries import nominations_named, posts_named
from secondment.common.listing.listing import Column, FilterForm, Listing
from secondment.common.listing.rows import Rows
from secondment.common.sentences import joined_sentences
from secondment.matching.chain_lines import NO_NAME
from secondment.matching.choices import PersonChange
from secondment.matching.figures import DECIMALS, figure_text
from secondment.matching.options import of_those
from secondment.matching.queries import Summary
from secondment.matching.services.replay import Placing, Replay
from secondment.matching.side_rules.kinds import rule_sentence


@dataclass(frozen=True)
class ReplayFigure:
    """One figure of the run's plan, and of the plan under the weights tried."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ReplayRow:
    """A person for whom anything would change; posts are None where there is none, fits are by the weights tried."""

    pk: int
    change: PersonChange
    nomination: Nomination | None
    before: CampaignPost | None
    after: CampaignPost | None
    score_before: float | None
    score_after: float | None

    @property
    def name(self) -> str:
        """The person; a dash when the nomination has been deleted since."""
        return NO_NAME if self.nomination is None else str(self.nomination)

    @property
    def name_key(self) -> str:
        """By what people are sorted."""
        return self.nomination.person.name_key if self.nomination else ""

    @property
    def unit(self) -> str:
        """The home unit."""
        return NO_NAME if self.nomination is None else str(self.nomination.home_unit)


def replay_figures(replay: Replay) -> list[ReplayFigure]:
    """Both plans by both sets of weights: a sum of fits says something only beside one by the same weights."""
    both = (replay.before, replay.after)

    def figure(label: str, values: Iterator[str]) -> ReplayFigure:
        return ReplayFigure(label, *values)

    def wishes(summary: Summary, n: int) -> str:
        return of_those(n, summary.n_stated)

    return [
        figure(_("填补岗位"), (of_those(one.own.n_pairs, replay.n_places) for one in both)),
        figure(_("第一志愿"), (wishes(one.own, one.own.n_first_wishes) for one in both)),
        figure(_("志愿之内"), (wishes(one.own, one.own.n_wishes_met) for one in both)),
        figure(_("按本次权重的总匹配度"), (figure_text(one.own.total) for one in both)),
        figure(_("按本次权重的平均匹配度"), (figure_text(one.own.mean) for one in both)),
        figure(_("按试用权重的总匹配度"), (figure_text(one.tried.total) for one in both)),
        figure(_("按试用权重的平均匹配度"), (figure_text(one.tried.mean) for one in both)),
    ]


def replay_rows(replay: Replay) -> list[ReplayRow]:
    """Everybody for whom anything would change; two queries."""
    before, after = replay.before, replay.after
    changed = [
        one
        for one in sorted({*before.post_of, *after.post_of})
        if before.post_of.get(one) != after.post_of.get(one)
    ]
    people = nominations_named(changed)
    posts = posts_named({post for one in changed for post in _posts(one, before, after)})
    return [
        ReplayRow(
            one,
            _change(one, before, after),
            people.get(one),
            posts.get(before.post_of.get(one, 0)),
            posts.get(after.post_of.get(one, 0)),
            _points(before, one),
            _points(after, one),
        )
        for one in changed
    ]


def change_text(rows: Sequence[ReplayRow], replay: Replay) -> str:
    """How many would change."""
    if not rows:
        return _("按试用权重，本次方案不变。")
    n = {kind: sum(one.change == kind for one in rows) for kind in PersonChange}
    text = _(
        "按试用权重，%(n)d 人的安排会变：%(moved)d 人换岗，%(came)d 人进入，%(left)d 人退出；其余人选不变。"
    ) % {
        "n": len(rows),
        "moved": n[PersonChange.MOVED],
        "came": n[PersonChange.IN],
        "left": n[PersonChange.OUT],
    }
    return text if replay.is_nearest else text + _("未能证明变动人数已为最少。")


def rules_text(replay: Replay) -> str:
    """That side rules do not count here, and which of them the plan would not keep; "" where there are none."""
    if not replay.side_rules:
        return ""
    text = _("试算不计附加规则，两边都是不设附加规则时的最优方案，差别只来自权重。")
    broken = joined_sentences(rule_sentence(one.kind, one.values, one.names) for one in replay.broken)
    return text + _("按试用权重的安排不满足：%(rules)s。") % {"rules": broken} if broken else text


def _posts(person: int, *placings: Placing) -> Iterator[int]:
    return (placing.post_of[person] for placing in placings if person in placing.post_of)


def _change(person: int, before: Placing, after: Placing) -> PersonChange:
    if person not in before.post_of:
        return PersonChange.IN
    return PersonChange.MOVED if person in after.post_of else PersonChange.OUT


def _points(placing: Placing, person: int) -> float | None:
    return 100 * placing.score_of[person] if person in placing.score_of else None


class ReplayFilter(FilterForm):
    """Search by person, unit or post; one kind of change."""

    q = forms.CharField(label=gettext_lazy("姓名、单位、岗位"), required=False)
    change = forms.ChoiceField(
        label=gettext_lazy("变化"),
        required=False,
        choices=[("", gettext_lazy("全部")), *PersonChange.choices],
    )

    def narrow(self, rows: Rows) -> Rows:
        """Rows in which a name contains the text, and of the kind."""
        text, change = self.cleaned_data.get("q", "").strip(), self.cleaned_data.get("change")
        return [
            row
            for row in rows
            if text in f"{row.name} {row.unit} {row.before or ''} {row.after or ''}"
            and (not change or row.change == change)
        ]


REPLAYED = Listing(
    key="replayed",
    title=gettext_lazy("安排会变的人选"),
    columns=(
        Column(
            "change",
            gettext_lazy("变化"),
            sort=(lambda row: list(PersonChange).index(row.change), lambda row: row.name_key),
            value=lambda row: row.change.label,
            is_heading=True,
        ),
        Column(
            "name",
            gettext_lazy("人选"),
            sort=lambda row: row.name_key,
            phone="title",
        ),
        Column("unit", gettext_lazy("派出单位"), sort=lambda row: row.unit),
        Column("before", gettext_lazy("本次方案"), sort=lambda row: str(row.before or "")),
        Column("after", gettext_lazy("按试用权重"), sort=lambda row: str(row.after or "")),
        Column(
            "score_before",
            gettext_lazy("匹配度（本次方案）"),
            sort=lambda row: row.score_before or 0.0,
            align="end",
            decimals=DECIMALS,
        ),
        Column(
            "score_after",
            gettext_lazy("匹配度（试用）"),
            sort=lambda row: row.score_after or 0.0,
            align="end",
            decimals=DECIMALS,
        ),
    ),
    default_sort="change",
    filters=ReplayFilter,
    empty_title=gettext_lazy("无人变动"),
    empty_text=gettext_lazy("按试用权重，本次方案仍是最优方案之一。"),
)
