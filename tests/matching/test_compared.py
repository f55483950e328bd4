"""Who is moved, comes in or leaves from one proposal to another, and how the page tells it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from secondment.audit.models import AuditEvent
from secondment.matching.choices import PersonChange
from secondment.matching.compared import changed_people
from secondment.matching.services.proposals import copy_proposal
from tests.makers import AT
from tests.matching.campaigns import make_matched, run_now
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def matched():
    return make_matched()


@pytest.fixture
def both(matched, django_capture_on_commit_callbacks):
    """A proposal, and a copy in which 赵甲 has left, 孙丙 has his post and 李丁 that of 孙丙."""
    proposal = run_now(matched, django_capture_on_commit_callbacks)
    copy = copy_proposal(proposal, name="改", by=matched.by, at=AT)
    placed = {one.nomination_id: one for one in copy.pairs.all()}
    (free,) = (one for one in matched.people if one.pk not in placed)
    leaver, mover = (placed[matched.people[at].pk] for at in (0, 2))
    seats = leaver.campaign_post, mover.campaign_post
    leaver.delete()
    mover.campaign_post, mover.score = seats[0], 0.25
    mover.save()
    copy.pairs.create(nomination=free, campaign_post=seats[1], score=0.5)
    return proposal, copy


def test_movers_leavers_and_comers_are_told_apart(matched, both) -> None:
    before, after = both
    rows = {one.nomination.person.name: one for one in changed_people(before, after)}
    kinds = sorted(one.change for one in rows.values())
    assert kinds == ["in", "moved", "out"]
    (moved,) = (one for one in rows.values() if one.change == PersonChange.MOVED)
    old = before.pairs.get(nomination=moved.nomination)
    assert (moved.before, moved.after_score) == (old.campaign_post, 25.0)
    assert moved.gain == pytest.approx(25 - 100 * old.score)
    left, came = rows["赵甲"], next(one for one in rows.values() if one.change == "in")
    assert (left.after, left.after_score, left.gain) == (None, None, None)
    assert (came.before, came.before_score, came.gain) == (None, None, None)
    assert came.after_score == 50.0
    assert len(changed_people(after, before)) == 3
    assert changed_people(before, before) == []


def address(both, **query: object) -> str:
    before, after = both
    extra = "".join(f"&{name}={value}" for name, value in query.items())
    return f"{reverse('matching:proposal_compare', args=[before.pk])}?with={after.pk}{extra}"


@pytest.mark.parametrize(("change", "n"), [("moved", 1), ("out", 1), ("in", 1), ("", 3)])
def test_a_kind_of_change_is_one_click_away(matched, both, signed_in, change: str, n: int) -> None:
    client = signed_in(matched.by)
    text = text_of(client.get(address(both, change=change)))
    assert "换岗 1 人 进入 1 人 退出 1 人" in text
    assert f"共 {n} 条" in text


def test_names_are_searched_and_the_file_is_in_the_trail(matched, both, signed_in) -> None:
    client = signed_in(matched.by)
    assert "共 1 条" in text_of(client.get(address(both, change="out", q="赵甲")))
    assert "共 0 条" in text_of(client.get(address(both, change="in", q="赵甲")))
    assert "共 1 条" in text_of(client.get(address(both, show="all", q="南村")))
    assert client.get(address(both, export="xlsx")).status_code == 200
    assert AuditEvent.objects.filter(action="proposal.export").count() == 1


def test_figures_stand_behind_a_tab_without_a_list(matched, both, signed_in) -> None:
    text = text_of(signed_in(matched.by).get(address(both, show="figures")))
    assert "平均匹配度" in text
    assert "共 3 条" not in text


def n_queries(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_filters_keep_what_is_compared(matched, both, signed_in) -> None:
    client, (_before, after) = signed_in(matched.by), both
    copy_proposal(after, name="另一", by=matched.by, at=AT)  # with two others nothing is chosen by itself
    kept = f'name="with" value="{after.pk}"'
    told = client.get(address(both, change="out")).content.decode()
    assert f'form="filter-compared_people" {kept}' in told
    assert f'compare/?with={after.pk}">清空筛选' in told
    told = client.get(address(both, show="all", q="南村")).content.decode()
    assert 'form="filter-compared_posts" name="show" value="all"' in told
    assert f'compare/?with={after.pk}&amp;show=all">清空筛选' in told


def test_the_number_of_queries_does_not_grow_with_the_changes(matched, both, signed_in) -> None:
    client = signed_in(matched.by)
    before, after = both
    many = n_queries(client, address(both))
    after.pairs.filter(nomination=matched.people[2]).update(
        campaign_post=before.pairs.get(nomination=matched.people[2]).campaign_post
    )
    assert n_queries(client, address(both)) == many
