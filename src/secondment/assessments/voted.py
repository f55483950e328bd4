"""What the democratic appraisal of a year came to, as the registration form prints it: turnout, groups under the rule of small ones."""

from secondment.appraisals.reading import candidates_of
from secondment.appraisals.turnout import turnouts_of
from secondment.assessments.models import Evaluation, Grade
from secondment.measurement.models import Measure, Run
from secondment.measurement.reading import latest_run
from secondment.measurement.tallies import unpacked
from secondment.measurement.view_models import groups_named
from secondment.measurement.view_tallies import tally_rows


def appraisal_words(evaluation: Evaluation, grade: Grade | None) -> str:
    """In Chinese, for paper; nothing where nobody was counted. What the meeting had before it counts, else the last computation."""
    measure = _measure(evaluation, grade)
    if measure is None or not measure.groups:
        return ""
    turnouts = turnouts_of(list(measure.candidate.papers.all())).values()
    voting, counted = sum(one.voting for one in turnouts), sum(one.counted for one in turnouts)
    lines = []
    if voting:
        lines.append(f"应到{voting}人，参评{counted}人（{100 * counted / voting:.0f}%）。")
    tally = unpacked(measure.groups)
    groups = [
        f"{one.name}{one.n}票，{'平均' + format(one.score, '.1f') + '分' if one.score is not None else '没有平均分'}，"
        f"不了解{one.unknown:.0f}%"
        for one in tally_rows(tally)
    ]
    lines += [f"{'；'.join(groups)}。"] if groups else []
    if tally.withheld:
        lines.append(f"{groups_named(tally.withheld)}不足5票，不单独统计。")
    if tally.absent:
        lines.append(f"{groups_named(tally.absent)}没有投票。")
    if tally.score is not None:
        lines.append(f"直接统计得分{tally.score:.1f}分。")
    return "\n".join(lines)


def _measure(evaluation: Evaluation, grade: Grade | None) -> Measure | None:
    key = (evaluation.placement_id, evaluation.year)
    candidate = candidates_of([evaluation.placement_id], [evaluation.year]).get(key)
    if candidate is None:
        return None
    pk = grade.table.inputs["runs"].get(str(candidate.standard_id)) if grade and grade.table else None
    run = (
        Run(pk=pk) if pk else latest_run(evaluation.register.owner_unit, evaluation.year, candidate.standard)
    )
    return run.measures.filter(candidate=candidate).select_related("candidate").first() if run else None
