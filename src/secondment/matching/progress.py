"""What a search under side rules has found so far, in words."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from secondment.jobs.models import Job, JobState
from secondment.matching.choices import RunState
from secondment.matching.figures import distance_text, points_text
from secondment.matching.models import Search

# So little is no gap: the solver's own precision, in score.
NOTHING = 1e-6


def has_failed(search: Search, job: Job | None) -> bool:
    """Whether nothing will come of it: it failed, or its job was cancelled or its worker died."""
    was_stopped = job is not None and job.state in {JobState.FAILED, JobState.CANCELLED}
    return search.state != RunState.DONE and (search.state == RunState.FAILED or was_stopped)


def found_text(run: Search) -> str:
    """The best plan so far and how much better any other could be; "" while there is none or the run is over."""
    if run.state != RunState.RUNNING or not run.progress:
        return ""
    seconds = run.progress["seconds"]
    goals = {name: found for name, found in run.progress.items() if name != "seconds"}
    if "score" in goals:
        return _score_text(*goals.pop("score"), before=goals, seconds=seconds)
    n, bound = goals["places"]
    if "early_score" in goals:
        return _(
            "目前最好的方案填补 %(n)d 个岗位，总匹配度 %(score)s；还要按岗位优先级比较，总匹配度可能因此降低。已用 %(seconds)d 秒。"
        ) % {"n": n, "score": points_text(goals["early_score"][0]), "seconds": seconds}
    return _(
        "目前最好的方案填补 %(n)d 个岗位，任何方案都不超过 %(bound)d 个；随后比较总匹配度。已用 %(seconds)d 秒。"
    ) % {"n": n, "bound": bound + NOTHING, "seconds": seconds}


def _score_text(value: float, bound: float, *, before: Mapping[str, Sequence[float]], seconds: int) -> str:
    """What is known of the last goal; the plan is proven only where every goal before it is."""
    values = {"score": points_text(value), "seconds": seconds}
    if any(is_open(*found) for found in before.values()):
        return (
            _("目前最好的方案总匹配度 %(score)s，尚未证明填补的岗位和优先岗位最多。已用 %(seconds)d 秒。")
            % values
        )
    if not is_open(value, bound):
        return (
            _("方案总匹配度 %(score)s，已证明最优；正在比较变动人数和各条规则的影响。已用 %(seconds)d 秒。")
            % values
        )
    return _(
        "目前最好的方案总匹配度 %(score)s，任何方案都不超过 %(bound)s，差距 %(gap)s。已用 %(seconds)d 秒。"
    ) % (values | {"bound": points_text(bound), "gap": gap_text(value, bound)})


def gap_text(value: float, bound: float) -> str:
    """How much more than `value` the bound allows, in points and in per cent of it; the smallest shown is 0.01 %."""
    gap = bound - value if is_open(value, bound) else 0.0
    if not gap:
        return distance_text(0.0)
    share = max(100 * gap / max(abs(value), NOTHING), 0.01)
    return f"{distance_text(gap)}（{share:.2f}%）"


def is_open(value: float, bound: float) -> bool:
    """Whether a better plan is still possible, beyond the precision of the solver."""
    return bound - value > NOTHING
