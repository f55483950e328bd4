"""Mutation testing: small faults are put into the code, and the tests that run the changed line must notice each.

    sh scripts/mutants.sh [--count 400] [--seed 1] [--jobs 2] [--contexts FILE] [--report FILE]

Mutants are drawn by a seed from those that Cosmic Ray's operators make of services, rules, queries, states, eligibility
and fit. A first run of the suite notes which test runs which line and how long it takes (`--contexts FILE` keeps both
and uses them again). What `--report FILE` already says of a mutant of the same tree is not tried again, so a run that was
ended goes on where it stopped. Each mutant stands in a copy of the tree of its own. A mutant that cannot be imported is no test of the tests and is not
counted; one that makes its tests use far more processor time than they need counts as noticed. Other work on the machine
does not change what is counted, it only takes longer.
"""

import argparse
import ast
import difflib
import itertools
import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from queue import SimpleQueue

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator
from coverage import CoverageData

ROOT = Path(__file__).parents[1]
SOURCE = Path("src/secondment")
PARTS = (
    *("*/services.py", "*/services/**/*.py", "*/rules.py", "*/queries.py", "*/states.py", "*/lapses.py"),
    *(
        "*/holding.py",
        "campaigns/eligibility_rules/*.py",
        "algorithms/eligibility/*.py",
        "algorithms/fit*.py",
    ),
)
COMPARISONS = (
    *("Lt_LtE", "Lt_GtE", "LtE_Lt", "LtE_Gt", "Gt_GtE", "Gt_LtE", "GtE_Gt", "GtE_Lt"),
    *("Eq_NotEq", "NotEq_Eq", "Is_IsNot", "IsNot_Is"),
)
BINARIES = (
    "Add_Sub",
    "Sub_Add",
    "Mul_Div",
    "Div_Mul",
    "FloorDiv_Mul",
    "Mod_Mul",
    "BitOr_BitAnd",
    "BitAnd_BitOr",
)
OPERATORS = (
    *(f"ReplaceComparisonOperator_{name}" for name in COMPARISONS),
    *(f"ReplaceBinaryOperator_{name}" for name in BINARIES),
    *(
        "ReplaceUnaryOperator_Delete_Not",
        "ReplaceUnaryOperator_USub_UAdd",
        "ReplaceAndWithOr",
        "ReplaceOrWithAnd",
    ),
    *("ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "AddNot", "NumberReplacer", "ExceptionReplacer"),
    *("ReplaceBreakWithContinue", "ReplaceContinueWithBreak", "ZeroIterationForLoop"),
)
# Tables are made from the models: eight seconds of processor time less for each mutant than by migrations.
PYTEST = (sys.executable, "-m", "pytest", "-q", "--no-migrations")
# What migrations write into a new database, or keep of an old one.
ABOUT_MIGRATIONS = (
    "tests/common/test_installation.py",
    "tests/decision/test_tables.py",
    "tests/portal/test_upgrading.py",
)
# Seconds of processor time that the tests of a mutant may use: all of them, and each.
LEAST_SECONDS, SECONDS_A_TEST = 120, 4
# A test that waits for ever uses no processor time.
MOST_WAIT = 3600
# Lines that everything runs are tested by the nearest and quickest tests; so a survivor may be noticed by others.
MOST_TESTS, MOST_SECONDS = 100, 22
Place = tuple[int, int]  # line from 1, column from 0
DURATION = re.compile(r"([0-9.]+)s (?:call|setup|teardown) +(tests/.+)")
N_TESTS = re.compile(r"(\d+) (?:failed|errors?)\b")


@dataclass(frozen=True)
class Mutant:
    """One small fault: which operator, at which of its places in a file, on which line."""

    path: Path
    operator: str
    occurrence: int
    line: int

    def code(self) -> str:
        """The file with the fault."""
        operator = get_operator(f"core/{self.operator}")()
        changed: str = mutate_code((ROOT / self.path).read_text(encoding="utf-8"), operator, self.occurrence)
        return changed

    def difference(self) -> str:
        """The changed lines, before and after."""
        before = (ROOT / self.path).read_text(encoding="utf-8").splitlines()
        lines = difflib.unified_diff(before, self.code().splitlines(), lineterm="", n=0)
        return " → ".join(
            one[1:].strip() for one in lines if one[0] in "+-" and one[:3] not in ("+++", "---")
        )

    def told(self) -> str:
        """How reports name it."""
        return f"{self.path}:{self.line}\t{self.operator}\t{self.difference()}"


def main() -> None:
    """Draw, test, report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--contexts", type=Path, help="a coverage file with a context for each test")
    parser.add_argument("--report", type=Path, help="where the outcomes are written while the run goes on")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="secondment-mutants-") as place:
        contexts = asked.contexts or Path(place) / "contexts"
        if not contexts.exists():
            note_contexts(contexts, asked.jobs)
        drawn = draw(asked.count, asked.seed)
        trees = [copy_of_tree(Path(place) / str(number)) for number in range(asked.jobs)]
        known = known_from(asked.report)
        report(drawn, test_all(drawn, trees, contexts, known), asked.report)


def draw(count: int, seed: int) -> list[Mutant]:
    """A sample without repetition from all mutants, in a random order."""
    files = sorted({path for part in PARTS for path in (ROOT / SOURCE).glob(part)})
    every = [mutant for path in files for mutant in mutants_of(path.relative_to(ROOT))]
    print(f"{len(every)} mutants in {len(files)} files", flush=True)
    return random.Random(seed).sample(every, min(count, len(every)))


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Every mutant of a file, but for those on which no behaviour hangs."""
    text = (ROOT / path).read_text(encoding="utf-8")
    tree = ast.parse(text)
    left_out, sums = list(_spans(_silent(tree))), list(_operators(tree))
    nodes = list(ast_nodes(get_ast(text)))
    for name in OPERATORS:
        operator = get_operator(f"core/{name}")()
        places = itertools.chain.from_iterable(operator.mutation_positions(node) for node in nodes)
        for occurrence, (start, _end) in enumerate(places):
            is_sum = "BinaryOperator" not in name or _is_inside(start, sums)
            if is_sum and not _is_inside(start, left_out):
                yield Mutant(path, name, occurrence, start[0])


def _is_inside(place: Place, spans: Iterable[tuple[Place, Place]]) -> bool:
    return any(start <= place < end for start, end in spans)


def _spans(nodes: Iterable[ast.expr | ast.stmt | ast.keyword]) -> Iterator[tuple[Place, Place]]:
    for node in nodes:
        yield (node.lineno, node.col_offset), (node.end_lineno or 0, node.end_col_offset or 0)


def _operators(tree: ast.Module) -> Iterator[tuple[Place, Place]]:
    """Where operators between two values are written: other stars mark arguments."""
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp):
            (_start, left), (right, _end) = _spans([node.left, node.right])
            yield left, right


def _silent(tree: ast.Module) -> Iterator[ast.expr | ast.stmt | ast.keyword]:
    """Annotations, decorators, type aliases, what only a type checker reads, `strict`, and the size of batches."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(decorator_list=decorators, returns=returns):
                yield from (*decorators, *filter(None, [returns]))
            case ast.ClassDef(decorator_list=decorators):
                yield from decorators
            case ast.arg(annotation=ast.expr() as annotation) | ast.AnnAssign(annotation=annotation):
                yield annotation
            case ast.keyword(arg="strict" | "batch_size") | ast.If(test=ast.Name(id="TYPE_CHECKING")):
                yield node
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.BinOp()) if name[1:] != name[1:].upper():
                if node in tree.body:
                    yield node


def note_contexts(contexts: Path, jobs: int) -> None:
    """Run the suite once and keep which test runs which line, and beside it how long each takes."""
    command = [*PYTEST, "-n", str(jobs), "-m", "not browser and not word"]
    command += [f"--ignore={file}" for file in ABOUT_MIGRATIONS]
    done = subprocess.run(
        [*command, "--cov", "--cov-context=test", "--cov-report=", "--durations=0", "-vv"],
        cwd=ROOT,
        env=_environment(ROOT) | {"COVERAGE_FILE": str(contexts)},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        contexts.unlink(missing_ok=True)
        raise SystemExit(f"{done.stdout}\nthe tests fail without any mutant; mend them first")
    seconds: defaultdict[str, float] = defaultdict(float)
    for spent, test in DURATION.findall(done.stdout):
        seconds[test] += float(spent)
    _beside(contexts).write_text(json.dumps(seconds), encoding="utf-8")


def _beside(contexts: Path) -> Path:
    """Where the seconds of each test are kept."""
    return contexts.with_name(f"{contexts.name}.seconds.json")


@cache
def _seconds(contexts: Path) -> dict[str, float]:
    """What each test takes; nothing for those too quick to be listed."""
    file = _beside(contexts)
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def known_from(file: Path | None) -> dict[str, str]:
    """What an earlier run found: mutant → outcome."""
    if file is None or not file.exists():
        return {}
    lines = file.read_text(encoding="utf-8").splitlines()
    return {mutant: outcome for outcome, mutant in (line.split("\t", 1) for line in lines)}


def tests_of(mutant: Mutant, contexts: Path) -> list[str]:
    """The tests that run the changed line, those of its own room first and of these the quickest.

    Of a line read at import those that run its file, else those of its room.
    """
    room = mutant.path.parts[2]
    by_line = _contexts_of(mutant.path, contexts)
    found = (
        by_line.get(mutant.line, set()) or set().union(*by_line.values()) or _tests_of_room(room, contexts)
    )
    found = {one for one in found if not one.startswith(ABOUT_MIGRATIONS)}
    seconds = _seconds(contexts)

    def order(test: str) -> tuple[bool, bool, float, str]:
        return f"/{room}/" not in test, "/demo/" in test, seconds.get(test, 0), test

    chosen = sorted(found, key=order)[:MOST_TESTS]
    spent = itertools.accumulate(seconds.get(one, 0) for one in chosen)
    return [
        one for one, sum_so_far in zip(chosen, spent, strict=True) if sum_so_far <= MOST_SECONDS
    ] or chosen[:1]


@cache
def _contexts_of(path: Path, contexts: Path) -> dict[int, set[str]]:
    """Line → the tests that ran it."""
    data = CoverageData(str(contexts))
    data.read()
    (file,) = (name for name in data.measured_files() if name.endswith(f"/{path}"))
    lines = data.contexts_by_lineno(file).items()
    return {line: {one.split("|")[0] for one in ran if one} for line, ran in lines}


@cache
def _tests_of_room(room: str, contexts: Path) -> set[str]:
    """Tests that lie in the folder of a room."""
    data = CoverageData(str(contexts))
    data.read()
    return {one.split("|")[0] for one in data.measured_contexts() if one.startswith(f"tests/{room}/")}


def test_all(
    drawn: list[Mutant], trees: list[Path], contexts: Path, known: dict[str, str]
) -> Iterator[tuple[Mutant, str]]:
    """The outcome of each, in the order drawn; as many at a time as there are trees, none that is known."""
    free: SimpleQueue[Path] = SimpleQueue()
    for tree in trees:
        free.put(tree)

    def outcome(mutant: Mutant) -> str:
        if before := known.get(mutant.told()):
            return before
        tree = free.get()
        try:
            return test_one(mutant, tree, tests_of(mutant, contexts))
        finally:
            free.put(tree)

    with ThreadPoolExecutor(len(trees)) as pool:
        yield from zip(drawn, pool.map(outcome, drawn), strict=True)


def test_one(mutant: Mutant, tree: Path, tests: list[str]) -> str:
    """`killed`, `survived`, `not covered`, or `not importable`."""
    if not tests:
        return "not covered"
    _write(tree / mutant.path, mutant.code())
    (tree / "chosen.txt").write_text("\n".join(tests), encoding="utf-8")
    command = [*PYTEST, "-x", "-p", "no:cacheprovider", "-p", "no:randomly", "@chosen.txt"]
    limit = LEAST_SECONDS + SECONDS_A_TEST * len(tests)
    try:
        done = subprocess.run(
            command,
            cwd=tree,
            env=_environment(tree),
            capture_output=True,
            text=True,
            timeout=MOST_WAIT,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (limit, limit)),
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "killed"
    finally:
        _write(tree / mutant.path, (ROOT / mutant.path).read_text(encoding="utf-8"))
    if done.returncode < 0:  # ended by the system: too much processor time
        return "killed"
    if done.returncode == 0:
        return "survived"
    return "killed" if done.returncode == 1 and N_TESTS.search(done.stdout) else "not importable"


def _write(path: Path, code: str) -> None:
    """Change a source; what Python kept of it could pass for the new one of the same second and size."""
    for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"):
        compiled.unlink()
    path.write_text(code, encoding="utf-8")


def copy_of_tree(place: Path) -> Path:
    """A copy of the checkout with its compiled texts, without what no test reads."""
    ignored = shutil.ignore_patterns(".git", ".venv*", "node_modules", ".*_cache", "test-results", "/data")
    return Path(shutil.copytree(ROOT, place, ignore=ignored, symlinks=True))


def _environment(tree: Path) -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(tree / "src")}


def report(drawn: list[Mutant], outcomes: Iterator[tuple[Mutant, str]], file: Path | None) -> None:
    """Print each outcome as it comes, then the score and the survivors."""
    counts: Counter[str] = Counter()
    with (file or Path("/dev/null")).open("w", encoding="utf-8") as lines:
        for mutant, outcome in outcomes:
            counts[outcome] += 1
            line = f"{outcome}\t{mutant.told()}"
            print(line, file=lines, flush=True)
            if outcome != "killed":
                print(f"{sum(counts.values())}/{len(drawn)} {line}", flush=True)
    judged = counts["killed"] + counts["survived"] + counts["not covered"]
    print(dict(counts))
    print(f"score {counts['killed'] / judged:.1%} of {judged}" if judged else "nothing to judge")


if __name__ == "__main__":
    main()
