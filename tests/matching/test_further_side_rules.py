"""Caps, filled posts, balance, pyramids and overlap: from the form to the run, and the report says kept."""

import datetime as dt

import pytest
from django.urls import reverse

from secondment.algorithms.side_rules.rows import RuleValue
from secondment.jobs.models import Job
from secondment.matching.choices import SideRuleKind
from secondment.matching.errors import SideRuleError
from secondment.matching.models import MatchingRun, SideRule
from secondment.matching.services.copying import copy_rules
from secondment.matching.services.runs import start_run
from secondment.matching.services.side_rules import add_side_rule
from secondment.matching.side_rules.kinds import KINDS, rule_sentence, rule_values_of
from secondment.matching.side_rules.reports import reports_of_proposal, sentences_of
from secondment.matching.side_rules.stated import pack_rules, unpack_rules
from secondment.matching.snapshot_facts import take_snapshot
from secondment.people.choices import Sex
from secondment.people.models import Specialty
from secondment.posts.models import Post
from secondment.units.models import Region
from tests.makers import AT, make_campaign, make_placement
from tests.matching.campaigns import WEIGHTS, block, holders, make_matched, run_now
from tests.matching.test_side_rules import counties, failed_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def matched():
    return make_matched()


@pytest.fixture
def callbacks(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


@pytest.fixture
def added(matched, client):
    """Add a rule through its form; the rule as it is stored."""

    def add(kind: SideRuleKind, **values) -> SideRule:
        client.force_login(matched.by)
        address = reverse("matching:side_rule_add", args=[matched.campaign.pk, kind.value])
        page = client.post(address, values)
        assert page.status_code == 302, page.content.decode()
        return SideRule.objects.latest("pk")

    return add


def kept_lines(proposal, number: int = 0) -> list[tuple[str, str]]:
    report = reports_of_proposal(proposal)[number]
    assert report.is_kept
    return [(line.name, line.reached) for line in report.lines]


def predecessor(matched, post: int, last_day: dt.date, **fields):
    """Somebody of another campaign who is in the post until this day."""
    return make_placement(
        make_campaign(),
        None,
        matched.posts[post].post,
        starts_on=dt.date(2025, 1, 1),
        ends_on=last_day + dt.timedelta(days=1),
        **{"state": "in_post", **fields},
    )


# Caps


def test_a_cap_of_each_home_unit_is_kept(matched, callbacks, added) -> None:
    """甲厅 nominates 赵甲 and 孙丙, whose plan is best; it may send one."""
    rule = added(SideRuleKind.GROUP_CAP, group="unit", most="1")
    assert sentences_of([rule]) == [(rule, "每个派出单位派出不多于 1 人")]
    for person in (1, 3):
        block(matched, person, 2)
    proposal = run_now(matched, callbacks)
    assert len({"赵甲", "孙丙"} & set(holders(proposal).values())) == 1
    assert kept_lines(proposal) == [("甲厅", "派出 1 人，限 1 人"), ("乙厅", "派出 1 人，限 1 人")]


@pytest.mark.parametrize(("most", "n_placed"), [("1", 1), ("2", 2), ("3", 3)])
def test_a_cap_of_those_above_counts_all_their_units(matched, callbacks, added, most, n_placed) -> None:
    added(SideRuleKind.GROUP_CAP, group="parent", most=most)
    proposal = run_now(matched, callbacks)
    assert kept_lines(proposal) == [("示例省", f"派出 {n_placed} 人，限 {most} 人")]


def test_a_cap_by_city_leaves_out_units_without_one(matched, added) -> None:
    Region.objects.create(code="1101", name="甲市", full_name="甲省甲市", level="city")
    county = Region.objects.create(code="110101", name="甲县", full_name="甲省甲市甲县", level="county")
    home = matched.homes[0]
    home.region = county
    home.save()
    added(SideRuleKind.GROUP_CAP, group="city", most="1")
    (stated,) = take_snapshot(matched.campaign).side_rules
    assert (stated.names, stated.of_person) == (("甲省甲市",), (0, -1, 0, -1))


# Posts that must be filled


def test_a_post_is_filled_at_the_cost_of_others(matched, callbacks, added) -> None:
    """赵甲 alone can go to 南; without the rule he goes to 东, and 南 stays empty for want of people."""
    for person in (1, 2, 3):
        block(matched, person, 2)
    for person in (1, 2, 3):
        block(matched, person, 0)
    assert holders(run_now(matched, callbacks))["东村"] == "赵甲"
    rule = added(SideRuleKind.FILLED, post=str(matched.posts[2].pk))
    assert sentences_of([rule])[0][1] == "岗位“南村 第一书记”须配齐"
    proposal = run_now(matched, callbacks)
    assert holders(proposal)["南村"] == "赵甲"
    assert kept_lines(proposal) == [("南村 第一书记", "需 1 人，安排 1 人")]


def test_posts_of_a_priority_in_a_region_are_meant(matched, added) -> None:
    counties(matched)
    matched.posts[1].priority = 1
    matched.posts[1].save()
    assert added(SideRuleKind.FILLED, region="110101", priority="1").values == {
        "region": "110101",
        "priority": 1,
    }
    added(SideRuleKind.FILLED, region="110101")
    added(SideRuleKind.FILLED)
    by_priority, by_region, every = take_snapshot(matched.campaign).side_rules
    assert by_priority.group.tolist() == [-1, 0, -1]
    assert by_region.group.tolist() == [0, 1, -1]
    assert every.names == ("东村 第一书记", "西村 第一书记", "南村 第一书记")
    sentences = [sentence for _rule, sentence in sentences_of(SideRule.objects.all())]
    assert sentences == [
        "甲省110101优先级为“优先”的岗位须配齐",
        "甲省110101的岗位须配齐",
        "本批次的岗位须配齐",
    ]


def test_a_post_nobody_may_take_is_a_contradiction_with_its_name(matched, callbacks, added) -> None:
    for person in range(4):
        block(matched, person, 2)
    added(SideRuleKind.FILLED, post=str(matched.posts[2].pk))
    assert "岗位“南村 第一书记”须配齐" in failed_run(matched, callbacks)


def test_a_place_that_is_taken_need_not_be_filled(matched, added) -> None:
    added(SideRuleKind.FILLED)
    Post.objects.filter(pk=matched.posts[0].post_id).update(headcount=2)
    predecessor(matched, 0, dt.date(2028, 1, 1))
    predecessor(matched, 1, dt.date(2028, 1, 1))
    (stated,) = take_snapshot(matched.campaign).side_rules
    assert (stated.of_post, stated.group.tolist()) == ((1, 0, 1), [0, -1, 1])


# Balance


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (0, [("甲省110101", "合计 1"), ("甲省110102", "合计 1"), ("相差最多", "相差 0，限 0")]),
        (1, [("甲省110101", "合计 2"), ("甲省110102", "合计 1"), ("相差最多", "相差 1，限 1")]),
    ],
)
def test_counties_get_about_as_many_people(matched, callbacks, added, width, lines) -> None:
    counties(matched)
    rule = added(SideRuleKind.BALANCE, size="county", measure="everybody", width=str(width))
    assert sentences_of([rule])[0][1] == f"各县（市、区）之间人选人数相差不超过 {width}"
    assert kept_lines(run_now(matched, callbacks)) == lines


def test_years_and_attributes_are_weighed(matched, added) -> None:
    counties(matched)
    for row, years in enumerate((3, 0, 2.5, 1)):
        matched.people[row].person.grassroots_years = years
        matched.people[row].person.sex = Sex.FEMALE if row == 1 else Sex.MALE
        matched.people[row].person.save()
    Specialty.objects.create(person=matched.people[2].person, tag="health")
    added(SideRuleKind.BALANCE, size="county", measure="grassroots_years", specialty="health", width="1")
    added(SideRuleKind.BALANCE, size="city", measure="woman", width="1")
    added(SideRuleKind.BALANCE, size="county", measure="specialty", specialty="health", width="1")
    years, women, doctors = take_snapshot(matched.campaign).side_rules
    assert years.of_person == (3.0, 0.0, 2.5, 1.0)
    assert "specialty" not in years.values
    assert (women.of_person, women.names) == ((0.0, 1.0, 0.0, 0.0), ("1101",))
    assert doctors.of_person == (0.0, 0.0, 1.0, 0.0)
    assert rule_sentence("balance", women.values) == "各市（州）之间女干部人数相差不超过 1"
    assert rule_sentence("balance", doctors.values) == "各县（市、区）之间卫生专业人选人数相差不超过 1"


def test_a_specialty_that_is_compared_is_named(matched) -> None:
    values = {"size": "county", "measure": "specialty", "width": 1}
    with pytest.raises(SideRuleError, match="请选择专业"):
        add_side_rule(matched.campaign, SideRuleKind.BALANCE, values, by=matched.by, at=AT)


# Pyramids


@pytest.mark.parametrize(("ratio", "heads"), [(49, 0), (50, 1), (200, 2)])
def test_a_rank_carries_so_many_of_the_rank_above(matched, callbacks, added, ratio, heads) -> None:
    """赵甲 and 孙丙, who score most, are of the higher rank; 钱乙 and 李丁 have none and stand lowest."""
    for row, rank in enumerate(("132", "", "132", "")):
        matched.people[row].person.rank = rank
        matched.people[row].person.save()
    Region.objects.create(code="11", name="甲省", full_name="甲省", level="province")
    for offered in matched.posts:
        offered.post.region_id = "11"
        offered.post.save()
    rule = added(SideRuleKind.PYRAMID, region="11", ratio=str(ratio))
    assert sentences_of([rule])[0][1] == f"甲省：每一职务层次的人数不超过下一层次的 {ratio}%"
    proposal = run_now(matched, callbacks)
    assert len({"赵甲", "孙丙"} & set(holders(proposal).values())) == heads
    ((name, reached),) = kept_lines(proposal)
    assert name == "甲省 县处级副职"
    assert reached.startswith(f"{heads} 人，按下一层次最多 ")


def test_one_rank_and_no_people_ask_nothing(matched, callbacks, added) -> None:
    counties(matched)
    added(SideRuleKind.PYRAMID, ratio="100")
    assert len(holders(run_now(matched, callbacks))) == 3
    matched.campaign.nominations.update(state="withdrawn")
    (stated,) = take_snapshot(matched.campaign).side_rules
    assert rule_values_of(stated, {}) == []


# Overlap


@pytest.mark.parametrize(("days", "is_possible"), [(9, True), (10, True), (11, False)])
def test_the_predecessor_stays_so_many_days(matched, callbacks, added, days, is_possible) -> None:
    """The campaign starts on 2027-03-01, the predecessor's last day is 2027-03-10: ten days together."""
    matched.campaign.handover_days = 20
    matched.campaign.save()
    predecessor(matched, 0, dt.date(2027, 3, 10))
    if is_possible:
        rule = added(SideRuleKind.OVERLAP, days=str(days), least="100")
        assert sentences_of([rule])[0][1] == f"接任人选在前任期满前至少 {days} 天到岗"
        proposal = run_now(matched, callbacks)
        assert holders(proposal)["东村"] == "赵甲"
        assert kept_lines(proposal) == [("有前任的岗位", "1 名接任人选中，1 人与前任交接够天数")]
        return
    with pytest.raises(
        SideRuleError, match=r"1 个岗位中 1 个交接不满 11 天.*2027-03-10期满.*提前到 2027-02-28"
    ):
        add_side_rule(
            matched.campaign, SideRuleKind.OVERLAP, {"days": days, "least": 100}, by=matched.by, at=AT
        )


def test_whoever_comes_late_does_not_take_over(matched, callbacks, added) -> None:
    """赵甲 is elsewhere until 2027-03-05 and would see the predecessor for five days only; six are asked."""
    matched.campaign.handover_days = 20
    matched.campaign.save()
    predecessor(matched, 0, dt.date(2027, 3, 10))
    added(SideRuleKind.OVERLAP, days="6", least="100")
    make_placement(
        make_campaign(),
        matched.people[0].person,
        starts_on=dt.date(2026, 1, 1),
        ends_on=dt.date(2027, 3, 6),
        state="in_post",
    )
    (stated,) = take_snapshot(matched.campaign).side_rules
    (value,) = rule_values_of(stated, {0: 0})
    assert (value.n_placed, value.n_counted, value.is_kept) == (1, 0, False)
    (value,) = rule_values_of(stated, {1: 0})
    assert value.is_kept


def test_a_share_of_the_handovers_is_enough(matched, added) -> None:
    matched.campaign.handover_days = 20
    matched.campaign.save()
    predecessor(matched, 0, dt.date(2027, 3, 10))
    predecessor(matched, 1, dt.date(2027, 2, 1), state="appointed")
    predecessor(matched, 2, dt.date(2026, 2, 1), state="ended")
    rule = added(SideRuleKind.OVERLAP, days="10", least="50")
    assert sentences_of([rule])[0][1] == "有前任的岗位中，至少 50% 的接任人选在前任期满前至少 10 天到岗"
    with pytest.raises(SideRuleError, match="2 个岗位中 1 个交接不满 10 天"):
        add_side_rule(matched.campaign, SideRuleKind.OVERLAP, {"days": 10, "least": 51}, by=matched.by, at=AT)


def test_the_campaign_must_allow_the_overlap(matched, added) -> None:
    values = {"days": 10, "least": 100}
    matched.campaign.handover_days = 9
    matched.campaign.save()
    with pytest.raises(SideRuleError, match=r"“交接重叠天数”为 9 天.*改为不少于 10 天"):
        add_side_rule(matched.campaign, SideRuleKind.OVERLAP, values, by=matched.by, at=AT)
    matched.campaign.handover_days = 10
    matched.campaign.save()
    assert added(SideRuleKind.OVERLAP, days="10", least="100").values == values


def test_dates_that_change_afterwards_stop_the_run(matched, added) -> None:
    """Six posts are named, then how many more."""
    matched.campaign.handover_days = 20
    matched.campaign.save()
    placed = predecessor(matched, 0, dt.date(2027, 3, 10))
    added(SideRuleKind.OVERLAP, days="10", least="100")
    placed.ends_on = dt.date(2027, 3, 10)
    placed.save()
    for _number in range(5):
        predecessor(matched, 1, dt.date(2027, 3, 2))
    with pytest.raises(SideRuleError, match="2 个交接不满 10 天") as told:
        start_run(matched.campaign, weights=WEIGHTS, by=matched.by, at=AT)
    assert "东村 第一书记" in str(told.value)
    assert not MatchingRun.objects.exists()
    assert not Job.objects.exists()


# Copies and snapshots


def test_figures_survive_packing_and_older_snapshots_have_none(matched, added) -> None:
    counties(matched)
    added(SideRuleKind.PYRAMID, ratio="100")
    added(SideRuleKind.FILLED)
    packed = pack_rules(take_snapshot(matched.campaign).side_rules)
    assert pack_rules(unpack_rules(packed)) == packed
    assert packed[0]["of_person"] == [0, 0, 0, 0]
    for name in ("of_person", "of_post", "levels"):
        del packed[0][name]
    assert unpack_rules(packed)[0].of_person == ()


def test_a_copied_campaign_has_the_rules_that_name_no_post(matched, added) -> None:
    added(SideRuleKind.GROUP_CAP, group="unit", most="1")
    added(SideRuleKind.FILLED, post=str(matched.posts[2].pk))
    copy = make_campaign(matched.root)
    (left_out,) = copy_rules(matched.campaign, copy, matched.by, AT)
    assert left_out.what == "附加规则“岗位配齐”"
    assert [one.kind for one in copy.side_rules.all()] == ["group_cap"]


def test_a_sentence_does_without_names_that_are_gone() -> None:
    assert rule_sentence("filled", {"post": 5}) == "岗位“—”须配齐"
    assert rule_sentence("filled", {"region": "1101"}) == "1101的岗位须配齐"
    assert KINDS[SideRuleKind.BALANCE].value_text(RuleValue(2.5)) == "合计 2.5"
