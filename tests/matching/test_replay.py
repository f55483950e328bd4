"""A run under other weights: only what the weights do is shown, a real run would give the same, and nothing is kept."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from secondment.audit.models import AuditEvent
from secondment.campaigns.models import Nomination, Preference
from secondment.campaigns.parameters import WEIGHT_LABELS
from secondment.matching.choices import PersonChange, RunState, SideRuleKind
from secondment.matching.models import MatchingRun, Proposal
from secondment.matching.replay_lines import change_text, replay_figures, replay_rows, rules_text
from secondment.matching.services import replay as replaying
from secondment.matching.services.replay import replay_run
from secondment.matching.services.side_rules import add_side_rule
from tests.makers import AT, CHECKED, make_campaign_post, make_nomination, make_person, make_post
from tests.matching.campaigns import WEIGHTS, block, host_wish, make_matched, run_now
from tests.pages import text_of

pytestmark = pytest.mark.django_db
OTHER = {"person_preference": 10, "host_preference": 90}


@pytest.fixture
def matched():
    """赵甲 and 钱乙 both want 东; its host wants 钱乙: by wishes of people 赵甲 goes there, by those of hosts 钱乙."""
    matched = make_matched()
    matched.people[1].preferences.update(rank=2)
    matched.posts[0].host_preferences.all().delete()
    host_wish(matched, 0, 1, 1)
    return matched


@pytest.fixture
def run(matched, django_capture_on_commit_callbacks):
    return lambda weights=WEIGHTS: run_now(matched, django_capture_on_commit_callbacks, weights).run


def address(run, weights) -> str:
    tried = "-".join(str(weights.get(name, 0)) for name in WEIGHT_LABELS)
    return reverse("matching:replay_detail", args=[run.pk, tried])


def changes(replay) -> list[tuple[str, str, str, str]]:
    return [
        (str(row.change), row.name, str(row.before or ""), str(row.after or ""))
        for row in replay_rows(replay)
    ]


def test_the_same_weights_change_nobody(matched, run) -> None:
    found = run({"person_preference": 100})
    replay = replay_run(found, found.weights)
    assert replay_rows(replay) == []
    assert change_text([], replay) == "按试用权重，本次方案不变。"
    assert replay.before.post_of == replay.after.post_of


def test_ties_stay_as_the_run_has_them(matched, run) -> None:
    """Nobody wished for 南: 钱乙 and 李丁 are equal there, and other weights of equal proportion do not shuffle them."""
    found = run()
    doubled = {name: weight // 2 for name, weight in WEIGHTS.items()}
    assert replay_rows(replay_run(found, doubled)) == []


def test_other_weights_move_whom_they_must_and_a_real_run_agrees(matched, run) -> None:
    first = run({"person_preference": 100})
    replay = replay_run(first, OTHER)
    plan = dict(Proposal.objects.get(run=first).pairs.values_list("nomination_id", "campaign_post_id"))
    assert replay.before.post_of == plan
    assert replay.after.post_of[matched.people[1].pk] == matched.posts[0].pk
    assert replay.is_nearest
    again = run(OTHER)
    real = Proposal.objects.get(run=again)
    assert replay.after.post_of == dict(real.pairs.values_list("nomination_id", "campaign_post_id"))
    assert replay.after.tried.total == pytest.approx(100 * real.total_score)
    assert replay.before.own.total == pytest.approx(100 * Proposal.objects.get(run=first).total_score)


def test_each_plan_is_best_by_its_own_weights(matched, run) -> None:
    replay = replay_run(run({"person_preference": 100}), OTHER)
    assert replay.before.own.total > replay.after.own.total
    assert replay.before.tried.total < replay.after.tried.total
    figures = {one.label: (one.before, one.after) for one in replay_figures(replay)}
    assert figures["填补岗位"] == ("3 / 3", "3 / 3")
    assert figures["按试用权重的总匹配度"][1] == f"{replay.after.tried.total:.2f}"


def test_who_moves_comes_and_leaves_is_told_apart(matched, run) -> None:
    """Two may not go to 南: then 赵甲, 钱乙, 孙丙 and 李丁 share 东 and 西 and one of them has no place."""
    for person in range(4):
        block(matched, person, 2)
    first = run({"person_preference": 100})
    rows = replay_rows(replay_run(first, OTHER))
    found = {row.change: row for row in rows}
    assert found[PersonChange.IN].name == "钱乙"
    assert (found[PersonChange.IN].before, found[PersonChange.IN].after.pk) == (None, matched.posts[0].pk)
    assert found[PersonChange.IN].score_before is None
    assert found[PersonChange.OUT].name == "赵甲"
    assert (found[PersonChange.OUT].before.pk, found[PersonChange.OUT].after) == (matched.posts[0].pk, None)
    assert found[PersonChange.OUT].score_after is None
    assert change_text(rows, replay_run(first, OTHER)) == (
        "按试用权重，2 人的安排会变：0 人换岗，1 人进入，1 人退出；其余人选不变。"
    )


def test_the_facts_are_those_of_the_run(matched, run) -> None:
    """Wishes, findings and people of today do not count; somebody deleted is shown without a name."""
    for person in range(4):
        block(matched, person, 2)
    first = run({"person_preference": 100})
    before = changes(replay_run(first, OTHER))
    Preference.objects.all().delete()
    block(matched, 1)
    assert changes(replay_run(first, OTHER)) == before
    Nomination.objects.filter(pk=matched.people[1].pk).delete()
    (gone,) = [row for row in replay_rows(replay_run(first, OTHER)) if row.nomination is None]
    assert (gone.name, gone.unit, gone.change) == ("—", "—", PersonChange.IN)


def test_a_run_from_before_neutral_values_is_replayed_without_them(matched, run) -> None:
    first = run()
    first.snapshot["neutral"] = None
    first.save()
    found = MatchingRun.objects.get(pk=first.pk)
    replay = replay_run(found, {"host_preference": 100})
    # 南's host named nobody: left out of the sum, its pair has no fit to count
    assert replay.after.tried.total == pytest.approx(200.0)


def test_side_rules_do_not_pass_for_weights(matched, run) -> None:
    for nomination in matched.people[1:2]:
        nomination.person.specialties.create(tag="health")
    for post in (matched.posts[0], matched.posts[2]):
        post.team = "一组"
        post.save(update_fields=["team"])
    add_side_rule(
        matched.campaign, SideRuleKind.TEAM_SKILL, {"specialty": "health", "least": 1}, by=matched.by, at=AT
    )
    block(matched, 1, 2)
    first = run({"person_preference": 100})
    ruled = dict(Proposal.objects.get(run=first).pairs.values_list("nomination_id", "campaign_post_id"))
    assert ruled[matched.people[1].pk] == matched.posts[0].pk
    replay = replay_run(first, {"person_preference": 100})
    assert replay_rows(replay) == []
    assert replay.before.post_of != ruled
    assert rules_text(replay).startswith("试算不计附加规则")
    assert "按试用权重的安排不满足：" in rules_text(replay)
    kept = replay_run(first, OTHER)
    assert kept.after.post_of[matched.people[1].pk] == matched.posts[0].pk
    assert "不满足" not in rules_text(kept)


def test_the_page_asks_answers_and_keeps_nothing(matched, run, client) -> None:
    first = run({"person_preference": 100})
    client.force_login(matched.by)
    url = reverse("matching:run_replay", args=[first.pk])
    asked = client.get(url)
    assert "本次计算 100" in text_of(asked)
    assert "填写要试的权重" in text_of(asked)
    assert url in client.get(reverse("matching:run_detail", args=[first.pk])).content.decode()
    none = dict.fromkeys(WEIGHT_LABELS, 0)
    assert "至少有一项权重要大于 0" in text_of(client.get(url, none))
    answer = client.get(url, none | OTHER)
    assert (answer.status_code, answer["Location"]) == (302, address(first, OTHER))
    n = MatchingRun.objects.count(), Proposal.objects.count(), AuditEvent.objects.count()
    text = text_of(client.get(address(first, OTHER)))
    assert "人的安排会变" in text
    assert "钱乙" in text
    assert (MatchingRun.objects.count(), Proposal.objects.count(), AuditEvent.objects.count()) == n
    matched.campaign.refresh_from_db()
    assert matched.campaign.weights == {"person_preference": 100}
    assert "查无此人" not in text_of(client.get(address(first, OTHER), {"q": "查无此人"})).split("共")[-1]
    assert "没有符合条件的记录" in text_of(client.get(address(first, OTHER), {"q": "查无此人"}))
    assert client.get(address(first, OTHER), {"export": "xlsx"}).status_code == 200
    assert AuditEvent.objects.filter(action="matching_run.export").count() == 1
    assert "无人变动" in text_of(client.get(address(first, first.weights)))


@pytest.mark.parametrize(
    "tried", ["", "1", "x", "0-0-0-0-0-0-0-0-0", "101-0-0-0-0-0-0-0-0", "01-0-0-0-0-0-0-0-0"]
)
def test_an_address_without_weights_is_not_found(matched, run, client, tried) -> None:
    client.force_login(matched.by)
    found = run()
    assert client.get(f"/matching/runs/{found.pk}/replay/{tried or '-'}/").status_code == 404
    MatchingRun.objects.update(state=RunState.FAILED)
    assert client.get(address(found, WEIGHTS)).status_code == 404


def grow(matched, times: int) -> None:
    for number in range(times):
        post = make_campaign_post(matched.campaign, make_post(matched.homes[0], title="第一书记"))
        for rank in (1, 2):
            one = make_nomination(matched.campaign, make_person(matched.homes[1]), **CHECKED)
            Preference.objects.create(nomination=one, campaign_post=post, rank=1 + (number + rank) % 2)
            matched.people.append(one)
        matched.posts.append(post)
        host_wish(matched, len(matched.posts) - 1, len(matched.people) - 1, 1)


@pytest.mark.parametrize("name", ["plan_options", "replay_detail", "person_obstacles"])
def test_queries_do_not_grow_with_the_campaign(matched, run, client, name) -> None:
    client.force_login(matched.by)

    def n_queries() -> int:
        found = run({"person_preference": 100})
        one = Proposal.objects.get(run=found).unplaced.first()
        url = {
            "plan_options": reverse("matching:plan_options", args=[found.pk]),
            "replay_detail": address(found, {"host_preference": 100}),
            "person_obstacles": reverse(
                "matching:person_obstacles", args=[one.proposal_id, one.nomination_id]
            )
            + f"?post={matched.posts[0].pk}",
        }[name]
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    grow(matched, 1)
    few = n_queries()
    grow(matched, 8)
    assert n_queries() == few


def test_sorting_filtering_and_turning_pages_solve_nothing_again(matched, run, client, monkeypatch) -> None:
    first = run({"person_preference": 100})
    solved = []
    original = replaying.replay_run
    monkeypatch.setattr(replaying, "replay_run", lambda *words: solved.append(words) or original(*words))
    client.force_login(matched.by)
    texts = [
        client.get(address(first, OTHER), query)
        for query in ({}, {"sort": "name"}, {"q": "赵"}, {"export": "xlsx"})
    ]
    assert all(one.status_code == 200 for one in texts)
    assert len(solved) == 1
    client.get(address(first, OTHER | {"person_preference": 7}))
    assert len(solved) == 2
