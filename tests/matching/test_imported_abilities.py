"""After a clerk's roster came in, the ability components of matching rest on it."""

import pytest
from django.urls import reverse

from secondment.algorithms.fit import COMPONENTS
from secondment.matching.snapshot_facts import take_snapshot
from secondment.matching.view_models import Unfounded
from tests.matching.campaigns import WEIGHTS, Matched, make_matched, run_now
from tests.people.imported import csv, imported

pytestmark = pytest.mark.django_db
HEADER = (
    "姓名,性别,出生年月,所在单位,抓党建带队伍,推动发展,协调利益,群众工作,和谐安全,能力评价来源,能力评价日期"
)


@pytest.fixture
def matched() -> Matched:
    found = make_matched()
    post = found.posts[0].post
    post.abilities = ["mass_work", "development"]
    post.save()
    return found


def test_nothing_is_known_before(matched: Matched) -> None:
    components = take_snapshot(matched.campaign).components_of(0)
    assert (components["needed_abilities"], components["growth"]) == (None, None)


def test_words_and_points_of_the_roster_are_what_matching_reads(matched: Matched) -> None:
    person = matched.people[0].person
    line = f"{person.name},男,{person.born_on:%Y.%m},{person.unit.name},90,40,70,好,80,组织评价,2026-03-01"
    assert imported("a.csv", csv(HEADER, line), matched.root).n_changed == 1
    components = take_snapshot(matched.campaign).components_of(0)
    # (0.92 + 0.40) / 2; below the own mean of 74.4 are 40 (short by 34.4) and 70 (by 4.4): the post trains the first
    assert components["needed_abilities"] == 0.66
    assert components["growth"] == pytest.approx(34.4 / 38.8, abs=0.0006)


def test_pages_name_the_components_that_rest_on_nothing_and_where_to_ask(
    client, django_capture_on_commit_callbacks, matched: Matched
) -> None:
    client.force_login(matched.by)
    proposal = run_now(
        matched, django_capture_on_commit_callbacks, {**WEIGHTS, "needed_abilities": 10, "growth": 0}
    )
    pages = (
        client.post(
            reverse("matching:weights_preview", args=[matched.campaign.pk]),
            dict.fromkeys(COMPONENTS, 0) | WEIGHTS | {"needed_abilities": 10},
        ),
        client.get(reverse("matching:proposal_detail", args=[proposal.pk])),
    )
    preview, detail = (page.content.decode() for page in pages)
    assert "无人可评定，不起作用" in preview
    assert pages[1].context["unfounded"] == Unfounded([], ["岗位所需能力"])
    assert "无人可评定的分项：岗位所需能力。人选或岗位的资料空缺，该分项不起作用" in detail
    assert "按中性值计" not in detail
    assert reverse("people:supplement") in detail
    assert reverse("people:supplement") in preview


def test_pages_say_nothing_where_everything_that_counts_is_known(
    client, django_capture_on_commit_callbacks, matched: Matched
) -> None:
    client.force_login(matched.by)
    proposal = run_now(matched, django_capture_on_commit_callbacks, WEIGHTS)
    page = client.get(reverse("matching:proposal_detail", args=[proposal.pk]))
    assert page.context["unfounded"] == Unfounded([], [])
    assert "的分项：" not in page.content.decode()
