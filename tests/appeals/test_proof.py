"""An open proof is opened by two, says nothing of raters, and recomputes; a changed file is found out."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from secondment.accounts.choices import Role
from secondment.appeals.errors import ProofError
from secondment.appeals.services import ask_for_proof, hand_out_proof, open_proof
from secondment.assessments.composite.choices import Basis
from secondment.assessments.models import QuantityMark, StatedFact
from secondment.assessments.table.services import calculate_table
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError
from tests.appeals.conftest import Case
from tests.appeals.measured import appraise
from tests.makers import AT, make_user

SCRIPT = Path(__file__).parents[2] / "docs" / "algorithms" / "verify_appraisal.py"


def verify(content: bytes, folder: Path, *more: str) -> subprocess.CompletedProcess:
    path = folder / "proof.zip"
    path.write_bytes(content)
    command = [sys.executable, "-I", str(SCRIPT), str(path)]
    return subprocess.run([*command, *more], capture_output=True, text=True, check=False)  # noqa: S603 -- our own script


def changed(content: bytes, change) -> bytes:
    """The same file with its proof changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    proof = json.loads(parts["proof.json"])
    change(proof, parts)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        for name, data in ({**parts, "proof.json": json.dumps(proof).encode()}).items():
            packed.writestr(name, data)
    return held.getvalue()


@pytest.fixture
def content(case: Case) -> bytes:
    """With values, a gate that was not passed, and the table of the pool."""
    run = appraise(case, is_counted=True)
    rows = list(case.evaluation.register.evaluations.order_by("pk"))
    by = {"recorded_by": case.scene.owner, "recorded_at": AT}
    for one, value in zip(rows, (80, 45), strict=False):
        QuantityMark.objects.create(
            evaluation=one, indicator="tasks", value=value, backing="documented", evidence="任务书", **by
        )
    stated = {"stated_by": case.scene.owner, "stated_at": AT}
    StatedFact.objects.create(evaluation=rows[1], indicator="clean", is_adverse=True, basis="通报", **stated)
    for pool in {one.pool for one in rows}:
        calculate_table(pool, Basis.FAIR, by=case.scene.owner, at=AT)
    proof = ask_for_proof(run, purpose="申诉核查", recipient="市纪委张某", by=case.scene.owner, at=AT)
    open_proof(proof, by=case.third, at=AT)
    return hand_out_proof(proof, by=case.third, at=AT)


def test_every_figure_is_recomputed_without_the_product(content: bytes, tmp_path: Path) -> None:
    found = verify(content, tmp_path)
    assert found.returncode == 0, found.stdout + found.stderr
    assert "0 differ" in found.stdout
    assert int(found.stdout.split(" figures")[0].splitlines()[-1]) > 100
    assert "not recomputed: fair scores" in found.stdout


def test_fair_scores_come_out_of_the_command_line(content: bytes, tmp_path: Path) -> None:
    rate = f"{sys.executable} -m secondment.cli.main rate --quiet"
    found = verify(content, tmp_path, "--rate", rate)
    assert found.returncode == 0, found.stdout + found.stderr
    assert "not recomputed: fair scores" not in found.stdout


def test_it_says_what_it_recomputed_and_what_it_took_as_published(content: bytes, tmp_path: Path) -> None:
    told = verify(content, tmp_path).stdout
    for words in (
        "recomputed from the ballots: counts, groups, indicators, plain scores",
        "recomputed from fair scores and their errors: intervals",
        "compared with the ballots: inputs of the model",
        "recomputed from votes, values and statements: composites",
    ):
        assert words in told
    assert "compared with the command" not in told
    rate = f"{sys.executable} -m secondment.cli.main rate --quiet"
    told = verify(content, tmp_path, "--rate", rate).stdout
    assert "compared with the command of --rate: fair scores" in told
    assert "not recomputed: errors of fair scores" in told


def person_in(proof: dict, *, adverse: bool = False) -> dict:
    """Somebody of the table, with a value; the one whose gate was not passed."""
    people = [one for table in proof["tables"] for one in table["people"] if one["values"]]
    return next(one for one in people if bool(one["adverse"]) == adverse)


def part_of(person: dict, code: str) -> dict:
    return next(one for one in person["figures"]["fair_parts"] if one["code"] == code)


def test_the_table_holds_values_gates_and_composites(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        proof = json.loads(packed.read("proof.json"))
    one = person_in(proof)
    assert one["values"] == {"tasks": [80.0, "documented"]}
    assert (part_of(one, "tasks")["score"], part_of(one, "tasks")["se"]) == (75.0, 5.0)
    assert person_in(proof, adverse=True)["adverse"] == {"clean": "not_excellent"}
    assert "limits" not in one  # why a file bars somebody is not told


def first(proof: dict) -> dict:
    return proof["figures"][min(proof["figures"])]


@pytest.mark.parametrize(
    "change",
    [
        lambda proof, parts: first(proof).update(plain_score=first(proof)["plain_score"] + 2e-6),
        lambda proof, parts: first(proof).update(low=first(proof)["low"] - 0.001),
        lambda proof, parts: first(proof)["groups"]["groups"][0].update(n=99),
        lambda proof, parts: proof["ballots"].pop(),
        lambda proof, parts: proof["ballots"][0]["marks"].update({min(proof["figures"]): {"duty": 1}}),
        lambda proof, parts: proof["group_weights"].update(masses=21),
        lambda proof, parts: proof["indicator_weights"].update(duty=36),
        lambda proof, parts: person_in(proof)["values"].update(tasks=[81.0, "documented"]),
        lambda proof, parts: person_in(proof)["values"].update(tasks=[80.0, "audited"]),
        lambda proof, parts: person_in(proof)["figures"].update(
            fair=person_in(proof)["figures"]["fair"] + 3e-6
        ),
        lambda proof, parts: person_in(proof)["figures"].update(plain=None),
        lambda proof, parts: person_in(proof)["figures"].update(se=person_in(proof)["figures"]["se"] + 3e-6),
        lambda proof, parts: person_in(proof)["figures"].update(high=99.0),
        lambda proof, parts: person_in(proof)["figures"].update(fair_rank=9),
        lambda proof, parts: person_in(proof)["figures"].update(is_eligible=False),
        lambda proof, parts: person_in(proof, adverse=True)["adverse"].clear(),
        lambda proof, parts: part_of(person_in(proof), "tasks").update(adds=1.0),
        lambda proof, parts: part_of(person_in(proof), "votes").update(share=1.0),
        lambda proof, parts: proof["rules"]["errors"].update(documented=4.0),
        lambda proof, parts: proof["indicators"][3].update(points=[[0, 0], [100, 90]]),
        lambda proof, parts: proof["indicators"][3].update(weight=20),
        lambda proof, parts: proof["indicators"][4].update(effect="no_grade"),
        lambda proof, parts: first(proof).update(fair_se=first(proof)["fair_se"] + 0.001),
        lambda proof, parts: proof["fair_weights"]["source"].update(organisation=31.0),
        lambda proof, parts: proof["fair_weights"]["criterion"].update(duty=51.0),
        lambda proof, parts: parts.update({"inputs.csv": parts["inputs.csv"].replace(b",100,", b",80,", 1)}),
    ],
)
def test_what_was_changed_afterwards_is_found_out(content: bytes, tmp_path: Path, change) -> None:
    found = verify(changed(content, change), tmp_path)
    assert found.returncode == 1
    assert "DIFFERS" in found.stdout


def test_a_figure_within_the_tolerance_is_the_same(content: bytes, tmp_path: Path) -> None:
    near = changed(
        content, lambda proof, _parts: first(proof).update(plain_score=first(proof)["plain_score"] + 4e-7)
    )
    assert verify(near, tmp_path).returncode == 0


def test_nothing_in_it_names_a_rater_or_a_candidate(case: Case, content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        text = packed.read("proof.json").decode()
    proof = json.loads(text)
    assert not {"甲", "张示例"} & set(text.replace('"', " ").split())
    assert {one["rater"] for one in proof["ballots"] if one["rater"]} == {
        "organisation:1",
        "organisation:2",
        "organisation:3",
    }
    units = {(one["group"], bool(one["unit"])) for one in proof["ballots"]}
    assert ("leaders", False) in units  # three of a unit
    assert ("leaders", True) not in units
    assert ("masses", True) in units


def test_two_persons_and_a_purpose(case: Case) -> None:
    run = appraise(case)
    ask = {"purpose": "申诉核查", "recipient": "市纪委", "by": case.scene.owner, "at": AT}
    for field in ("purpose", "recipient"):
        with pytest.raises(ProofError) as refused:
            ask_for_proof(run, **{**ask, field: " "})
        assert refused.value.field == field
    with pytest.raises(NotAllowedError):
        ask_for_proof(run, **{**ask, "by": case.scene.home_clerk})
    proof = ask_for_proof(run, **ask)
    with pytest.raises(NotAllowedError):
        open_proof(proof, by=case.scene.owner, at=AT)
    with pytest.raises(ProofError, match="第二人开启"):
        hand_out_proof(proof, by=case.scene.owner, at=AT)
    inspector = make_user(Role.INSPECTOR, case.scene.root)
    open_proof(proof, by=inspector, at=AT)
    again = open_proof(proof, by=case.third, at=AT)
    assert again.opened_by == inspector
    first_file, second = (hand_out_proof(proof, by=who, at=AT) for who in (inspector, case.scene.owner))
    assert first_file == second
    trail = AuditEvent.objects.filter(action__startswith="proof.").values_list("action", flat=True)
    assert sorted(trail) == ["proof.ask", "proof.export", "proof.export", "proof.open"]
    for stranger in (case.scene.host_clerk, case.third):
        with pytest.raises(NotAllowedError):
            hand_out_proof(proof, by=stranger, at=AT)
    run.state = "running"
    run.save()
    with pytest.raises(ProofError, match="计算完成"):
        ask_for_proof(run, **ask)
