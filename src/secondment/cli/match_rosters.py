"""`secondment match --people … --posts …`: from rosters to a proven plan, without a database."""

import argparse
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from secondment.algorithms.assignment import AssignmentProblem, AssignmentSolution, solve_assignment
from secondment.algorithms.explanation import Explainer
from secondment.algorithms.fit import (
    COMPONENTS,
    UNKNOWN,
    FitError,
    FitInput,
    FitPeople,
    FitPosts,
    Flags,
    Indices,
    Ties,
    Values,
    Wishes,
    fit_components,
    fit_scores,
)
from secondment.cli.contract import (
    ExitCode,
    NoSolutionError,
    check_ending,
    progress_bar,
    write_json,
    write_whole,
)
from secondment.tables.match_plan import LABELS, Plan, PlannedPair, plan_workbook
from secondment.tables.match_rosters import (
    Roster,
    RosterPerson,
    RosterPost,
    read_people,
    read_posts,
    read_unit_caps,
)
from secondment.tables.problems import BadInputError, Problem

DEFAULT_WEIGHTS = dict(zip(COMPONENTS, (25, 15, 15, 10, 10, 10, 5, 5, 5), strict=True))
MOST_PREFERENCES = 5
RULES = {
    "education": "学历下限",
    "grassroots_years": "最少基层工作年限",
    "born": "年龄上限",
    "party": "须为中共党员",
}
REGION_DIGITS = (2, 4, 6)


@dataclass(frozen=True, eq=False)
class _Matched:
    """A solved pair of rosters."""

    people: Roster[RosterPerson]
    posts: Roster[RosterPost]
    blocks: Mapping[str, Flags]
    components: Values
    problem: AssignmentProblem
    solution: AssignmentSolution
    weights: Mapping[str, float]
    caps: Mapping[str, int]


def run_rosters(arguments: argparse.Namespace) -> ExitCode:
    """Read the rosters, check the requirements, score, solve, explain, write."""
    ending = check_ending(arguments.out, [".xlsx", ".json"])
    weights = read_weights(arguments.weights)
    show = progress_bar(quiet=arguments.quiet)
    started = time.perf_counter()
    show(0.0, "reading")
    people, posts = read_people(arguments.people), read_posts(arguments.posts)
    _check_wishes(people, posts)
    caps = read_unit_caps(arguments.caps, people) if arguments.caps else {}
    show(0.3, "matching")
    matched = _match(people, posts, caps, weights)
    show(0.6, "explaining")
    plan = _plan(matched)
    show(0.9, "writing")
    if ending == ".xlsx":
        write_whole(arguments.out, plan_workbook(plan))
    else:
        write_json(arguments.out, _result(matched, plan, seconds=time.perf_counter() - started))
    show(1.0, "done")
    if not arguments.quiet:
        solution = matched.solution
        print(
            f"{solution.n_assigned} of {int(matched.problem.capacity.sum())} places filled from "
            f"{len(people.items)} people; total fit {100 * solution.total_score:,.1f} points, "
            f"proven bound {100 * solution.bound:,.1f}; written to {arguments.out}"
        )
    return ExitCode.DONE


def read_weights(text: str | None) -> dict[str, float]:
    """Weights from “specialty=30,rank=10”; those not named weigh nothing; no text means the defaults."""
    if text is None:
        return dict(DEFAULT_WEIGHTS)
    try:
        pairs = [part.split("=") for part in text.split(",")]
        weights = {name.strip(): float(value) for name, value in pairs}
        fit_scores(np.zeros((0, len(COMPONENTS))), weights)
    except (ValueError, FitError) as error:
        known = ", ".join(COMPONENTS)
        raise BadInputError.of_file(
            "--weights",
            f"“{text}” is not understood",
            f"write name=number,… with numbers from 0; names: {known}",
        ) from error
    return weights


def blocks_of(people: Roster[RosterPerson], posts: Roster[RosterPost]) -> dict[str, Flags]:
    """Requirement → pairs it keeps out, shape (n_posts, n_people).

    A requirement is not checked when the roster of people lacks its column; an empty cell of a column
    that exists does not meet it.
    """
    rules: dict[str, Flags] = {}
    if "education" in people.columns:
        own = np.array([99 if one.education is None else one.education for one in people.items])
        least = np.array([99 if one.education is None else one.education for one in posts.items])
        rules["education"] = own[None, :] > least[:, None]
    if "grassroots_years" in people.columns:
        years = np.nan_to_num(np.array([one.grassroots_years for one in people.items]), nan=-1.0)
        asked = np.array([one.grassroots_years for one in posts.items])
        rules["grassroots_years"] = (years[None, :] < asked[:, None]) & (asked[:, None] > 0)
    if "born" in people.columns:
        rules["born"] = _too_old(people, posts)
    if {"political_status", "joined_party"} & people.columns:
        member = np.array([bool(one.is_party_member) for one in people.items])
        asked_party = np.array([one.requires_party for one in posts.items])
        rules["party"] = asked_party[:, None] & ~member[None, :]
    return rules


def _too_old(people: Roster[RosterPerson], posts: Roster[RosterPost]) -> Flags:
    """Complete years on the first day of the month of arrival; not checked without a day of arrival."""
    born = np.array([one.born or 0 for one in people.items])
    start = np.array([one.starts_on or 0 for one in posts.items])
    oldest = np.array([one.oldest_age or 0 for one in posts.items])
    months = (start // 100 * 12 + start % 100)[:, None] - (born // 100 * 12 + born % 100)[None, :]
    is_asked = (oldest > 0) & (start > 0)
    return np.asarray(is_asked[:, None] & ((months // 12 > oldest[:, None]) | (born == 0)[None, :]))


def _check_wishes(people: Roster[RosterPerson], posts: Roster[RosterPost]) -> None:
    """Wishes name posts and people of the other file."""
    post_ids = {one.id for one in posts.items}
    names = {one.id for one in people.items} | {one.name for one in people.items}
    problems = [
        Problem(
            people.file,
            one.line,
            "志愿",
            f"“{wish}” is no post of {posts.file}",
            "correct the number of the post",
        )
        for one in people.items
        for wish in one.wishes
        if wish not in post_ids
    ]
    problems += [
        Problem(
            posts.file, one.line, "接收单位意向", f"“{wish}” is nobody of {people.file}", "correct the name"
        )
        for one in posts.items
        for wish in one.host_wishes
        if wish not in names
    ]
    if problems:
        raise BadInputError(problems)


def _match(
    people: Roster[RosterPerson],
    posts: Roster[RosterPost],
    caps: Mapping[str, int],
    weights: Mapping[str, float],
) -> _Matched:
    blocks = blocks_of(people, posts)
    is_free = np.ones((len(posts.items), len(people.items)), dtype=bool)
    for mask in blocks.values():
        is_free &= ~mask
    post, person = np.nonzero(is_free)
    if not len(post):
        raise NoSolutionError("the requirements leave no person for any post; see the columns they ask about")
    components = fit_components(_facts(people, posts), person, post)
    units = list(caps)
    problem = AssignmentProblem.of(
        len(people.items),
        len(posts.items),
        person,
        post,
        fit_scores(components, weights),
        group=[units.index(one.unit) if one.unit in caps else UNKNOWN for one in people.items],
        cap=np.array(list(caps.values()), dtype=np.int64),
        priority=[-one.priority for one in posts.items],
        capacity=[one.places for one in posts.items],
    )
    return _Matched(people, posts, blocks, components, problem, solve_assignment(problem), weights, caps)


def _facts(people: Roster[RosterPerson], posts: Roster[RosterPost]) -> FitInput:
    tags = sorted(
        frozenset[str]().union(
            *(one.specialties for one in people.items), *(one.specialties for one in posts.items)
        )
    )
    person_of = {one.name: row for row, one in enumerate(people.items)}
    person_of |= {one.id: row for row, one in enumerate(people.items)}
    post_of = {one.id: row for row, one in enumerate(posts.items)}
    return FitInput(
        FitPeople(
            _tagged([one.specialties for one in people.items], tags),
            np.array([one.abilities for one in people.items]),
            np.array([one.rank for one in people.items]),
            np.array([one.grassroots_years for one in people.items]),
            _regions([one.region for one in people.items]),
            np.array([one.wants_near for one in people.items]),
        ),
        FitPosts(
            _tagged([one.specialties for one in posts.items], tags),
            np.array([one.abilities for one in posts.items]),
            np.array([one.rank for one in posts.items]),
            np.array([one.grassroots_years for one in posts.items]),
            _regions([one.region for one in posts.items]),
        ),
        _wishes([[post_of[wish] for wish in one.wishes] for one in people.items]),
        _wishes([[person_of[wish] for wish in one.host_wishes] for one in posts.items]),
        max([MOST_PREFERENCES, *(len(one.wishes) for one in people.items)]),
        _no_ties(len(people.items), len(posts.items)),
    )


def _tagged(rows: Sequence[frozenset[str]], tags: Sequence[str]) -> Flags:
    return np.array([[tag in row for tag in tags] for row in rows], dtype=bool).reshape(len(rows), len(tags))


def _regions(codes: Sequence[str]) -> Indices:
    return np.array(
        [
            [int(code[:n]) if code.isdigit() and len(code) >= n else UNKNOWN for n in REGION_DIGITS]
            for code in codes
        ]
    )


def _wishes(lists: Sequence[Sequence[int]]) -> Wishes:
    rows = [
        (owner, other, place) for owner, wished in enumerate(lists) for place, other in enumerate(wished, 1)
    ]
    columns = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return Wishes(columns[:, 0], columns[:, 1], columns[:, 2])


def _no_ties(n_people: int, n_posts: int) -> Ties:
    none = np.zeros((0, 2), dtype=np.int64)
    return Ties(np.full(n_people, UNKNOWN), np.full(n_posts, UNKNOWN), np.full(n_posts, UNKNOWN), none, none)


def _plan(matched: _Matched) -> Plan:
    explainer = Explainer(matched.problem, matched.solution.pairs)
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
    return Plan(pairs, unplaced, empty, _notes(matched))


def _pair(matched: _Matched, explainer: Explainer, person: int, post: int, row: int) -> PlannedPair:
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
            for one in explainer.candidates(post)
            if one.change.loss.n_places == 0
        ),
    )


def _why_unplaced(matched: _Matched, person: int) -> str:
    reached = matched.problem.person == person
    if not reached.any():
        hit = [RULES[rule] for rule, mask in matched.blocks.items() if mask[:, person].any()]
        return f"没有符合条件的岗位（{'、'.join(hit)}）"
    unit = matched.people.items[person].unit
    released = sum(matched.people.items[one].unit == unit for one, _post in matched.solution.pairs)
    if unit in matched.caps and released >= matched.caps[unit]:
        return f"本单位最多派出 {matched.caps[unit]} 人，已派满"
    return "符合条件的岗位均有更合适的安排"


def _why_empty(matched: _Matched, post: int) -> str:
    n_candidates = int((matched.problem.post == post).sum())
    hits = [(int(mask[post].sum()), RULES[rule]) for rule, mask in matched.blocks.items()]
    against = "、".join(f"{label}排除 {n} 人" for n, label in sorted(hits, reverse=True) if n)
    if not n_candidates:
        return f"没有符合条件的人选（{against}）"
    return f"符合条件的 {n_candidates} 人均已安排到其他岗位或受派出上限限制" + (
        f"（{against}）" if against else ""
    )


def _notes(matched: _Matched) -> list[tuple[str, str]]:
    solution = matched.solution
    checked = [label for rule, label in RULES.items() if rule in matched.blocks]
    not_checked = [label for rule, label in RULES.items() if rule not in matched.blocks]
    return [
        ("性质", "建议方案，由人决定"),
        ("目标", "先按优先级填补最多的岗位，再使总匹配度最高"),
        ("求解结论", "已证明最优" if solution.status == "optimal" else solution.status.value),
        ("填补", f"{solution.n_assigned} / {int(matched.problem.capacity.sum())} 个名额"),
        ("总匹配度", f"{100 * solution.total_score:.1f}（理论上限 {100 * solution.bound:.1f}）"),
        ("已核对的条件", "、".join(checked) or "无"),
        ("未核对的条件", "、".join(not_checked) + "（人员名册没有相应列）" if not_checked else "无"),
        ("权重", "、".join(f"{LABELS[name]} {matched.weights.get(name, 0):g}" for name in COMPONENTS)),
        ("分项", "0—100 分；空白为资料不足、无法评定，不计入"),
        ("求解器", f"{solution.solver} {solution.version}"),
    ]


def _result(matched: _Matched, plan: Plan, *, seconds: float) -> dict[str, object]:
    solution = matched.solution
    return {
        "status": solution.status.value,
        "n_assigned": solution.n_assigned,
        "total_score": solution.total_score,
        "bound": solution.bound,
        "gap": solution.gap,
        "seconds": round(seconds, 3),
        "weights": dict(matched.weights),
        "pairs": [asdict(one) for one in plan.pairs],
        "unplaced": [{"person": name, "unit": unit, "reason": why} for name, unit, why in plan.unplaced],
        "empty": [
            {"post": post, "unit": unit, "title": title, "n_places": n, "reason": why}
            for post, unit, title, n, why in plan.empty
        ],
    }
