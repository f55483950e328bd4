"""Side rules: set by the owner, kept by every run, reported rule by rule, refused with the rules that conflict."""

import numpy as np
import pytest

from secondment.accounts.choices import Role
from secondment.algorithms.periods import full_years
from secondment.audit.models import AuditEvent
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.models import Campaign, Nomination
from secondment.common.errors import NotAllowedError, StaleObjectError
from secondment.jobs.models import Job
from secondment.matching.choices import Attribute, LockKind, SideRuleKind
from secondment.matching.errors import NotInReviewError, SideRuleError
from secondment.matching.models import Lock, MatchingRun, Proposal, SideRule
from secondment.matching.services import finding
from secondment.matching.services.plans import ProposalPlan
from secondment.matching.services.runs import solve_snapshot, start_run
from secondment.matching.services.side_rules import (
    add_side_rule,
    change_side_rule,
    remove_side_rule,
)
from secondment.matching.side_rules.kinds import KINDS, rule_of, rule_sentence, rule_values_of
from secondment.matching.side_rules.reports import reports_of_proposal, reports_of_run, sentences_of
from secondment.matching.side_rules.stated import StatedRule, pack_rules, unpack_rules
from secondment.matching.snapshot import pack, unpack
from secondment.matching.snapshot_facts import take_snapshot
from secondment.matching.view_models import options_for
from secondment.people.choices import Kinship, Sex
from secondment.people.models import FamilyMember, Specialty
from secondment.posts.models import Post
from secondment.units.choices import RegionLevel, UnitKind
from secondment.units.models import Region, Unit
from tests.makers import AT, make_quota, make_user
from tests.matching.campaigns import SILENT_HOST, WEIGHTS, block, holders, make_matched, run_now
from tests.pages import text_of

pytestmark = pytest.mark.django_db
BOTH_WOMEN = {"attribute": Attribute.WOMAN, "least": 1}


@pytest.fixture
def matched():
    return make_matched()


@pytest.fixture
def callbacks(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


def marry(one: Nomination, other: Nomination) -> None:
    FamilyMember.objects.create(
        person=one.person,
        position=1,
        title="配偶",
        kinship=Kinship.SPOUSE,
        name=other.person.name,
        relative=other.person,
    )


def team(matched, *posts: int, name: str = "第1组") -> None:
    for number in posts:
        matched.posts[number].team = name
        matched.posts[number].save()


def counties(matched) -> None:
    """East and west lie in one county, south in another."""
    province = Region.objects.create(code="11", name="甲省", level=RegionLevel.PROVINCE, full_name="甲省")
    for code, numbers in (("110101", (0, 1)), ("110102", (2,))):
        region = Region.objects.create(
            code=code, name=code, level=RegionLevel.COUNTY, parent=province, full_name=f"甲省{code}"
        )
        for number in numbers:
            unit = matched.posts[number].post.host_unit
            unit.region = region
            unit.save()


def add(matched, kind: SideRuleKind, **values) -> SideRule:
    return add_side_rule(matched.campaign, kind, values, by=matched.by, at=AT)


def failed_run(matched, callbacks) -> str:
    """The message of a run that finds no plan."""
    with callbacks(execute=True):
        run = start_run(matched.campaign, weights=WEIGHTS, by=matched.by, at=AT)
    run.refresh_from_db()
    assert run.state == "failed"
    return Job.objects.get(pk=run.job_id).message


# Runs


def test_a_couple_is_placed_together_at_its_exact_cost(matched, callbacks) -> None:
    """Without the rule 赵甲 and 孙丙 take 东 and 西 and one of the others 南; 钱乙 and 李丁 are married."""
    block(matched, 3, 0)
    block(matched, 3, 1)
    marry(matched.people[1], matched.people[3])
    add(matched, SideRuleKind.COUPLE_TOGETHER)
    proposal = run_now(matched, callbacks)
    placed = set(holders(proposal).values())
    assert len(placed) == 3
    assert ("钱乙" in placed) == ("李丁" in placed)
    # 赵甲→东 1, 钱乙→西 0, 李丁→南 0 is worth less than 钱乙→东 0.6, 孙丙→西 1, 李丁→南 0
    assert holders(proposal) == {"东村": "钱乙", "西村": "孙丙", "南村": "李丁"}
    assert proposal.total_score == pytest.approx(1.6 + 0.4 * 0.333)
    report = proposal.run.report
    assert report["without_rules"] == {"n_assigned": 3, "total_score": pytest.approx(2.0 + 0.4 * 0.333)}
    assert (report["status"], report["n_side_rules"], report["places_bound"]) == ("optimal", 1, 3.0)
    assert [one for one in proposal.run.shortages if one["kind"] == "side_rule"] == [
        {"kind": "side_rule", "key": SideRule.objects.get().pk, "n_more": 0, "score": 0.4, "is_proven": True}
    ]
    assert proposal.unplaced.get().kind == "side_rules"
    (line,) = reports_of_proposal(proposal)
    assert (line.is_kept, line.lines[0].name, line.lines[0].reached) == (True, "钱乙、李丁", "两人都已安排")


def test_without_side_rules_the_exact_path_stays(matched, callbacks) -> None:
    proposal = run_now(matched, callbacks)
    assert proposal.total_score == pytest.approx(2.0 + SILENT_HOST)
    assert "n_side_rules" not in proposal.run.report
    assert reports_of_run(proposal.run) == reports_of_proposal(proposal) == []


def test_a_team_that_cannot_be_whole_stays_empty(matched, callbacks) -> None:
    team(matched, 0, 2)
    for person in range(4):
        block(matched, person, 2)
    add(matched, SideRuleKind.WHOLE_TEAM)
    proposal = run_now(matched, callbacks)
    assert holders(proposal) == {"西村": "孙丙"}
    assert proposal.run.report["without_rules"]["n_assigned"] == 2
    (line,) = reports_of_run(proposal.run)
    assert (line.is_kept, line.lines[0].reached) == (True, "2 个岗位安排了 0 人")


def test_a_team_holds_the_skills_it_needs(matched, callbacks) -> None:
    team(matched, 0, 1)
    Specialty.objects.create(person=matched.people[3].person, tag="health")
    add(matched, SideRuleKind.TEAM_SKILL, specialty="health", least=1)
    proposal = run_now(matched, callbacks)
    held = holders(proposal)
    assert "李丁" in {held["东村"], held["西村"]}
    assert proposal.run.report["n_assigned"] == 3
    # 李丁→东 0.12 (fifth wish) and 孙丙→西 1 beat 赵甲→东 1 and 李丁→西 0
    assert proposal.total_score == pytest.approx(1.12 + SILENT_HOST)


def test_spouses_who_both_go_go_to_one_county(matched, callbacks) -> None:
    counties(matched)
    marry(matched.people[0], matched.people[1])
    for post in (0, 1):
        block(matched, 3, post)
        block(matched, 2, post)
    add(matched, SideRuleKind.COUPLE_COUNTY)
    held = holders(run_now(matched, callbacks))
    assert {held["东村"], held["西村"]} == {"赵甲", "钱乙"}


def test_spouses_do_not_both_go_to_villages(matched, callbacks) -> None:
    Unit.objects.filter(pk__in=[one.post.host_unit_id for one in matched.posts]).update(kind=UnitKind.VILLAGE)
    marry(matched.people[2], matched.people[0])
    add(matched, SideRuleKind.COUPLE_VILLAGE)
    proposal = run_now(matched, callbacks)
    assert not {"赵甲", "孙丙"} <= set(holders(proposal).values())
    (line,) = reports_of_run(proposal.run)
    assert line.sentence == "同时被推荐的夫妻不同时驻村"
    assert line.lines[0].reached == "只安排了一人"


def test_counts_and_shares_by_region_are_kept(matched, callbacks) -> None:
    counties(matched)
    for number in (1, 3):
        matched.people[number].person.sex = Sex.FEMALE
        matched.people[number].person.save()
    add(matched, SideRuleKind.REGION_SHARE, region="110101", attribute="woman", least=50)
    add(matched, SideRuleKind.REGION_COUNT, attribute="woman", least=1, most=1)
    proposal = run_now(matched, callbacks)
    women = {"钱乙", "李丁"}
    held = holders(proposal)
    assert held["南村"] in women
    assert len({held["东村"], held["西村"]} & women) == 1
    share, count = reports_of_run(proposal.run)
    assert share.sentence == "甲省110101：女干部占派出人数不低于 50%"
    assert count.sentence == "每个县（市、区）：女干部不少于 1 人、不多于 1 人"
    assert share.lines[0].reached == "安排 2 人，其中 1 人符合（50%）"
    assert [line.reached for line in count.lines] == [
        "安排 2 人，其中 1 人符合",
        "安排 1 人，其中 1 人符合",
    ]


def test_places_of_higher_priority_are_filled_first_under_rules(matched, callbacks) -> None:
    """Two people for three posts: the post of the first priority is filled although its fit is 0."""
    for number in (2, 3):
        block(matched, number)
    for number, priority in enumerate((2, 2, 1)):
        matched.posts[number].priority = priority
        matched.posts[number].save()
    add(matched, SideRuleKind.WHOLE_TEAM)
    proposal = run_now(matched, callbacks)
    assert holders(proposal) == {"东村": "赵甲", "南村": "钱乙"}
    assert proposal.run.report["n_by_priority"] == [[1, 1], [2, 1]]


def test_locks_caps_and_prohibitions_hold_under_rules(matched, callbacks) -> None:
    add(matched, SideRuleKind.WHOLE_TEAM)
    make_quota(matched.campaign, matched.homes[0], release_cap=1)
    for person, post, kind in ((1, 2, LockKind.LOCK), (3, 0, LockKind.FORBID)):
        Lock.objects.create(
            campaign=matched.campaign,
            nomination=matched.people[person],
            campaign_post=matched.posts[post],
            kind=kind,
            by=matched.by,
        )
    proposal = run_now(matched, callbacks)
    assert holders(proposal) == {"东村": "赵甲", "西村": "李丁", "南村": "钱乙"}
    assert proposal.unplaced.get().kind == "full"
    assert proposal.pairs.get(is_locked=True).nomination == matched.people[1]


def test_alternatives_under_rules_state_no_loss_and_changes_by_hand_are_reported(matched, callbacks) -> None:
    from secondment.matching.services.changes import unassign

    team(matched, 0, 1)
    add(matched, SideRuleKind.WHOLE_TEAM)
    proposal = run_now(matched, callbacks)
    pair = proposal.pairs.get(campaign_post=matched.posts[0])
    assert next((one["loss"], one["lower"]) for one in pair.alternatives) == (None, ["host_preference"])
    cost = unassign(
        proposal, pair.nomination, reason="示例理由", version=proposal.version, by=matched.by, at=AT
    )
    assert cost.score == -1.0
    (line,) = reports_of_proposal(Proposal.objects.get(pk=proposal.pk))
    assert [one.reached for one in line.broken] == ["2 个岗位安排了 1 人"]


def test_people_kept_out_as_such_or_of_every_post_are_told_so_under_rules(matched, callbacks) -> None:
    add(matched, SideRuleKind.WHOLE_TEAM)
    block(matched, 0, rule="H4")
    for post in range(3):
        block(matched, 1, post, rule="H3")
    proposal = run_now(matched, callbacks)
    told = {str(one.nomination): (one.kind, one.facts["rules"]) for one in proposal.unplaced.all()}
    assert told == {"赵甲": ("rules", ["H4"]), "钱乙": ("no_post", ["H3"])}


def test_before_a_change_by_hand_the_rules_it_breaks_are_told(matched, callbacks) -> None:
    """The couple 甲 and 丙 holds 东 and 西; letting 乙 take 东 would leave one of them without a post."""
    marry(matched.people[0], matched.people[2])
    add(matched, SideRuleKind.COUPLE_TOGETHER)
    add(matched, SideRuleKind.WHOLE_TEAM)
    proposal = run_now(matched, callbacks)
    assert holders(proposal)["东村"] == "赵甲"
    free = next(one for one in matched.people if not proposal.pairs.filter(nomination=one).exists())
    (take,) = options_for(ProposalPlan(proposal), free, matched.posts[0])
    assert take.broken == ["同时被推荐的夫妻两人都派出或都不派出"]
    swap = options_for(ProposalPlan(proposal), matched.people[2], matched.posts[0])[0]
    assert (swap.label, list(swap.broken)) == ("与赵甲对调", [])


def test_conflicting_rules_are_named(matched, callbacks) -> None:
    """A lock sends 李丁 without the spouse, who is kept out of every post."""
    marry(matched.people[1], matched.people[3])
    block(matched, 1)
    add(matched, SideRuleKind.COUPLE_TOGETHER)
    add(matched, SideRuleKind.WHOLE_TEAM)
    Lock.objects.create(
        campaign=matched.campaign,
        nomination=matched.people[3],
        campaign_post=matched.posts[0],
        kind=LockKind.LOCK,
        by=matched.by,
    )
    message = failed_run(matched, callbacks)
    assert "下列 2 项合在一起就做不到：同时被推荐的夫妻两人都派出或都不派出" in message
    assert "锁定 1 项" in message
    assert "至少须放宽 1 项" in message
    assert "编组" not in message


def test_the_page_of_a_failed_run_links_to_each_of_the_fewest_rules(matched, callbacks, client) -> None:
    """Two are locked of a unit that may send none of them together with the rule; the rule about women is not needed."""
    marry(matched.people[1], matched.people[3])
    block(matched, 1)
    needed = add(matched, SideRuleKind.COUPLE_TOGETHER)
    add(matched, SideRuleKind.REGION_COUNT, attribute="woman", most=3)
    Lock.objects.create(
        campaign=matched.campaign,
        nomination=matched.people[3],
        campaign_post=matched.posts[0],
        kind=LockKind.LOCK,
        by=matched.by,
    )
    failed_run(matched, callbacks)
    run = MatchingRun.objects.get()
    kept = run.report["contradiction"]
    assert sorted(kept["smallest"]) == [["lock", [3, 0]], ["side_rule", 0]]
    assert (len(kept["relaxed"]), kept["is_proven"]) == (1, True)
    client.force_login(matched.by)
    page = client.get(f"/matching/runs/{run.pk}/")
    text = text_of(page)
    assert "合在一起就做不到的几项" in text
    assert "附加规则：同时被推荐的夫妻两人都派出或都不派出 放宽或删除这条附加规则。 去修改" in text
    assert "锁定：李丁 → 东村 第一书记" in text
    assert "女干部" not in text
    assert f'href="/matching/side-rules/{needed.pk}/edit/"' in page.content.decode()
    assert f'href="/matching/campaigns/{matched.campaign.pk}/"' in page.content.decode()
    needed.delete()
    assert (
        f"/matching/side-rules/{needed.pk}/edit/"
        not in client.get(f"/matching/runs/{run.pk}/").content.decode()
    )


def test_a_release_cap_that_contradicts_is_linked_to_the_quotas(matched, callbacks, client) -> None:
    """甲厅 sends 甲 or 丙; a rule asks for all three places."""
    for home in matched.homes:
        make_quota(matched.campaign, home, release_cap=1)
    add(matched, SideRuleKind.FILLED)
    assert "派出上限" in failed_run(matched, callbacks)
    client.force_login(matched.by)
    page = client.get(f"/matching/runs/{MatchingRun.objects.get().pk}/").content.decode()
    assert f'href="/campaigns/campaigns/{matched.campaign.pk}/quotas/"' in page or "/quotas/" in page


def test_what_was_not_found_in_time_is_not_claimed(matched, callbacks, monkeypatch) -> None:
    monkeypatch.setattr(finding, "MOST_PROBES", 0)
    counties(matched)
    add(matched, SideRuleKind.REGION_COUNT, region="110102", attribute="woman", least=2)
    assert "未能查明是哪几项" in failed_run(matched, callbacks)
    assert MatchingRun.objects.get().report == {}


def test_rules_that_conflict_each_by_itself_are_all_named(matched, callbacks, signed_in) -> None:
    counties(matched)
    add(matched, SideRuleKind.REGION_COUNT, region="110102", attribute="woman", least=2)
    add(matched, SideRuleKind.REGION_COUNT, region="110101", attribute="minority", least=3)
    message = failed_run(matched, callbacks)
    assert "下列 1 项合在一起就做不到：" in message
    assert "至少须放宽 2 项" in message
    text = text_of(signed_in(matched.by).get(f"/matching/runs/{MatchingRun.objects.get().pk}/"))
    assert "甲省110102：女干部不少于 2 人" in text
    assert "少数民族干部不少于 3 人" in text


def test_no_plan_in_time_is_said_as_such(matched) -> None:
    from secondment.algorithms.side_rules.solution import Status
    from secondment.matching.errors import NoPlanInTimeError
    from secondment.matching.services.finding import SECONDS, _no_plan

    snapshot = take_snapshot(matched.campaign)
    problem, _free = solve_snapshot(snapshot, WEIGHTS)
    error = _no_plan(snapshot, problem, Status.UNKNOWN, lambda done, total, doing: None)
    assert isinstance(error, NoPlanInTimeError)
    assert f"在 {SECONDS} 秒内未找到" in str(error)


# Snapshots


def test_rules_survive_packing_and_older_snapshots_have_none(matched) -> None:
    team(matched, 0, 1)
    marry(matched.people[0], matched.people[1])
    add(matched, SideRuleKind.TEAM_SKILL, specialty="health", least=2)
    add(matched, SideRuleKind.COUPLE_TOGETHER)
    packed = pack(take_snapshot(matched.campaign))
    assert pack(unpack(packed)) == packed
    skill, couple = unpack(packed).side_rules
    assert (skill.names, skill.group.tolist(), skill.least, skill.most) == (("第1组",), [0, 0, -1], 2, None)
    assert couple.couples == ((0, 1),)
    del packed["side_rules"]
    assert unpack(packed).side_rules == ()


def test_attributes_count_the_right_people(matched) -> None:
    first, second, third, fourth = (one.person for one in matched.people)
    first.political_status = "02"
    second.ethnicity = "04"
    third.is_reserve = True
    start = matched.campaign.starts_on
    fourth.born_on = start.replace(year=start.year - 36)
    third.born_on = start.replace(year=start.year - 35)
    for person in (first, second):
        person.born_on = start.replace(year=start.year - 50)
    for person in (first, second, third, fourth):
        person.save()
    assert [full_years(one.born_on, matched.campaign.starts_on) for one in (third, fourth)] == [35, 36]
    kinds = (Attribute.PARTY_MEMBER, Attribute.MINORITY, Attribute.YOUNG, Attribute.RESERVE)
    for attribute in kinds:
        add(matched, SideRuleKind.REGION_COUNT, attribute=attribute.value, least=1)
    has = [rule.has for rule in take_snapshot(matched.campaign).side_rules]
    assert has[0][0] == 0
    assert has[1:] == [(1,), (2,), (2,)]


@pytest.mark.parametrize(
    ("kind", "values", "posts", "kept"),
    [
        (SideRuleKind.WHOLE_TEAM, {}, {0: 0, 1: 1}, True),
        (SideRuleKind.WHOLE_TEAM, {}, {0: 0}, False),
        (SideRuleKind.TEAM_SKILL, {"least": 1}, {0: 0}, True),
        (SideRuleKind.TEAM_SKILL, {"least": 1}, {1: 0}, False),
        (SideRuleKind.TEAM_SKILL, {"least": 1}, {}, True),
        (SideRuleKind.REGION_COUNT, {"least": 1}, {}, False),
        (SideRuleKind.REGION_COUNT, {"most": 0}, {0: 0}, False),
        (SideRuleKind.REGION_SHARE, {"least": 50}, {0: 0, 1: 1}, True),
        (SideRuleKind.REGION_SHARE, {"most": 49}, {0: 0, 1: 1}, False),
        (SideRuleKind.REGION_SHARE, {"least": 50}, {}, True),
        (SideRuleKind.COUPLE_TOGETHER, {}, {0: 2}, False),
        (SideRuleKind.COUPLE_COUNTY, {}, {0: 0, 1: 2}, False),
        (SideRuleKind.COUPLE_COUNTY, {}, {0: 0}, True),
        (SideRuleKind.COUPLE_VILLAGE, {}, {0: 0, 1: 1}, False),
        (SideRuleKind.COUPLE_VILLAGE, {}, {0: 0, 1: 2}, True),
    ],
)
def test_what_is_reached_is_counted(kind, values, posts, kept) -> None:
    """Posts 0 and 1 form the group; person 0 has the attribute; 0 and 1 are a couple."""
    rule = StatedRule(1, kind, values, ("组",), np.array([0, 0, -1]), has=(0,), couples=((0, 1),))
    assert [one.is_kept for one in rule_values_of(rule, posts)] == [kept]
    assert pack_rules(unpack_rules(pack_rules([rule]))) == pack_rules([rule])


@pytest.mark.parametrize("kind", SideRuleKind)
def test_every_kind_says_what_it_does_and_is_a_rule_of_the_solver(kind) -> None:
    values = {"least": 1, "most": 2, "attribute": "woman", "specialty": "health", "group": "unit", "days": 3}
    values |= {"size": "city", "measure": "everybody", "width": 1, "ratio": 100}
    figures = {"of_person": (0, 0), "of_post": (1, 1, 1), "levels": ("县处级副职",)}
    group = np.array([0, -1, -1])
    stated = StatedRule(1, kind, values, ("组",), group, has=(0,), couples=((0, 1),), **figures)
    rule_of(stated, 2).check(2, np.ones(3, dtype=np.int64))
    assert KINDS[kind].explanation
    assert rule_sentence(kind, values)
    assert KINDS[kind].fault(values) == ""


# Setting rules


def test_the_owner_adds_changes_and_removes_with_a_trail(matched) -> None:
    rule = add(matched, SideRuleKind.TEAM_SKILL, specialty="health", least=1)
    changed = change_side_rule(
        rule, {"specialty": "education", "least": 2}, version=rule.version, by=matched.by, at=AT
    )
    assert sentences_of([changed])[0][1] == "派出的编组中教育专业人选不少于 2 人"
    with pytest.raises(StaleObjectError):
        change_side_rule(rule, {"specialty": "other", "least": 1}, version=rule.version, by=matched.by, at=AT)
    remove_side_rule(changed, by=matched.by, at=AT)
    assert not SideRule.objects.exists()
    actions = list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))
    assert actions[-3:] == ["side_rule.add", "side_rule.change", "side_rule.remove"]


@pytest.mark.parametrize(
    ("kind", "values", "message"),
    [
        (SideRuleKind.TEAM_SKILL, {"specialty": "health", "least": 0}, "1 或更多"),
        (SideRuleKind.REGION_COUNT, {"attribute": "woman"}, "至少填一项"),
        (SideRuleKind.REGION_COUNT, {"attribute": "woman", "least": 3, "most": 2}, "不能大于上限"),
        (SideRuleKind.REGION_COUNT, {"attribute": "specialty", "least": 1}, "请选择专业"),
        (SideRuleKind.REGION_SHARE, {"attribute": "woman", "least": 101}, "不能超过 100%"),
    ],
)
def test_figures_that_make_no_sense_are_refused(matched, kind, values, message) -> None:
    with pytest.raises(SideRuleError, match=message):
        add(matched, kind, **values)


def test_the_same_rule_twice_is_refused(matched) -> None:
    add(matched, SideRuleKind.COUPLE_TOGETHER)
    with pytest.raises(SideRuleError, match="已有一条相同"):
        add(matched, SideRuleKind.COUPLE_TOGETHER)


def test_others_may_not_set_rules_nor_anybody_outside_review(matched) -> None:
    stranger = make_user(Role.HOME_UNIT, matched.homes[0])
    with pytest.raises(NotAllowedError):
        add_side_rule(matched.campaign, SideRuleKind.WHOLE_TEAM, {}, by=stranger, at=AT)
    Campaign.objects.filter(pk=matched.campaign.pk).update(state=CampaignState.DECIDED)
    matched.campaign.refresh_from_db()
    with pytest.raises(NotInReviewError):
        add(matched, SideRuleKind.WHOLE_TEAM)


def test_a_team_post_for_two_people_stops_the_run(matched) -> None:
    team(matched, 0, 1)
    Post.objects.filter(pk=matched.posts[0].post_id).update(headcount=2)
    add(matched, SideRuleKind.WHOLE_TEAM)
    with pytest.raises(SideRuleError, match="每岗 1 人"):
        start_run(matched.campaign, weights=WEIGHTS, by=matched.by, at=AT)
    assert not MatchingRun.objects.exists()


# Pages


def test_the_pages_add_change_report_and_remove_rules(matched, callbacks, client) -> None:
    from django.urls import reverse

    client.force_login(matched.by)
    team(matched, 0, 1)
    marry(matched.people[0], matched.people[1])
    listed = reverse("matching:side_rule_list", args=[matched.campaign.pk])
    page = client.get(listed).content.decode()
    assert "没有附加规则" in page
    assert "赵甲" in page
    assert "第1组" in page
    adding = reverse("matching:side_rule_add", args=[matched.campaign.pk, "team_skill"])
    assert "每组至少（人）" in client.get(adding).content.decode()
    assert "这一项必填" in client.post(adding, {"specialty": "", "least": ""}).content.decode()
    client.post(adding, {"specialty": "health", "least": "1"})
    rule = SideRule.objects.get()
    assert rule.values == {"specialty": "health", "least": 1}
    twice = client.post(adding, {"specialty": "health", "least": "1"}).content.decode()
    assert "已有一条相同的附加规则" in twice
    editing = reverse("matching:side_rule_edit", args=[rule.pk])
    assert 'value="1"' in client.get(editing).content.decode()
    client.post(editing, {"specialty": "education", "least": "1", "version": rule.version})
    whole = reverse("matching:side_rule_add", args=[matched.campaign.pk, "whole_team"])
    assert client.post(whole, follow=True).redirect_chain == [(listed, 302)]
    unknown = reverse("matching:side_rule_add", args=[matched.campaign.pk, "unknown"])
    assert client.get(unknown).status_code == 404
    fixed = SideRule.objects.get(kind="whole_team")
    assert client.get(reverse("matching:side_rule_edit", args=[fixed.pk])).status_code == 404
    assert "派出的编组中教育专业人选不少于 1 人" in client.get(listed).content.decode()
    campaign_page = reverse("matching:campaign_detail", args=[matched.campaign.pk])
    assert "同一编组的岗位全部派出或都不派出" in client.get(campaign_page).content.decode()
    weights = client.get(reverse("matching:run_create", args=[matched.campaign.pk])).content.decode()
    assert "2 条附加规则" in weights
    proposal = run_now(matched, callbacks)
    run_page = client.get(reverse("matching:run_detail", args=[proposal.run_id])).content.decode()
    assert "不设附加规则时" in run_page
    assert "2 个岗位安排了 0 人" in run_page
    report = client.get(reverse("matching:side_rule_report", args=[proposal.pk])).content.decode()
    assert "安排 0 人，其中 0 人符合" in report
    shortages = client.get(reverse("matching:shortage_list", args=[proposal.pk])).content.decode()
    assert "附加规则的影响" in shortages
    client.post(reverse("matching:side_rule_remove", args=[fixed.pk]))
    assert SideRule.objects.count() == 1


def test_region_forms_offer_the_regions_of_the_posts(matched, client) -> None:
    from django.urls import reverse

    counties(matched)
    client.force_login(matched.by)
    adding = reverse("matching:side_rule_add", args=[matched.campaign.pk, "region_share"])
    page = client.get(adding).content.decode()
    assert "甲省110101" in page
    assert "甲省110102" in page
    sent = {"region": "110101", "attribute": "woman", "specialty": "health", "least": "30", "most": ""}
    client.post(adding, sent)
    assert SideRule.objects.get().values == {"region": "110101", "attribute": "woman", "least": 30}


def test_the_number_of_queries_does_not_grow_with_rules_and_teams(
    matched, client, django_assert_num_queries
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    client.force_login(matched.by)
    counties(matched)
    team(matched, 0, 1)
    marry(matched.people[0], matched.people[1])
    add(matched, SideRuleKind.REGION_COUNT, region="110101", attribute="woman", least=1)
    listed = reverse("matching:side_rule_list", args=[matched.campaign.pk])
    client.get(listed)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(listed)
    team(matched, 2, name="第2组")
    marry(matched.people[2], matched.people[3])
    for kind in (SideRuleKind.COUPLE_TOGETHER, SideRuleKind.WHOLE_TEAM):
        add(matched, kind)
    add(matched, SideRuleKind.REGION_COUNT, region="110102", attribute="woman", least=1)
    with django_assert_num_queries(len(few)):
        client.get(listed)
