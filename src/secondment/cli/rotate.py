"""`secondment rotate`: who goes out in which year, to which kind of post, over several years."""

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from secondment.algorithms.rotation import (
    NEVER,
    RotationGoal,
    RotationPlan,
    RotationProblem,
    RotationStatus,
    plan_rotation,
    possible_terms,
)
from secondment.cli.contract import (
    ExitCode,
    NoSolutionError,
    Verb,
    check_ending,
    print_summary,
    progress_bar,
    write_atomically,
    write_json,
)
from secondment.cli.layouts import add_layout_arguments, layout_of
from secondment.cli.numbers import number_between
from secondment.cli.stopping import interruptible
from secondment.files.rotation import Needs, People, Suits, read_needs, read_people, read_suits, read_units
from secondment.files.rotation_plan import PlannedTerm, RotationSheets, rotation_workbook

GOAL_WORDS = ("未满足的需求（人）", "最忙单位每千人在外年数", "总适合程度")
CONCLUSIONS = {
    RotationStatus.OPTIMAL: "已证明最优",
    RotationStatus.STOPPED_AT_LIMIT: "到限停止，可能还有更优方案",
    RotationStatus.UNKNOWN: "到限停止，尚未找到方案",
}


@dataclass(frozen=True, eq=False)
class _Rotation:
    """The tables read, and the problem made of them."""

    people: People
    needs: Needs
    suits: Suits
    problem: RotationProblem


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Who there is, what is needed when, how many each unit can spare."""
    tables = (
        (
            "people",
            "person,unit[,back_in,unavailable]: year of the last return (or the next, for those still out), years such as 2027、2029-2030",
        ),
        ("needs", "kind,term_years,2027,2028,…: people who should set out for a kind in each planned year"),
        ("units", "unit,may_be_away (or a column per year): most people of a unit away in a year"),
    )
    for name, columns in tables:
        parser.add_argument(f"--{name}", type=Path, required=True, help=f"CSV or .xlsx: {columns}")
    parser.add_argument(
        "--suits", type=Path, help="CSV or .xlsx: person,kind[,value]; without it everyone suits every kind"
    )
    add_layout_arguments(parser, sheets=())
    parser.add_argument(
        "--rest", type=number_between(0, 50, integer=True), default=2, help="full years at home (default 2)"
    )
    parser.add_argument(
        "--effort",
        type=number_between(0.001),
        default=60.0,
        help="most work per goal, in the solver's own seconds, equal on every machine (default 60)",
    )


def run(arguments: argparse.Namespace) -> ExitCode:
    """Plan the years: needs covered, load fair, suitability high, in this order."""
    ending = check_ending(arguments.out, [".json", ".xlsx"])
    show = progress_bar(quiet=arguments.quiet)
    show(0.0, "reading")
    rotation = _read(arguments)
    if not len(possible_terms(rotation.problem)):
        raise NoSolutionError("no one who suits, is rested and available can set out in a year with a need")
    with interruptible(show, "planning", share=0.1, limit=3 * arguments.effort) as interruption:
        plan = plan_rotation(
            rotation.problem, effort=arguments.effort, seed=arguments.seed, interruption=interruption
        )
    show(0.9, "writing")
    if ending == ".xlsx":
        write_atomically(arguments.out, rotation_workbook(_sheets(rotation, plan)))
    else:
        write_json(arguments.out, _result(rotation, plan))
    show(1.0, "done")
    print_summary(
        f"{len(plan.terms)} terms, {int(plan.uncovered.sum())} of {int(rotation.problem.need.sum())} needs "
        f"uncovered, {plan.status.value}; written to {arguments.out}",
        quiet=arguments.quiet,
        notes=rotation.suits.notes,
    )
    return ExitCode.DONE if plan.status is RotationStatus.OPTIMAL else ExitCode.STOPPED_AT_LIMIT


def _read(arguments: argparse.Namespace) -> _Rotation:
    layout = layout_of(arguments, None)
    people, needs = read_people(arguments.people, layout), read_needs(arguments.needs, layout)
    units, away = read_units(arguments.units, people, needs.years, layout)
    shape = (len(people.names), len(needs.kinds))
    suits = Suits("", np.ones(shape, dtype=np.bool_), np.zeros(shape, dtype=np.int64))
    if arguments.suits is not None:
        suits = read_suits(arguments.suits, people, needs.kinds, layout)
    first, last = (
        needs.years[0],
        max(needs.years[-1], *(max(years, default=0) for years in people.unavailable)),
    )
    problem = RotationProblem(
        len(needs.years),
        np.array([units.index(unit) for unit in people.units]),
        away,
        needs.need,
        needs.term_years,
        suits.is_suited,
        suits.value,
        arguments.rest,
        np.array([NEVER if year is None else year - first for year in people.back_in]),
        np.array([[year in closed for year in range(first, last + 1)] for closed in people.unavailable]),
    )
    return _Rotation(people, needs, suits, problem)


def _terms(rotation: _Rotation, plan: RotationPlan) -> list[PlannedTerm]:
    people, needs = rotation.people, rotation.needs
    return [
        PlannedTerm(
            people.names[person],
            people.units[person],
            needs.kinds[kind],
            needs.years[0] + year,
            needs.years[0] + year + int(needs.term_years[kind]),
        )
        for person, kind, year in plan.terms.tolist()
    ]


def _needs(rotation: _Rotation, plan: RotationPlan) -> list[tuple[str, int, int, int]]:
    needs = rotation.needs
    return [
        (kind, year, int(needs.need[k, t]), int(needs.need[k, t] - plan.uncovered[k, t]))
        for k, kind in enumerate(needs.kinds)
        for t, year in enumerate(needs.years)
    ]


def _result(rotation: _Rotation, plan: RotationPlan) -> dict[str, object]:
    return {
        "status": plan.status.value,
        "n_terms": len(plan.terms),
        "n_uncovered": int(plan.uncovered.sum()),
        "goals": [_goal(goal) for goal in plan.goals],
        "terms": [
            {"person": one.person, "unit": one.unit, "kind": one.kind, "starts": one.starts, "ends": one.ends}
            for one in _terms(rotation, plan)
        ],
        "needs": [
            {"kind": kind, "year": year, "needed": needed, "sent": sent}
            for kind, year, needed, sent in _needs(rotation, plan)
        ],
        "notes": list(rotation.suits.notes),
        "solver": plan.solver,
    }


def _goal(goal: RotationGoal) -> dict[str, object]:
    """A goal by name; the total value, minimised as its negative, is reported with its own sign."""
    name, is_negative, _ = goal.name.partition(", negative")
    sign = -1 if is_negative else 1
    return {"name": name, "value": sign * goal.value, "bound": sign * goal.bound, "gap": goal.gap}


def _sheets(rotation: _Rotation, plan: RotationPlan) -> RotationSheets:
    reached = [
        (words, f"{abs(goal.value)}（理论界限 {abs(goal.bound)}）")
        for words, goal in zip(GOAL_WORDS, plan.goals, strict=False)
    ]
    left_out = (
        ("适合情况表中未列的人员", rotation.suits.people_left_out),
        ("适合情况表中未列的类型", rotation.suits.kinds_left_out),
    )
    notes = [
        ("性质", "建议方案，供集体研究决定"),
        ("目标", "依次为：需求满足最多；各单位负担均衡；总适合程度最高"),
        ("求解结论", CONCLUSIONS[plan.status]),
        *reached,
        ("求解器", plan.solver),
        *((label, "、".join(names)) for label, names in left_out if names),
    ]
    return RotationSheets(rotation.needs.years, _terms(rotation, plan), _needs(rotation, plan), notes)


VERB = Verb("rotate", __doc__ or "", add_arguments, run)
