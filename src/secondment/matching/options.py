"""The page on which a campaign compares its plans, and the list of pairs that would rather have each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.campaigns.lists import PRIORITIES
from secondment.campaigns.models import CampaignPost, Nomination
from secondment.campaigns.queries import nominations_named, posts_named
from secondment.common.listing.listing import Column, FilterForm, Listing
from secondment.common.listing.rows import Rows
from secondment.common.sentences import joined_sentences, labelled, listed
from secondment.matching.choices import Principle
from secondment.matching.figures import DECIMALS, figure_text
from secondment.matching.models import MatchingRun
from secondment.matching.queries import Summary, summary_of
from secondment.matching.side_rules.kinds import rule_sentence
from secondment.matching.snapshot import unpack
from secondment.matching.two_sided import Blocking, Hardship, Plan, TwoSided, hardship_of

HELP = {
    Principle.BEST_TOTAL: gettext_lazy("先按优先级填补最多的岗位，再使总匹配度最高（本次计算的方案）。"),
    Principle.STABLE_PEOPLE: gettext_lazy(
        "除派出上限所限外，没有一对人选和岗位都更愿意选择对方；在这类方案中对人选的志愿最有利。"
    ),
    Principle.STABLE_POSTS: gettext_lazy(
        "除派出上限所限外，没有一对人选和岗位都更愿意选择对方；在这类方案中对接收单位最有利。"
    ),
    Principle.LARGEST_STABLE: gettext_lazy(
        "除派出上限所限外，没有一对人选和岗位都更愿意选择对方的方案中，安排人数最多。"
    ),
}


@dataclass(frozen=True)
class Option:
    """One plan with its figures."""

    plan: Plan
    summary: Summary
    hardship: Hardship
    n_by_priority: dict[int, int]
    n_blocking: int
    n_blocking_by_cap: int
    broken: Sequence[str]
    n_changed: int

    @property
    def principle(self) -> Principle:
        """What the plan is made for."""
        return self.plan.principle

    @property
    def help(self) -> Promise:
        """The principle in a sentence."""
        return HELP[self.principle]


@dataclass(frozen=True)
class OptionRow:
    """One figure of all plans, in words."""

    label: str
    values: Sequence[str]

    @property
    def cells(self) -> list[tuple[str, str]]:
        """Each value with the principle it belongs to."""
        return [(value, str(one.label)) for value, one in zip(self.values, Principle, strict=True)]


class Options:
    """All plans of one run."""

    def __init__(self, run: MatchingRun) -> None:
        self.run = run
        self.market = TwoSided(unpack(run.snapshot), run.weights, run.seed)
        self.optimum = tuple((person, post) for person, post in run.report["optimum"])

    def plan(self, principle: Principle) -> Plan:
        """The plan of this principle."""
        return self.market.plan(principle, self.optimum)

    @cached_property
    def options(self) -> list[Option]:
        """Every plan with its figures, the best total first."""
        return [self._option(principle) for principle in Principle]

    def rows(self) -> list[OptionRow]:
        """The figures side by side."""
        plans = self.options
        n_places = int(self.market.problem.capacity.sum())
        return [
            OptionRow(_("填补岗位"), [f"{one.summary.n_pairs} / {n_places}" for one in plans]),
            OptionRow(_("其中各优先级"), [_priorities(one.n_by_priority) for one in plans]),
            OptionRow(_("总匹配度"), [figure_text(one.summary.total) for one in plans]),
            OptionRow(_("平均匹配度"), [figure_text(one.summary.mean) for one in plans]),
            OptionRow(
                _("第一志愿"), [of_those(one.summary.n_first_wishes, one.summary.n_stated) for one in plans]
            ),
            OptionRow(
                _("志愿之内"), [of_those(one.summary.n_wishes_met, one.summary.n_stated) for one in plans]
            ),
            OptionRow(_("困难安排"), [str(one.hardship.n) for one in plans]),
            OptionRow(_("希望就近而远离"), [str(one.hardship.n_far) for one in plans]),
            OptionRow(_("安排在志愿之外"), [str(one.hardship.n_unwished) for one in plans]),
            OptionRow(_("互相更愿意的组合"), [_blocking(one) for one in plans]),
            OptionRow(_("不满足的附加规则"), [joined_sentences(one.broken) or "0" for one in plans]),
            OptionRow(_("与总匹配度最高的方案不同"), [_("%(n)d 人") % {"n": one.n_changed} for one in plans]),
        ]

    def blocking_rows(self, principle: Principle) -> list["BlockingRow"]:
        """Every pair of the plan that would rather have each other, with names."""
        plan = self.plan(principle)
        found = list(self.market.blocking(plan))
        snapshot = self.market.snapshot
        problem = self.market.problem
        held = dict(zip(problem.person[plan.rows].tolist(), problem.post[plan.rows].tolist(), strict=True))
        people = nominations_named(
            snapshot.nominations[one]
            for pair in found
            for one in (pair.person, pair.gives_up)
            if one is not None
        )
        posts = posts_named(
            snapshot.posts[post]
            for pair in found
            for post in (pair.post, held.get(pair.person))
            if post is not None
        )
        rows = (
            BlockingRow.of(number, pair, held, self.market, people, posts)
            for number, pair in enumerate(found, 1)
        )
        return [row for row in rows if row is not None]

    def _option(self, principle: Principle) -> Option:
        plan = self.plan(principle)
        market = self.market
        rows, problem = plan.rows, market.problem
        components = market.snapshot.admissible.components[rows]
        blocking = list(market.blocking(plan))
        levels = (-problem.priority[problem.post[rows]]).tolist()
        best = set(self.plan(Principle.BEST_TOTAL).rows.tolist())
        changed = {int(problem.person[row]) for row in best ^ set(rows.tolist())}
        return Option(
            plan,
            summary_of(problem.score[rows].tolist(), components),
            hardship_of(components),
            {level: levels.count(level) for level in sorted(set((-problem.priority).tolist()))},
            len(blocking),
            sum(one.by_cap for one in blocking),
            [rule_sentence(rule.kind, rule.values, rule.names) for rule in market.broken(plan)],
            len(changed),
        )


@dataclass(frozen=True)
class BlockingRow:
    """A person and a post that would rather have each other."""

    pk: int
    nomination: Nomination
    post: CampaignPost
    holds: CampaignPost | None
    gives_up: Nomination | None
    score: float
    by_cap: bool

    @classmethod
    def of(
        cls,
        number: int,
        pair: Blocking,
        held: dict[int, int],
        market: TwoSided,
        people: dict[int, Nomination],
        posts: dict[int, CampaignPost],
    ) -> "BlockingRow | None":
        """With names; None when the nomination or the post is gone."""
        snapshot = market.snapshot
        nomination, post = people.get(snapshot.nominations[pair.person]), posts.get(snapshot.posts[pair.post])
        if nomination is None or post is None:
            return None
        holds, row = held.get(pair.person), market.problem.arc_of((pair.person, pair.post))
        return cls(
            number,
            nomination,
            post,
            None if holds is None else posts.get(snapshot.posts[holds]),
            None if pair.gives_up is None else people.get(snapshot.nominations[pair.gives_up]),
            0.0 if row is None else 100 * float(market.problem.score[row]),
            pair.by_cap,
        )


class BlockingFilter(FilterForm):
    """Search by person, unit or post."""

    q = forms.CharField(label=gettext_lazy("姓名、单位、岗位"), required=False)

    def narrow(self, rows: Rows) -> Rows:
        """Rows in which a name contains the text."""
        text = self.cleaned_data.get("q", "").strip()
        return [row for row in rows if text in f"{row.nomination} {row.nomination.home_unit} {row.post}"]


BLOCKING = Listing(
    key="blocking_pairs",
    title=gettext_lazy("互相更愿意的组合"),
    columns=(
        Column(
            "nomination",
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
        Column(
            "holds",
            gettext_lazy("方案中的岗位"),
            sort=lambda row: str(row.holds or ""),
            value=lambda row: str(row.holds) if row.holds else _("未匹配"),
        ),
        Column(
            "post",
            gettext_lazy("更愿意去的岗位"),
            sort=lambda row: row.post.post.host_unit.path,
            value=lambda row: str(row.post),
            phone="line",
        ),
        Column(
            "score",
            gettext_lazy("匹配度"),
            sort=lambda row: row.score,
            align="end",
            decimals=DECIMALS,
            phone="aside",
        ),
        Column(
            "gives_up",
            gettext_lazy("该岗位现拟人选"),
            sort=lambda row: str(row.gives_up or ""),
            value=lambda row: str(row.gives_up) if row.gives_up else _("有空缺名额"),
        ),
        Column(
            "by_cap",
            gettext_lazy("派出上限"),
            sort=lambda row: row.by_cap,
            value=lambda row: _("所在单位已达派出上限") if row.by_cap else "",
        ),
    ),
    default_sort="post",
    filters=BlockingFilter,
    empty_title=gettext_lazy("没有互相更愿意的组合"),
    empty_text=gettext_lazy("本方案是稳定的：没有一对人选和岗位都更愿意选择对方。"),
)


def _priorities(n_by_priority: dict[int, int]) -> str:
    return listed(labelled(PRIORITIES.get(level, level), n) for level, n in n_by_priority.items())


def of_those(n: int, among: int) -> str:
    """A number of people among those who stated wishes."""
    return f"{n} / {among}"


def _blocking(option: Option) -> str:
    if not option.n_blocking_by_cap:
        return str(option.n_blocking)
    return _("%(n)d（其中 %(caps)d 对因派出上限未能组合）") % {
        "n": option.n_blocking,
        "caps": option.n_blocking_by_cap,
    }
