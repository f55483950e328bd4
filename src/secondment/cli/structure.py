"""`secondment structure`: what a body of officials looks like on a day, and who retires when."""

import argparse
import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from secondment.algorithms.structure.analysis import Analysis, RetirementOptions, analyse
from secondment.algorithms.structure.comparison import (
    Comparison,
    CrossComparison,
    compare,
    compare_crosses,
)
from secondment.algorithms.structure.counting import CountingError
from secondment.algorithms.structure.dimensions import NATIONAL_AGE_CUTS, SHORT_AGE_CUTS, AgeBy, Dimension
from secondment.algorithms.structure.retirement import Category
from secondment.algorithms.structure.targets import gaps
from secondment.cli.contract import (
    ExitCode,
    Verb,
    check_ending,
    print_summary,
    progress_bar,
    write_atomically,
    write_json,
)
from secondment.cli.layouts import add_layout_arguments, layout_of
from secondment.files.dates import DateFault, parse_day
from secondment.files.problems import BadInputError
from secondment.files.structure.dimensions import RANK
from secondment.files.structure.report import StructureReport, report_json
from secondment.files.structure.roster import Roster, RosterOptions, read_roster
from secondment.files.structure.targets import read_targets

AGE_BANDS = {"national": NATIONAL_AGE_CUTS, "short": SHORT_AGE_CUTS}
WOMEN = {"55": Category.WOMEN_55, "50": Category.WOMEN_50}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be asked for."""
    add = parser.add_argument
    add("roster", type=Path, help="one row per person: .xlsx, .csv or .parquet")
    add("--as-of", required=True, metavar="DATE", help="the day the figures are for (截至日期)")
    add(
        "--age-by",
        choices=[by.value for by in AgeBy],
        default="month",
        help="complete years by month or by day",
    )
    add(
        "--age-bands",
        default="national",
        help="national, short, or the lowest ages of the bands but the first: 36,46,56",
    )
    add(
        "--cross",
        action="append",
        default=[],
        metavar="A,B,C",
        help="cross table of up to three dimensions; repeatable",
    )
    add(
        "--scope",
        action="append",
        default=[],
        metavar="COLUMN=TEXT",
        help="only rows with this text; repeatable",
    )
    add("--against", type=Path, metavar="ROSTER", help="compare with another roster")
    add("--against-as-of", metavar="DATE", help="compare with another day")
    add(
        "--against-scope",
        action="append",
        default=[],
        metavar="COLUMN=TEXT",
        help="compare with another scope",
    )
    add("--targets", type=Path, metavar="FILE", help="target structure: 维度, 类别, 下限, 上限, 依据")
    add(
        "--strict",
        action="store_true",
        help="refuse texts that are in no list instead of counting them as not recognised",
    )
    add(
        "--women",
        choices=WOMEN,
        default="55",
        help="original retirement age of women without a 岗位身份 (干部 55, 工人 50) in the roster (default 55)",
    )
    add(
        "--women-as-men-ranks",
        default="",
        metavar="RANKS",
        help="ranks whose women retire as men do: county_head,…",
    )
    add("--charts", type=Path, metavar="FOLDER", help="write every chart as SVG into this folder too")
    add_layout_arguments(parser)
    add("--years", type=int, default=15, help="calendar years of the retirement forecast (default 15)")


def run(arguments: argparse.Namespace) -> ExitCode:
    """Read, count, compare, write."""
    writer = check_ending(arguments.out, [".json", ".xlsx", ".docx"])
    show = progress_bar(quiet=arguments.quiet)
    show(0.0, "reading")
    options = RosterOptions(
        _day(arguments.as_of, "--as-of"),
        AgeBy(arguments.age_by),
        _age_cuts(arguments.age_bands),
        _scope(arguments.scope, "--scope"),
        arguments.strict,
        layout_of(arguments, arguments.sheet),
    )
    roster = read_roster(arguments.roster, options)
    show(0.4, "counting")
    report = _report(arguments, options, roster)
    show(0.8, "writing")
    if arguments.charts is not None:
        _write_charts(arguments.charts, report)
    _write(arguments.out, writer, report)
    show(1.0, "done")
    print_summary(
        _summary(arguments.out, report), quiet=arguments.quiet, notes=[note.english for note in report.notes]
    )
    return ExitCode.DONE


def _report(arguments: argparse.Namespace, options: RosterOptions, roster: Roster) -> StructureReport:
    analysis = _analyse(arguments, options, roster, arguments.cross)
    comparisons, crosses, compared_with = _comparisons(arguments, options, analysis)
    targets = () if arguments.targets is None else read_targets(arguments.targets, roster.dimensions)
    title = f"干部队伍结构分析（截至{options.as_of.year}年{options.as_of.month}月{options.as_of.day}日）"
    return StructureReport(
        title,
        analysis,
        comparisons,
        gaps(targets, analysis.distributions),
        roster.notes,
        compared_with,
        crosses,
        WOMEN[arguments.women],
    )


def _analyse(
    arguments: argparse.Namespace, options: RosterOptions, roster: Roster, crosses: Sequence[str]
) -> Analysis:
    retirement = RetirementOptions(
        WOMEN[arguments.women], _ranks(arguments.women_as_men_ranks), arguments.years
    )
    if retirement.women_as_men_ranks and "rank" not in roster.people.columns:
        raise BadInputError.of_file("--women-as-men-ranks", "needs ranks", "add a column 职级 to the roster")
    if not 1 <= arguments.years <= 60:
        raise BadInputError.of_file("--years", f"is {arguments.years}", "give 1 to 60 years")
    named = [[_dimension(roster, key) for key in cross.split(",")] for cross in crosses]
    try:
        return analyse(
            roster.people,
            roster.dimensions,
            options.as_of,
            crosses=named,
            age_by=options.age_by,
            retirement=retirement,
        )
    except CountingError as error:
        raise BadInputError.of_file("--cross", str(error), "choose other dimensions") from error


def _comparisons(
    arguments: argparse.Namespace, options: RosterOptions, analysis: Analysis
) -> tuple[tuple[Comparison, ...], tuple[CrossComparison, ...], str]:
    """The other body of officials is read like the first, except for what `--against…` changes."""
    if not (arguments.against or arguments.against_as_of or arguments.against_scope):
        return (), (), ""
    path = arguments.against or arguments.roster
    as_of = (
        options.as_of if arguments.against_as_of is None else _day(arguments.against_as_of, "--against-as-of")
    )
    scope = _scope(arguments.against_scope, "--against-scope") if arguments.against_scope else options.scope
    other_options = RosterOptions(as_of, options.age_by, options.age_cuts, scope, options.strict)
    other = _analyse(arguments, other_options, read_roster(path, other_options), arguments.cross)
    by_key = {item.dimension.key: item for item in other.distributions}
    comparisons = tuple(
        compare(item, by_key[item.dimension.key])
        for item in analysis.distributions
        if item.dimension.key in by_key
    )
    words = [path.name, as_of.isoformat(), *(f"{key}={text}" for key, text in scope)]
    crosses = tuple(map(compare_crosses, analysis.crosses, other.crosses))
    return comparisons, crosses, " · ".join(words)


def _write(out: Path, ending: str, report: StructureReport) -> None:
    if ending == ".json":
        write_json(out, report_json(report))
    elif ending == ".xlsx":
        from secondment.files.structure.xlsx import report_xlsx

        write_atomically(out, report_xlsx(report))
    else:
        from secondment.files.structure.docx import report_docx

        write_atomically(out, report_docx(report))


def _write_charts(folder: Path, report: StructureReport) -> None:
    from secondment.files.structure.charts import report_charts

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInputError.of_file(
            str(folder), f"cannot be made ({error.strerror})", "choose another --charts"
        ) from error
    for name, svg in report_charts(report).items():
        write_atomically(folder / f"{name}.svg", svg.encode())


def _summary(out: Path, report: StructureReport) -> str:
    analysis = report.analysis
    met = sum(gap.is_met for gap in report.gaps)
    lines = [f"{analysis.n_people} people, {len(analysis.distributions)} dimensions; written to {out}"]
    lines += [f"{met} of {len(report.gaps)} targets met"] if report.gaps else []
    return "\n".join(lines)


def _day(text: str, option: str) -> dt.date:
    day = parse_day(text)
    if isinstance(day, DateFault):
        raise BadInputError.of_file(option, day.found, day.remedy)
    return day


def _age_cuts(text: str) -> tuple[int, ...]:
    if text in AGE_BANDS:
        return AGE_BANDS[text]
    try:
        cuts = tuple(int(part) for part in text.split(","))
    except ValueError:
        cuts = ()
    if not cuts or list(cuts) != sorted(set(cuts)) or cuts[0] < 1:
        raise BadInputError.of_file(
            "--age-bands", f"“{text}” is not a list of ages", "write rising ages: 36,46,56"
        )
    return cuts


def _scope(words: Sequence[str], option: str) -> tuple[tuple[str, str], ...]:
    pairs = [word.partition("=") for word in words]
    if any(not sign for _, sign, _ in pairs):
        raise BadInputError.of_file(option, "is not COLUMN=TEXT", "write such as unit=示例市财政局")
    return tuple((key.strip(), text.strip()) for key, _, text in pairs)


def _dimension(roster: Roster, key: str) -> Dimension:
    for dimension in roster.dimensions:
        if key.strip() in {dimension.key, dimension.label}:
            return dimension
    known = ", ".join(dimension.key for dimension in roster.dimensions)
    raise BadInputError.of_file("--cross", f"“{key}” cannot be counted in this roster", f"use {known}")


def _ranks(text: str) -> tuple[int, ...]:
    keys = [bucket.key for bucket in RANK.buckets]
    names = [name.strip() for name in text.split(",") if name.strip()]
    strange = [name for name in names if name not in keys]
    if strange:
        raise BadInputError.of_file(
            "--women-as-men-ranks", f"“{strange[0]}” is not a rank", f"use {', '.join(keys)}"
        )
    return tuple(keys.index(name) for name in names)


VERB = Verb(
    "structure",
    "Analyse the structure of a body of officials on a day and forecast retirements.",
    add_arguments,
    run,
)
