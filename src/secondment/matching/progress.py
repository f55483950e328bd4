"""What a search under side rules has found so far, in words."""

from django.utils.translation import gettext as _

from secondment.matching.choices import RunState
from secondment.matching.models import MatchingRun

# So little is no gap: the solver's own precision, in score.
NOTHING = 1e-6


def found_text(run: MatchingRun) -> str:
    """The best plan so far and how much better any other could be; "" while there is none or the run is over."""
    found = run.progress
    if run.state != RunState.RUNNING or not found:
        return ""
    if "score" not in found:
        value, bound = found.get("places", found.get("priority"))
        return _(
            "目前最好的方案填补 %(n)d 个岗位，任何方案都不超过 %(bound)d 个；随后比较总匹配度。已用 %(seconds)d 秒。"
        ) % {
            "n": value,
            "bound": bound + NOTHING,
            "seconds": found["seconds"],
        }
    value, bound = found["score"]
    if gap_text(value, bound) == "0":
        return _(
            "方案总匹配度 %(score)s，已证明最优；正在比较变动人数和各条规则的影响。已用 %(seconds)d 秒。"
        ) % {
            "score": f"{100 * value:.1f}",
            "seconds": found["seconds"],
        }
    return _(
        "目前最好的方案总匹配度 %(score)s，任何方案都不超过 %(bound)s，差距 %(gap)s。已用 %(seconds)d 秒。"
    ) % {
        "score": f"{100 * value:.1f}",
        "bound": f"{100 * bound:.1f}",
        "gap": gap_text(value, bound),
        "seconds": found["seconds"],
    }


def gap_text(value: float, bound: float) -> str:
    """How much more than `value` the bound allows, in per cent of it; the smallest shown is 0.001 %."""
    gap = max(0.0, bound - value)
    if gap <= NOTHING:
        return "0"
    return f"{max(100 * gap / max(abs(value), NOTHING), 0.001):.3f}%"
