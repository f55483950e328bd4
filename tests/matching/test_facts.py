"""Behind each component: the facts the run has read, in words, and what has changed since."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from secondment.matching.fact_lines import fact_lines, judged_share, lower_tenth
from secondment.matching.run_facts import facts_of_pair
from secondment.people.models import AbilityValue, Person, Specialty
from secondment.units.choices import RegionLevel
from secondment.units.models import Region
from tests.makers import make_campaign, make_person, make_placement, make_post, make_unit
from tests.matching.campaigns import make_matched, run_now
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def matched():
    return make_matched()


@pytest.fixture
def run(matched, django_capture_on_commit_callbacks):
    return lambda: run_now(matched, django_capture_on_commit_callbacks)


def lines_of(matched, proposal, person: int = 0):
    return fact_lines(proposal.pairs.get(nomination=matched.people[person]))


def words(line) -> tuple[str, str, str, str]:
    return line.wanted, line.own, line.source, line.day


def test_nothing_known_says_so(matched, run) -> None:
    Person.objects.update(rank="", grade_rank="")
    found = lines_of(matched, run())
    assert words(found["specialty"]) == ("—", "未填", "人员名册", "")
    assert words(found["needed_abilities"]) == ("—", "—", "", "")
    assert words(found["growth"]) == ("—", "无评价", "", "")
    assert found["rank"].own == "未填"
    assert words(found["experience"]) == ("—", "基层工作 0 年", "人员名册", "")
    assert found["distance"].own == "没有就近要求"
    assert found["continuity"].own == "派出单位尚未派过人"


def test_everything_known_is_told_with_source_and_day(matched, run) -> None:
    person, post = matched.people[0].person, matched.posts[0].post
    county = Region.objects.create(
        code="990101", name="示例县", full_name="示例省示例县", level=RegionLevel.COUNTY
    )
    post.specialties, post.abilities = ["agriculture", "law"], ["mass_work", "lawful"]
    post.rank, post.grassroots_years, post.region = "131", 2, county
    post.save()
    person.rank, person.rank_since, person.grassroots_years = "142", dt.date(2024, 3, 1), Decimal("3.50")
    person.save()
    Specialty.objects.create(person=person, tag="agriculture")
    for ability, value, day in (("mass_work", 60, 1), ("lawful", 90, 2)):
        AbilityValue.objects.create(
            person=person, ability=ability, value=value, source="organisation", as_of=dt.date(2026, 5, day)
        )
    matched.people[0].prefers_near = True
    matched.people[0].save()
    found = lines_of(matched, run())
    assert found["specialty"].own.endswith("（符合 1 项）")
    assert found["needed_abilities"].own.endswith("60") or "90" in found["needed_abilities"].own
    assert found["needed_abilities"].day == "2026-05-02"
    assert "短板：" in found["growth"].own
    assert "60（本人平均 75.00）" in found["growth"].own
    assert found["growth"].wanted.startswith("可锻炼：")
    assert (found["rank"].day, found["rank"].own != found["rank"].wanted) == ("2024-03-01", True)
    assert words(found["experience"])[:2] == ("基层工作 2 年", "基层工作 3.5 年")
    assert found["distance"].wanted == "示例省示例县"
    assert found["distance"].own.startswith("希望就近")


def test_wishes_are_told_with_their_rank(matched, run) -> None:
    proposal = run()
    found = lines_of(matched, proposal)
    assert found["person_preference"].own == "第 1 志愿，共可填 5 个"
    assert found["host_preference"].wanted == "第 1 位，共列 1 人"
    south = fact_lines(proposal.pairs.get(campaign_post=matched.posts[2]))
    assert south["host_preference"].wanted == "未填意向"
    assert south["person_preference"].own == "填了 1 个志愿，没有此岗位"
    matched.people[0].preferences.all().delete()
    again = lines_of(matched, proposal)
    assert again["person_preference"].own == "第 1 志愿，共可填 5 个"
    assert again["person_preference"].now == "本人情况：未填志愿"


def test_a_host_that_named_others(matched, run) -> None:
    matched.posts[0].host_preferences.all().delete()
    matched.posts[0].host_preferences.create(nomination=matched.people[3], rank=1)
    proposal = run()
    pair = proposal.pairs.get(campaign_post=matched.posts[0])
    assert pair.nomination != matched.people[3]
    assert fact_lines(pair)["host_preference"].wanted == "列了 1 人，没有此人"


@pytest.mark.parametrize(
    ("regions", "own"),
    [
        (("990101", "990102"), "派出单位派过人，未到过该县"),
        (("990101", "990101"), "派出单位曾向同县派人"),
        (None, "派出单位曾向该接收单位派人"),
    ],
)
def test_earlier_secondments_of_the_home_unit(matched, run, regions, own) -> None:
    host = matched.posts[0].post.host_unit
    if regions:
        for code in set(regions):
            Region.objects.create(code=code, name=code, full_name=code, level=RegionLevel.COUNTY)
        host.region_id = regions[0]
        host.save()
        host = make_unit("别村", matched.root)
        host.region_id = regions[1]
        host.save()
    make_placement(make_campaign(matched.root), make_person(matched.homes[0]), make_post(host))
    assert lines_of(matched, run())["continuity"].own == own


def test_facts_that_have_changed_since_the_run_are_marked_beside_those_of_the_run(matched, run) -> None:
    proposal = run()
    person, post = matched.people[0].person, matched.posts[0].post
    person.grassroots_years, post.grassroots_years = Decimal(4), 2
    person.save()
    post.save()
    line = lines_of(matched, proposal)["experience"]
    assert (line.own, line.now) == ("基层工作 0 年", "岗位要求：基层工作 2 年；本人情况：基层工作 4 年")
    assert lines_of(matched, proposal)["rank"].now == ""


def test_runs_that_kept_no_facts_show_none(matched, run) -> None:
    proposal = run()
    proposal.run.facts = ""
    proposal.run.save()
    pair = proposal.pairs.get(nomination=matched.people[0])
    assert fact_lines(pair) == {}
    assert facts_of_pair(pair.proposal.run, 0, 0) is None


def test_whom_a_run_did_not_know_has_no_facts(matched, run) -> None:
    proposal = run()
    assert facts_of_pair(proposal.run, 0, matched.posts[0].pk) is None
    assert facts_of_pair(proposal.run, matched.people[0].pk, 0) is None


@pytest.mark.parametrize(
    ("components", "weights", "expected"),
    [
        ({"rank": 1.0, "growth": None}, {"rank": 10, "growth": 30, "distance": 0}, (1, 2, 25)),
        ({"rank": 1.0, "growth": 0.0}, {"rank": 10, "growth": 30}, (2, 2, 100)),
        ({}, {"rank": 10}, (0, 1, 0)),
    ],
)
def test_how_much_could_be_judged(components, weights, expected) -> None:
    assert judged_share(components, weights) == expected


def test_the_lower_tenth() -> None:
    assert lower_tenth([0.5]) == 0.5
    assert lower_tenth([one / 100 for one in range(20)]) == 0.02


@pytest.mark.parametrize(("weight", "is_thin"), [(50, True), (49, False)])
def test_the_page_warns_of_thin_and_low_fits(matched, run, signed_in, weight, is_thin) -> None:
    """南: its host named nobody; the person's wish is judged with what is left of the weight."""
    proposal = run()
    proposal.run.weights = {"person_preference": 100 - weight, "host_preference": weight}
    proposal.run.save()
    pair = proposal.pairs.get(campaign_post=matched.posts[2])
    proposal.pairs.exclude(pk=pair.pk).update(score=1.0)
    text = text_of(signed_in(matched.by).get(reverse("matching:pair_detail", args=[proposal.pk, pair.pk])))
    assert f"2 项中 1 项有依据（占权重 {100 - weight}%）" in text
    assert ("依据不足" in text) is is_thin
    assert "匹配度偏低" not in text  # the lowest of three is their lower tenth itself
    assert "未填意向" in text
