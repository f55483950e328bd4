"""Campaigns are matched side by side: every run is a job of its own, which any worker takes."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from secondment.accounts.models import User
from secondment.jobs.models import Job, JobState
from secondment.jobs.services import execute_job
from secondment.matching.models import MatchingRun, Proposal
from secondment.matching.services import runs
from secondment.matching.services.runs import start_run
from tests.makers import AT
from tests.matching.campaigns import WEIGHTS, make_matched


def waiting(kind: str, arguments: dict[str, int], *, by: User, at: dt.datetime) -> Job:
    """In the queue until a worker takes it."""
    return Job.objects.create(kind=kind, arguments=arguments, owner=by, created_at=at)


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="the suite's SQLite is in memory, for one connection at a time"
)
@pytest.mark.django_db(transaction=True)
def test_two_campaigns_are_solved_at_the_same_time(monkeypatch) -> None:
    """Each waits inside its solver for the other, so that one after the other would never end."""
    both, solve = Barrier(2, timeout=60), runs.solve_snapshot

    def solve_together(*given):
        both.wait()
        return solve(*given)

    monkeypatch.setattr(runs, "solve_snapshot", solve_together)
    monkeypatch.setattr(runs, "start_job", waiting)
    for _province in range(2):
        matched = make_matched()
        start_run(matched.campaign, weights=WEIGHTS, by=matched.by, at=AT)

    def work(job: Job) -> None:
        try:
            execute_job(job, at=AT)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as workers:
        list(workers.map(work, Job.objects.all()))
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.DONE}
    assert set(MatchingRun.objects.values_list("state", flat=True)) == {"done"}
    assert Proposal.objects.count() == 2
