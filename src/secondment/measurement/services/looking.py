"""After a computation: try the flags and one more common rater on simulated campaigns of the same design."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from secondment.common.sentences import say
from secondment.measurement.choices import Model
from secondment.measurement.inputs import unpacked
from secondment.measurement.models import Run

JOB = "measurement.look"
DONE, FAILED = "done", "failed"
LAST = -10  # behind everything that somebody waits for
N_STEPS = 3
Progress = Callable[[int, int, Any], None]


def look_closer(run: Run, *, progress: Progress) -> int:
    """Add flags that need simulation, and what one more common rater would have bought; returns how many flags there are.

    The estimate is made again from the kept input: the same seed and the same numbers.
    """
    from secondment.measurement.estimating import estimate, named_ratings
    from secondment.measurement.flags import ballot_flags
    from secondment.measurement.inputs import read_inputs
    from secondment.measurement.planning import worth_beside

    progress(0, N_STEPS, say("重新读取输入数据"))
    kept = Run.objects.values_list("inputs", flat=True).get(pk=run.pk)
    named = named_ratings(read_inputs(unpacked(kept)))
    found = estimate(named, Model(run.model), run.results["weights"])
    progress(1, N_STEPS, say("用模拟测评检验提示的误报率"))
    flags = ballot_flags(found, seed=run.seed)
    progress(2, N_STEPS, say("模拟增加一名考核组成员"))
    worth = worth_beside(found, seed=run.seed)
    with transaction.atomic():
        locked = Run.objects.select_for_update().defer("inputs", "posterior").get(pk=run.pk)
        simple = [one for one in locked.results.get("flags", []) if "power" not in one]
        untried = [one for one in locked.results.get("untried", []) if one in SIMPLE]
        locked.results |= {
            "flags": simple + flags.found,
            "untried": untried + flags.untried,
            "worth": worth,
            "look": DONE,
        }
        locked.save(update_fields=["results"])
    return len(simple) + len(flags.found)


@transaction.atomic
def fail_look(*, run_id: int) -> None:
    """Let the page say that the flags were not all tried."""
    run = Run.objects.select_for_update().defer("inputs", "posterior").get(pk=run_id)
    run.results["look"] = FAILED
    run.save(update_fields=["results"])


SIMPLE = ("leaders_high", "change")
