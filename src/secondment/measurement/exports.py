"""Results and input of a computation as files."""

import csv
import io
import json
import zipfile
from collections.abc import Sequence

from secondment.files.writing import FORMULA_STARTS
from secondment.measurement.inputs import ratee_code, unpacked
from secondment.measurement.models import Run
from secondment.measurement.view_models import MeasureRow

STAMP = (2000, 1, 1, 0, 0, 0)
HEADS = (
    "编号", "姓名", "接收单位", "有效票数", "直接统计得分", "统计名次",
    "校准得分", "标准误", "区间下限", "区间上限", "校准名次", "名次上限", "名次下限", "可比组",
)  # fmt: skip


def results_csv(rows: Sequence[MeasureRow]) -> bytes:
    """One line a candidate, numbers in full, for whoever computes on."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADS)
    for row in rows:
        one = row.measure
        writer.writerow(
            [
                ratee_code(one.candidate_id),
                _text(row.person.name),
                _text(one.candidate.placement.host_unit.name),
                one.n_ballots,
                one.plain_score,
                row.plain_rank,
                one.fair_score,
                one.fair_se,
                one.low,
                one.high,
                row.fair_rank,
                one.rank_low,
                one.rank_high,
                one.subset,
            ]
        )
    # Excel takes a file for Chinese only with this mark.
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _text(text: str) -> str:
    """Not to be taken for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def inputs_zip(run: Run) -> bytes:
    """What `secondment rate` reads to come to the same numbers, and the command; equal computations give equal bytes."""
    held = io.BytesIO()
    weights = run.results.get("weights")
    parts = {"inputs.csv": unpacked(Run.objects.values_list("inputs", flat=True).get(pk=run.pk))}
    command = f"secondment rate inputs.csv --model {run.model} --out result.json"
    if weights:
        parts["weights.json"] = json.dumps(weights, ensure_ascii=False, indent=1).encode()
        command += " --weights weights.json"
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in (parts | {"README.txt": f"{command}\n".encode()}).items():
            packed.writestr(zipfile.ZipInfo(name, STAMP), content, zipfile.ZIP_DEFLATED)
    return held.getvalue()
