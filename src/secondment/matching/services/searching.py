"""A search under side rules seen from outside: what it has found so far, and the request to stop with that."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import takewhile

from secondment.algorithms.interruption import Interruption
from secondment.jobs.models import Job
from secondment.jobs.signs import start_repeating
from secondment.matching.models import Search

LOOK_SECONDS = 1.0


@dataclass
class Searching:
    """One search. `watch` is called by the solver, `look` from a thread of its own every second.

    `found` holds by goal (`Choice.watch`) the value of the best plan and the bound; it is what `Search.progress`
    keeps for the page, with the seconds passed. A request to stop waits for the first plan.
    """

    search: Search
    interruption: Interruption = field(default_factory=Interruption)
    found: dict[str, tuple[float, float]] = field(default_factory=dict)
    begun: float = field(default_factory=time.perf_counter)
    is_stopped: bool = False

    def watch(self, goal: str, value: float, bound: float) -> None:
        """Remember the best plan and the bound of a goal; what was known of later goals holds no longer."""
        before = takewhile(lambda known: known != goal, self.found)
        # a new dictionary, because `look` reads in another thread
        self.found = {known: self.found[known] for known in before} | {goal: (value, bound)}
        if self.is_stopped:
            self.interruption.request()

    def look(self) -> None:
        """Write what was found, and ask the search to end when the user wants it to."""
        row = self.search.row
        found = {goal: list(pair) for goal, pair in self.found.items()}
        if found:
            row.update(progress=found | {"seconds": round(time.perf_counter() - self.begun)})
        self.is_stopped = row.filter(is_stop_requested=True).exists()
        is_cancelled = Job.objects.filter(pk=str(self.search.job_id), is_cancel_requested=True).exists()
        if (self.is_stopped and self.found) or is_cancelled:
            self.interruption.request()

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Look now and every second until the search is over."""
        over = threading.Event()
        thread = start_repeating(self.look, over, every_seconds=LOOK_SECONDS)
        try:
            yield
        finally:
            over.set()
            thread.join()
