"""The adjusted result is nearer to the truth than the raw mean, and a page says so."""

import pytest
from django.urls import reverse

from secondment.accounts.models import User
from secondment.common.models import Installation
from secondment.demo.truth import compared_with_truth, has_truth
from secondment.demo.work.irregular import POSTS, Vote
from secondment.measurement.models import Measure, Run
from secondment.measurement.services.running import execute_run
from tests.makers import AT

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def run() -> Run:
    """This year's computation of the largest group, carried out as the worker does."""
    row = Run.objects.get(
        year=2026, model="hierarchical", standard_version__standard__category="party_government"
    )
    execute_run(row, at=AT, progress=lambda *_step: None)
    return Run.objects.get(pk=row.pk)


def test_the_adjusted_order_is_nearer(run, client):
    found = compared_with_truth(run)
    assert found is not None
    assert len(found.people) == 239
    assert found.n_top == 47
    assert found.fair.tau > found.plain.tau + 0.08
    assert found.fair.hits > found.plain.hits
    assert [one.rank for one in found.people] == list(range(1, 240))
    wrongs = [abs(one.wrong) for one in found.wronged]
    assert wrongs == sorted(wrongs, reverse=True)
    assert wrongs[0] == max(abs(one.plain_rank - one.rank) for one in found.people)
    nearer = sum(abs(one.fair_rank - one.rank) for one in found.people)
    assert nearer < sum(wrongs_of(found.people))
    alone = Measure.objects.get(run=run, candidate__placement__post__code__in=POSTS[Vote.ALONE])
    assert alone.fair_score is None  # 不可比
    assert alone.plain_score is not None
    client.force_login(User.objects.get(username="org"))
    address = reverse("demo:truth", args=[run.pk])
    page = client.get(reverse("measurement:run_detail", args=[run.pk])).content.decode()
    assert address in page
    words = client.get(address).content.decode()
    assert f"{found.fair.hits} / 47" in words
    assert found.wronged[0].measure.candidate.placement.person.name in words
    Installation.objects.update(is_demo=False)
    assert not has_truth(run)
    assert client.get(address).status_code == 404
    assert address not in client.get(reverse("measurement:run_detail", args=[run.pk])).content.decode()


def test_a_plain_tally_has_no_such_page(client):
    row = Run.objects.filter(year=2026, model="none").first()
    client.force_login(User.objects.get(username="org"))
    assert client.get(reverse("demo:truth", args=[row.pk])).status_code == 404


def wrongs_of(people) -> list[int]:
    return [abs(one.wrong) for one in people]
