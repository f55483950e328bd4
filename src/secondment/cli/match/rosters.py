"""`secondment match --people … --posts …`: from rosters to a proven plan, without a database."""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from secondment.algorithms.arrays import BoolArray, FloatArray, IntArray
from secondment.algorithms.assignment import AssignmentProblem, AssignmentSolution, solve_assignment
from secondment.algorithms.assignment.certificate import Names
from secondment.algorithms.assignment.problem import Pair
from secondment.algorithms.explanation import Explainer
from secondment.algorithms.fit import COMPONENTS, weight_array
from secondment.cli.contract import (
    ExitCode,
    check_ending,
    print_summary,
    progress_bar,
    write_atomically,
    write_json,
)
from secondment.cli.match.nearness import nearness_result, order_of, ties_result, write_certificate
from secondment.cli.match.roster_problem import (
    COLUMNS_OF,
    RosterInput,
    RosterProblem,
    read_rosters,
    roster_problem,
)
from secondment.files.arcs import CapGaps
from secondment.files.columns.person import PERSON
from secondment.files.columns.post import POST
from secondment.files.match_plan import LABELS, PlannedPair, PlanSheets, plan_workbook
from secondment.files.match_rosters import Roster, RosterPerson, RosterPost

RULES = {rule: POST[asked].title for rule, (asked, _known) in COLUMNS_OF.items()}
MOSTLY = 0.5
"""Below this share of assessed weight a plan carries a warning in its first line."""
CONCLUSIONS = {
    "optimal": "已证明最优",
    "within_tolerance": "已证明与最优之差不超过所设容差",
    "stopped_at_limit": "到时停止，可能还有更优方案",
    "unknown": "到时停止，尚未找到满足全部规则的方案",
}


@dataclass(frozen=True, eq=False)
class SolverResult:
    """The result of any solver: `rows` are the chosen pairs of the problem, in the order of `pairs`."""

    status: str
    pairs: Sequence[Pair]
    rows: IntArray
    total_score: float
    bound: float
    gap: float
    solver: str

    @classmethod
    def of(cls, solution: AssignmentSolution) -> "SolverResult":
        """The outcome of the plain assignment."""
        return cls(
            solution.status.value,
            solution.pairs,
            solution.rows,
            solution.total_score,
            solution.bound,
            solution.gap,
            f"{solution.solver} {solution.version}",
        )

    @property
    def n_assigned(self) -> int:
        """Number of people placed."""
        return len(self.pairs)


@dataclass(frozen=True, eq=False)
class Matched:
    """A solved pair of rosters."""

    given: RosterInput
    pairs: RosterProblem
    solution: SolverResult

    @property
    def people(self) -> Roster[RosterPerson]:
        """The people."""
        return self.given.people

    @property
    def posts(self) -> Roster[RosterPost]:
        """The posts."""
        return self.given.posts

    @property
    def blocks(self) -> Mapping[str, BoolArray]:
        """Requirement → pairs it keeps out."""
        return self.pairs.blocks

    @property
    def components(self) -> FloatArray:
        """Parts of each pair's fit."""
        return self.pairs.components

    @property
    def problem(self) -> AssignmentProblem:
        """The admissible pairs."""
        return self.pairs.problem

    @property
    def weights(self) -> Mapping[str, float]:
        """Weights of the fit."""
        return self.given.weights

    @property
    def caps(self) -> Mapping[str, int]:
        """Most people each unit releases."""
        return self.given.caps


def run_rosters(arguments: argparse.Namespace) -> ExitCode:
    """Read the rosters, check the requirements, score, solve, explain, write."""
    ending = check_ending(arguments.out, [".xlsx", ".json"])
    show = progress_bar(quiet=arguments.quiet)
    show(0.0, "reading")
    given = read_rosters(arguments)
    show(0.3, "matching")
    pairs = roster_problem(given)
    names = Names(
        [one.id for one in given.people.items], [one.id for one in given.posts.items], list(given.caps)
    )
    order = order_of(arguments, names.people, names.posts)
    solution = solve_assignment(pairs.problem, order)
    matched = Matched(given, pairs, SolverResult.of(solution))
    show(0.6, "explaining")
    plan = plan_of(matched, Explainer(pairs.problem, solution.pairs))
    show(0.9, "writing")
    if ending == ".xlsx":
        write_atomically(arguments.out, plan_workbook(plan))
    else:
        changes = nearness_result(arguments, order, solution.pairs, is_proven=True)
        ties = ties_result(pairs.problem, solution.ties, names)
        write_json(arguments.out, roster_result(matched, plan) | ties | changes)
    write_certificate(arguments.certificate, pairs.problem, solution.pairs, names)
    show(1.0, "done")
    print_summary(
        f"{solution.n_assigned} of {int(pairs.problem.capacity.sum())} places filled from "
        f"{len(given.people.items)} people; {known_share(matched):.0%} of the score rests on facts; "
        f"total fit {100 * solution.total_score:,.1f} points, "
        f"proven bound {100 * solution.bound:,.1f}; written to {arguments.out}",
        quiet=arguments.quiet,
        notes=given.notes,
    )
    return ExitCode.DONE


def plan_of(
    matched: Matched, explainer: Explainer | None, notes: Sequence[tuple[str, str]] = ()
) -> PlanSheets:
    """The plan as it is shown; without an explainer, next people are left out."""
    pairs = [
        _pair(matched, explainer, person, post, row)
        for (person, post), row in zip(matched.solution.pairs, matched.solution.rows.tolist(), strict=True)
    ]
    placed = {person for person, _post in matched.solution.pairs}
    unplaced = [
        (one.name, one.unit, _why_unplaced(matched, row))
        for row, one in enumerate(matched.people.items)
        if row not in placed
    ]
    filled = np.bincount(
        [post for _person, post in matched.solution.pairs], minlength=len(matched.posts.items)
    )
    empty = [
        (one.id, one.unit, one.title, one.places - int(filled[row]), _why_empty(matched, row))
        for row, one in enumerate(matched.posts.items)
        if filled[row] < one.places
    ]
    return PlanSheets(pairs, unplaced, empty, [*_notes(matched), *notes])


def _pair(matched: Matched, explainer: Explainer | None, person: int, post: int, row: int) -> PlannedPair:
    who, where = matched.people.items[person], matched.posts.items[post]
    values = matched.components[row]
    return PlannedPair(
        where.id,
        where.unit,
        where.title,
        who.id,
        who.name,
        who.unit,
        100 * float(matched.problem.score[row]),
        {
            name: None if np.isnan(value) else round(100 * float(value), 1)
            for name, value in zip(COMPONENTS, values, strict=True)
        },
        tuple(
            (matched.people.items[one.person].name, 100 * one.change.loss.score)
            for one in (explainer.candidates(post) if explainer else ())
            if one.change.loss.n_places == 0
        ),
    )


def _why_unplaced(matched: Matched, person: int) -> str:
    reached = matched.problem.person == person
    if not reached.any():
        hit = [RULES[rule] for rule, mask in matched.blocks.items() if mask[:, person].any()]
        return f"没有符合条件的岗位（{'、'.join(hit)}）"
    unit = matched.people.items[person].unit
    released = sum(matched.people.items[one].unit == unit for one, _post in matched.solution.pairs)
    if unit in matched.caps and released >= matched.caps[unit]:
        return f"本单位最多派出 {matched.caps[unit]} 人，已派满"
    return "符合条件的岗位均有更合适的安排"


def _why_empty(matched: Matched, post: int) -> str:
    n_candidates = int((matched.problem.post == post).sum())
    hits = [(int(mask[post].sum()), RULES[rule]) for rule, mask in matched.blocks.items()]
    against = "、".join(f"{label}排除 {n} 人" for n, label in sorted(hits, reverse=True) if n)
    if not n_candidates:
        return f"没有符合条件的人选（{against}）"
    return f"符合条件的 {n_candidates} 人均已安排到其他岗位或受派出上限限制" + (
        f"（{against}）" if against else ""
    )


def _notes(matched: Matched) -> list[tuple[str, str]]:
    solution = matched.solution
    checked = [label for rule, label in RULES.items() if rule in matched.blocks]
    return [
        ("性质", "建议方案，供集体研究决定"),
        ("资料", _known_note(matched)),
        ("目标", "先按优先级填补最多的岗位，再使总匹配度最高"),
        ("求解结论", CONCLUSIONS[solution.status]),
        ("填补", f"{solution.n_assigned} / {int(matched.problem.capacity.sum())} 个名额"),
        ("总匹配度", f"{100 * solution.total_score:.1f}（理论上限 {100 * solution.bound:.1f}）"),
        ("已核对的条件", "、".join(checked) or "无"),
        ("未核对的条件", "、".join(_not_checked(matched)) or "无"),
        ("权重", "、".join(f"{LABELS[name]} {matched.weights.get(name, 0):g}" for name in COMPONENTS)),
        ("分项", "0—100 分；空白为资料不足、无法评定，按中性值计入"),
        ("中性值", _neutral_note(matched)),
        ("求解器", solution.solver),
        *_cap_notes(matched.given.cap_gaps),
    ]


def known_share(matched: Matched) -> float:
    """Share of the weights, over the pairs of the plan, whose components could be assessed; 0 without pairs."""
    weight = weight_array(matched.weights)
    known = np.isfinite(matched.components[matched.solution.rows]) @ weight
    return float(known.mean() / weight.sum()) if len(known) else 0.0


def _known_note(matched: Matched) -> str:
    share = known_share(matched)
    share_line = f"匹配度的 {share:.0%} 有资料依据"
    return (
        share_line
        if share >= MOSTLY
        else f"{share_line}，其余分项资料不足、按中性值计入：本方案主要依据很少的几项，请慎用"
    )


def _neutral_note(matched: Matched) -> str:
    """What each part counts for where it could not be judged."""
    return "、".join(
        f"{LABELS[name]} {'无人可评定，不计' if value is None else f'{100 * value:.1f}'}"
        for name, value in neutral_by_name(matched).items()
    )


def neutral_by_name(matched: Matched) -> dict[str, float | None]:
    """Neutral values by name, None where nobody could be judged."""
    values = matched.pairs.neutral.tolist()
    return {name: None if np.isnan(value) else value for name, value in zip(COMPONENTS, values, strict=True)}


def _not_checked(matched: Matched) -> list[str]:
    """Requirements for which one of the files has no data, and posts whose age limit has no reference day."""
    posts = matched.posts.columns
    unchecked = []
    for rule, (asked, known) in COLUMNS_OF.items():
        if asked not in posts:
            unchecked.append(f"{RULES[rule]}（岗位表没有这一列）")
        elif rule not in matched.blocks:
            unchecked.append(
                f"{RULES[rule]}（人员名册没有“{'”或“'.join(PERSON[key].title for key in known)}”）"
            )
    without_day = [one.id for one in matched.posts.items if one.facts.starts_on is None]
    if "R1" in matched.blocks and without_day:
        unchecked.append(f"{RULES['R1']}（{len(without_day)} 个岗位没有到岗日期）")
    return unchecked


def _cap_notes(gaps: CapGaps | None) -> list[tuple[str, str]]:
    """Units that only one of the files names."""
    if gaps is None:
        return []
    gaps_by_label = (("未设派出上限的单位", gaps.unlimited), ("上限表中有、名册中无的单位", gaps.absent))
    return [(label, "、".join(units)) for label, units in gaps_by_label if units]


def roster_result(matched: Matched, plan: PlanSheets) -> dict[str, object]:
    """The keys of the result file."""
    solution = matched.solution
    return {
        "status": solution.status,
        "n_assigned": solution.n_assigned,
        "total_score": solution.total_score,
        "bound": solution.bound,
        "gap": solution.gap,
        "known_share": known_share(matched),
        "notes": list(matched.given.notes),
        "weights": dict(matched.weights),
        "neutral": neutral_by_name(matched),
        "pairs": [asdict(one) for one in plan.pairs],
        "unplaced": [{"person": name, "unit": unit, "reason": why} for name, unit, why in plan.unplaced],
        "empty": [
            {"post": post, "unit": unit, "title": title, "n_places": n, "reason": why}
            for post, unit, title, n, why in plan.empty
        ],
    }
