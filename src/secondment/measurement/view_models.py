"""What pages of measurement show."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secondment.algorithms.rating.tally import CandidateTally
from secondment.common.charts import Chart, ChartSeries
from secondment.common.components import Fact
from secondment.common.sentences import listed
from secondment.measurement.choices import Model
from secondment.measurement.flag_words import FLAGS
from secondment.measurement.models import Measure, Run
from secondment.measurement.tallies import unpacked
from secondment.standards.choices import RaterGroup

ONE = 1
# Below so many comparable people the spread between people is hardly known.
FEW = 8


@dataclass(frozen=True)
class MeasureRow:
    """One candidate in both orders; ranks are among those of the comparable group, and none without one."""

    measure: Measure
    tally: CandidateTally | None
    plain_rank: int | None
    own_plain_rank: int | None
    fair_rank: int | None
    is_comparable: bool

    @property
    def moved(self) -> int | None:
        """By how many places the measured order puts the person higher (+) or lower (−) than the tally within the group."""
        if self.fair_rank is None or self.own_plain_rank is None:
            return None
        return self.own_plain_rank - self.fair_rank

    @property
    def person(self) -> Any:
        """Whom it is about."""
        return self.measure.candidate.placement.person

    @property
    def ranks(self) -> str:
        """The joint interval of ranks."""
        one = self.measure
        return "" if one.rank_low is None else f"{one.rank_low}–{one.rank_high}"

    @property
    def interval(self) -> str:
        """The interval of the fair score."""
        one = self.measure
        return "" if one.low is None or one.high is None else f"{one.low:.1f}–{one.high:.1f}"

    @property
    def notes(self) -> str:
        """What the figures do not include."""
        said = []
        if self.tally is not None:
            said += [
                _("%(names)s人数不足 5 人，合并统计") % {"names": groups_named(one.members)}
                for one in self.tally.groups
                if len(one.members) > 1
            ]
            if self.tally.withheld:
                said.append(_("%(names)s不足 5 票，不计") % {"names": groups_named(self.tally.withheld)})
            if self.tally.absent:
                said.append(
                    _("%(names)s缺票，其权重分摊给其他主体") % {"names": groups_named(self.tally.absent)}
                )
        if self.measure.is_extreme:
            said.append(_("评价全为同一端档次，得分按惯例取值"))
        if not self.is_comparable and self.measure.subset is not None:
            said.append(_("与其他测评对象没有共同评分人，不作校准，得分不能与他们比较"))
        return listed(said)


def groups_named(groups: Sequence[str]) -> str:
    """Names of rater groups in one line."""
    return listed(RaterGroup(one).label for one in groups)


def measure_rows(measures: Sequence[Measure]) -> list[MeasureRow]:
    """Everybody with ranks in both orders; equal scores share a rank."""
    size = Counter(one.subset for one in measures)
    plain = _ranks(measures, lambda one: one.plain_score, lambda _one: None)
    own = _ranks(measures, lambda one: one.plain_score, lambda one: one.subset)
    fair = _ranks(measures, lambda one: one.fair_score, lambda one: one.subset)
    return [
        MeasureRow(
            one,
            unpacked(one.groups) if one.groups else None,
            plain.get(one.pk),
            own.get(one.pk) if one.fair_score is not None else None,
            fair.get(one.pk),
            one.subset is not None and size[one.subset] > ONE,
        )
        for one in measures
    ]


def _ranks(
    measures: Sequence[Measure],
    score: Callable[[Measure], float | None],
    group: Callable[[Measure], int | None],
) -> dict[int, int]:
    known: dict[int | None, list[tuple[float, int]]] = {}
    for one in measures:
        value = score(one)
        if value is not None:
            known.setdefault(group(one), []).append((value, one.pk))
    ranks: dict[int, int] = {}
    for rows in known.values():
        values = sorted((value for value, _pk in rows), reverse=True)
        first = {value: place for place, value in reversed(list(enumerate(values, start=1)))}
        ranks |= {pk: first[value] for value, pk in rows}
    return ranks


def run_facts(run: Run) -> list[Fact]:
    """What went in, by which method, and how to know it again."""
    kept = run.results
    return [
        Fact(_("考核年度"), run.year),
        Fact(_("测评标准"), run.standard_version),
        Fact(_("计算方法"), run.get_model_display()),
        Fact(
            _("纳入评分"),
            ngettext("%(n)d 项", "%(n)d 项", kept.get("n_marks", 0)) % {"n": kept.get("n_marks", 0)},
        ),
        Fact(_("未达参评率的票种"), len(kept.get("short", []))),
        *([Fact(_("标准没有给权重、不计的票种"), len(kept["unweighted"]))] if kept.get("unweighted") else []),
        Fact(_("随机种子"), run.seed),
        Fact(_("软件版本"), run.software_version),
        Fact(_("输入数据摘要"), run.inputs_digest, is_wide=True),
    ]


def reliability_words(run: Run) -> list[str]:
    """How far to trust the measured order, in sentences."""
    kept = run.results
    if kept.get("is_unlinked"):
        return [
            _("多数评分人只评了一人，多面模型分不清是人好还是打分宽，没有进行校准。请改用分层模型重新计算。")
        ]
    if "refused" in kept:
        return [_("现有评分不足以进行校准：评价全部相同，或评分人与评分过少。以直接统计为准。")]
    if "reliability" not in kept:
        return []
    said = [
        _(
            "校准得分是：如果每个人都由宽严各异的各单位、各评分人评，按同样的主体权重和指标权重，平均会得多少分。"
        )
        if run.model == Model.HIERARCHICAL
        else _(
            "校准得分是平均宽严的评分人对平均难度的指标会给多少分，不含主体权重和指标权重；误差不含评分人宽严本身的误差。"
        ),
        _("名次差异中约 %(share)d%% 反映测评对象之间的真实差别，其余为评分误差。")
        % {"share": round(100 * kept["reliability"])},
    ]
    if (n := kept["n_comparable"]) < FEW:
        said.append(
            ngettext(
                "可比的只有 %(n)d 人，人与人差别有多大难以估计，区间已相应放宽，请以事实和直接统计为主。",
                "可比的只有 %(n)d 人，人与人差别有多大难以估计，区间已相应放宽，请以事实和直接统计为主。",
                n,
            )
            % {"n": n}
        )
    if n := kept["n_cut"]:
        said.append(
            ngettext(
                "一票评多人的选票过多，其中 %(n)d 张按被评人拆开计算，没有用来比较同一评分人对几个人的宽严。",
                "一票评多人的选票过多，其中 %(n)d 张按被评人拆开计算，没有用来比较同一评分人对几个人的宽严。",
                n,
            )
            % {"n": n}
        )
    step = kept["per_logit"]
    if unit := kept["sd"].get("unit"):
        said.append(_("各单位打分宽严相差约 ±%(points).1f 分。") % {"points": unit * step})
    rater = kept["sd"].get("rater_and_impression") or kept["sd"].get("rater")
    if rater:
        said.append(_("同一单位内各评分人相差约 ±%(points).1f 分。") % {"points": rater * step})
    if kept["subsets"] > ONE:
        said.append(
            ngettext(
                "测评对象分成 %(n)d 个互无共同评分人的组，组与组之间不可比，不作排序。",
                "测评对象分成 %(n)d 个互无共同评分人的组，组与组之间不可比，不作排序。",
                kept["subsets"],
            )
            % {"n": kept["subsets"]}
        )
    if not kept["converged"]:
        said.append(_("计算未收敛，校准得分不可使用。"))
    return said


def worth_words(run: Run) -> str:
    """What one more common rater for everybody would have bought."""
    worth = run.results.get("worth") or {}
    if not worth:
        return ""
    now, more = worth["now"], worth["rater"]
    return _(
        "如果每名测评对象再多一名考核组成员评分：可靠性由 %(now).2f 提高到 %(then).2f，难以判定是否进入前两成的人由约 %(grey)d 人变为约 %(less)d 人。"
    ) % {
        "now": now["reliability"],
        "then": more["reliability"],
        "grey": round(now["grey_zone"]),
        "less": round(more["grey_zone"]),
    }


@dataclass(frozen=True)
class FlagRow:
    """A flag in words."""

    title: Any
    subject: str
    effect: str
    statistic: float
    limit: float
    false_alarms: float
    power: float | None
    innocent: Any


def flag_rows(run: Run, people: Mapping[int, str], units: Mapping[int, str]) -> list[FlagRow]:
    """Every flag of the run, the farthest beyond its limit first."""
    rows = []
    for one in run.results.get("flags", []):
        words = FLAGS[one["kind"]]
        subject = one.get("rater") or units.get(one.get("unit"), "") or people.get(one.get("candidate"), "")
        rows.append(
            FlagRow(
                words.title,
                subject,
                str(words.effect) % {"x": one["effect"]},
                one["statistic"],
                one["limit"],
                100 * one["false_alarms"],
                None if one.get("power") is None else 100 * one["power"],
                words.innocent,
            )
        )
    return sorted(rows, key=lambda row: -abs(row.statistic - row.limit))


def untried_words(run: Run) -> str:
    """Which flags could not be tried."""
    kinds = run.results.get("untried", [])
    return listed(FLAGS[kind].title for kind in kinds)


@dataclass(frozen=True)
class FunnelRow:
    """A unit in the funnel."""

    unit: str
    n: int
    mean: float
    low: float
    high: float
    z: float

    @property
    def is_outside(self) -> bool:
        """Beyond what differs by chance and usual spread."""
        return not self.low <= self.mean <= self.high


def funnel_rows(run: Run, units: Mapping[int, str]) -> list[FunnelRow]:
    """Units by the number of raters."""
    kept = run.results.get("funnel", {})
    rows = [
        FunnelRow(
            units.get(one["unit"], ""),
            one["n"],
            one["mean"],
            kept["target"] - one["inner"],
            min(100.0, kept["target"] + one["inner"]),
            one["z"],
        )
        for one in kept.get("units", [])
    ]
    return sorted(rows, key=lambda row: (row.n, row.unit))


def funnel_chart(run: Run, rows: Sequence[FunnelRow]) -> Chart | None:
    """The funnel as a figure; none where there are too few units."""
    if not rows:
        return None
    target = run.results["funnel"]["target"]
    return Chart(
        kind="line",
        title=_("各单位平均分与评分人数"),
        categories=[
            ngettext("%(unit)s（%(n)d 人）", "%(unit)s（%(n)d 人）", row.n) % {"unit": row.unit, "n": row.n}
            for row in rows
        ],
        series=[
            ChartSeries(_("单位平均分"), [round(row.mean, 1) for row in rows], is_points=True),
            ChartSeries(_("总体平均"), [round(target, 1)] * len(rows)),
            ChartSeries(_("95% 控制上限"), [round(row.high, 1) for row in rows]),
            ChartSeries(_("95% 控制下限"), [round(row.low, 1) for row in rows]),
        ],
        unit=_("分"),
        decimals=1,
        labels=False,
        height="tall",
    )
