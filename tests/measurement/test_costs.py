"""What pages of measurement ask of the database: the same at one row and at many."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from secondment.measurement.choices import Model
from secondment.measurement.models import Run
from secondment.measurement.services.looking import look_closer
from tests.measurement.scene import make_year, simulated
from tests.measurement.test_running import finished, no_progress

pytestmark = pytest.mark.django_db
FEW, MANY = 4, 30


def queries(client: Client, name: str, *args: int) -> int:
    """Of the second visit: the first one fills what is kept."""
    address = reverse(f"measurement:{name}", args=args)
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


@pytest.mark.parametrize("name", ["run_list", "run_new", "plan_list"])
def test_lists_cost_the_same_at_one_and_at_many(signed_in, name):
    first = simulated(make_year(2026), 2)
    finished(first, Model.NONE)
    client = signed_in(first.clerk)
    at_one = queries(client, name)
    for year in range(2019, 2026):
        finished(simulated(make_year(year, first.owner), 2), Model.NONE)
    assert Run.objects.count() == 8
    assert queries(client, name) == at_one
    if name != "run_new":
        assert len(client.get(reverse(f"measurement:{name}")).context["listing"].page) == 8


def looked_at(n: int) -> tuple[Run, Client]:
    """A computation over so many villages, every part of its page filled; a row of it is somebody's own page."""
    year = simulated(make_year(), n)
    run = finished(year)
    look_closer(run, progress=no_progress)
    run.refresh_from_db()
    client = Client()
    client.force_login(year.clerk, backend="django.contrib.auth.backends.ModelBackend")
    return run, client


def test_a_computation_costs_the_same_at_few_and_at_many():
    (few, client), (many, other) = looked_at(FEW), looked_at(MANY)
    assert (few.measures.count(), many.measures.count()) == (FEW, MANY)
    assert len(many.results["funnel"]["units"]) == MANY
    assert many.results["members"]
    assert many.results["flags"]
    assert queries(other, "run_detail", many.pk) == queries(client, "run_detail", few.pk)
    own = [(one, run.measures.earliest("pk")) for one, run in ((other, many), (client, few))]
    ours, theirs = (queries(one, "measure_detail", measure.run_id, measure.pk) for one, measure in own)
    assert ours == theirs
    assert queries(other, "run_progress", many.pk) == queries(client, "run_progress", few.pk)


def test_planning_costs_the_same_at_few_and_at_many(signed_in):
    few, many = simulated(make_year(), FEW), simulated(make_year(), MANY)
    counts = [queries(signed_in(one.clerk), "planning", one.appraisal.pk) for one in (few, many)]
    assert counts[0] == counts[1]
