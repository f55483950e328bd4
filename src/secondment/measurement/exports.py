"""Results and input of a computation as files."""

import csv
import io
import json
from collections.abc import Sequence

from secondment.files.writing import FORMULA_STARTS
from secondment.measurement.inputs import ratee_code, unpacked
from secondment.measurement.models import Run
from secondment.measurement.view_models import MeasureRow

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


def rate_files(run: Run) -> dict[str, bytes]:
    """What `secondment rate` reads to come to the same numbers: whole sheets, so that nobody takes them alone."""
    files = {"inputs.csv": unpacked(Run.objects.values_list("inputs", flat=True).get(pk=run.pk))}
    if weights := run.results.get("weights"):
        files["weights.json"] = json.dumps(weights, ensure_ascii=False, indent=1).encode()
    return files


def rate_command(run: Run) -> str:
    """The command, where these files are."""
    weights = " --weights weights.json" if run.results.get("weights") else ""
    return f"secondment rate inputs.csv --model {run.model}{weights} --out result.json"
