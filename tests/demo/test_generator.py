import datetime as dt
from collections import Counter

import pytest

from secondment.demo.ageing import born_at, just_started
from secondment.demo.facts import Demo
from secondment.demo.generations import G1, G2, G3, secondee_of
from secondment.demo.generator import ScaleError, generate
from secondment.demo.places import FARMING_DISTRICTS, ORGANISATIONS
from secondment.demo.regions import rural_townships
from secondment.files.codes import civil_grades, education, ethnic_groups, political_status, ranks, titles
from secondment.files.identity import parse_identity_number

AS_OF = dt.date(2026, 11, 23)
# Well-known persons of many fields, none of whom may turn up among the invented ones.
NOTABLE = [
    "毛泽东",
    "周恩来",
    "邓小平",
    "习近平",
    "李克强",
    "胡锦涛",
    "江泽民",
    "刘德华",
    "姚明",
    "刘翔",
    "李娜",
    "郎平",
    "雷军",
    "马化腾",
    "马云",
    "袁隆平",
    "钱学森",
    "莫言",
    "李宁",
    "王菲",
]


@pytest.fixture(scope="module")
def demo() -> Demo:
    return generate(AS_OF)


def campaign(demo: Demo, key: str):
    return next(one for one in demo.campaigns if one.key == key)


def test_same_seed_same_demo(demo):
    again = generate(AS_OF)
    assert repr(again) == repr(demo)


def test_another_seed_invents_other_people(demo):
    other = generate(AS_OF, seed=1)
    assert {one.name for one in other.people} != {one.name for one in demo.people}


@pytest.mark.parametrize("scale", [0, 101, -1])
def test_scale_outside_the_range_is_refused(scale):
    with pytest.raises(ScaleError, match=f"scale is {scale}"):
        generate(AS_OF, scale=scale)


def test_the_numbers_of_the_two_campaigns(demo):
    posts = {one.key: one for one in demo.posts}
    offered = [posts[one.post] for one in campaign(demo, "first_secretaries").offers]
    kinds = Counter(one.duties.split("，")[0] for one in offered)
    assert kinds == {"低收入村": 234, "后进村": 117}
    nominations = campaign(demo, "first_secretaries").nominations
    assert len(nominations) == 600
    assert len({one.unit for one in nominations}) == len(ORGANISATIONS) == 90
    shifang = campaign(demo, "shifang_2008")
    assert len(shifang.placements) == 32
    assert (shifang.starts_on, shifang.ends_on) == (dt.date(2008, 6, 1), dt.date(2010, 6, 1))


def test_villages_stand_below_real_townships_of_their_district(demo):
    listed = {one.key: one.unit for one in demo.posts}
    wanted = {listed[offer.post] for offer in campaign(demo, G3.key).offers}
    villages = [one for one in demo.units if one.key in wanted]
    real = {place.code for district in FARMING_DISTRICTS for place in rural_townships(district)}
    assert {one.region for one in villages} <= real
    by_district = Counter(one.region[:6] for one in villages)
    assert by_district == {code: low + lagging for code, (_, low, lagging) in FARMING_DISTRICTS.items()}
    assert len({(one.parent, one.name) for one in villages}) == 351


def test_three_generations_follow_each_other(demo):
    before, now, coming = (campaign(demo, one.key) for one in (G1, G2, G3))
    assert (len(before.placements), len(now.placements), len(coming.placements)) == (40, 351, 0)
    assert (before.ends_on, now.starts_on, now.ends_on, coming.starts_on) == (
        dt.date(2025, 9, 1),
        dt.date(2025, 2, 1),
        dt.date(2027, 2, 1),
        dt.date(2027, 2, 1),
    )
    assert [one.post for one in now.placements] == [one.post for one in coming.offers]
    posts = {one.key: one for one in demo.posts}
    assert {posts[one.post].region[:6] for one in before.placements} == {"110109"}
    assert not {one.post for one in before.placements} & {one.post for one in now.placements}
    held = [{one.person for one in each.placements} for each in (before, now)]
    nominated = {one.person for one in coming.nominations}
    assert len(held[0] | held[1] | nominated) == 40 + 351 + 600
    assert {one.unit for one in now.nominations} == {one.unit for one in coming.nominations}


def test_the_secondee_comes_from_the_home_unit_and_sits_in_the_township_that_have_accounts(demo):
    units = {one.key: one for one in demo.units}
    now = campaign(demo, G2.key)
    key = secondee_of(now, demo)
    post = next(one.post for one in now.placements if one.person == key)
    village = next(one.unit for one in demo.posts if one.key == post)
    assert next(units[one.unit].name for one in demo.people if one.key == key) == "市财政局"
    assert units[units[village].parent].name == "斋堂镇"


def test_every_unit_stands_below_a_unit_before_it(demo):
    seen = set()
    for unit in demo.units:
        assert not unit.parent or unit.parent in seen
        seen.add(unit.key)
    assert len(seen) == len(demo.units)


def test_identity_numbers_are_sound_and_belong_to_no_region(demo):
    numbers = [parse_identity_number(one.identity_number) for one in demo.people]
    assert {one.region for one in numbers} == {"990000"}
    assert len({one.text for one in numbers}) == len(demo.people)
    for person, number in zip(demo.people, numbers, strict=True):
        assert (number.born_on, number.sex) == (person.born_on, person.sex)


def test_codes_are_those_of_the_lists(demo):
    for person in demo.people:
        ranks.label_of(person.rank)
        education.label_of(person.education.code)
        ethnic_groups.label_of(person.ethnicity)
        political_status.label_of(person.political_status)
        if person.grade_rank:
            civil_grades.code_of(person.grade_rank)
        if person.professional_title:
            assert titles.title_level(person.professional_title) == person.title_level


def test_lives_run_forwards(demo):
    for person in demo.people:
        starts = [line.starts_on for line in person.career]
        assert starts == sorted(starts)
        assert person.career[-1].ends_on is None
        assert all(line.ends_on == later for line, later in zip(person.career, starts[1:], strict=False))
        assert person.born_on.year + 18 <= person.started_work_on.year <= AS_OF.year
        assert person.joined_party_on is None or person.joined_party_on.year - person.born_on.year >= 18
        assert person.rank_since == person.career[-1].starts_on
        assert all(0 <= value <= 100 for _, value in person.abilities)


def test_children_carry_the_surname_of_their_father(demo):
    for person in demo.people:
        children = [one.name for one in person.family if one.title in {"儿子", "女儿"}]
        if person.sex == "1" and "·" not in person.name:
            assert all(child[0] == person.name[0] for child in children)


def test_no_well_known_person_and_no_name_twice(demo):
    names = [one.name for one in demo.people]
    assert not set(names) & set(NOTABLE)
    assert len(set(names)) == len(names)


def test_couples_name_each_other(demo):
    people = {one.key: one for one in demo.people}
    married = {one.key: kin.person for one in demo.people for kin in one.family if kin.person}
    assert len(married) == 4
    for person, spouse in married.items():
        assert married[spouse] == person
        assert {people[person].sex, people[spouse].sex} == {"1", "2"}


def test_one_organisation_releases_far_fewer_than_it_nominates(demo):
    quotas = campaign(demo, "first_secretaries").quotas
    assert sum(one.n_asked for one in quotas) == 600
    assert sum(one.release_cap for one in quotas) >= 351
    assert min(one.release_cap for one in quotas) == 2
    assert Counter(one.release_cap for one in quotas)[2] == 1


def test_some_nominees_have_not_answered(demo):
    silent = [one for one in campaign(demo, "first_secretaries").nominations if one.answered_on is None]
    assert silent
    assert all(not one.preferences and not one.hardship_text for one in silent)


def test_ten_times_as_many_villages_and_nominees():
    demo = generate(AS_OF, scale=10)
    great = campaign(demo, "first_secretaries")
    assert (len(great.offers), len(great.nominations)) == (3510, 6000)
    assert sum(one.n_asked for one in great.quotas) == 6000
    assert len({one.identity_number for one in demo.people}) == len(demo.people)
    assert len({(one.parent, one.name) for one in demo.units}) == len(demo.units)


@pytest.mark.parametrize("as_of", [dt.date(2026, 1, 1), dt.date(2028, 2, 29), dt.date(2030, 12, 31)])
def test_the_demo_can_be_made_on_any_day(as_of):
    demo = generate(as_of)
    great = campaign(demo, "first_secretaries")
    assert great.nominations_until < as_of < great.starts_on < great.ends_on
    assert campaign(demo, "down").nominations_from < as_of < campaign(demo, "down").nominations_until
    assert all(one.starts_on < one.ends_on for one in demo.campaigns)


def test_a_life_shifts_with_the_birth(demo):
    person = demo.people[0]
    older = born_at(person, dt.date(person.born_on.year - 5, 2, 11))
    assert older.started_work_on.year == person.started_work_on.year - 5
    assert older.career[0].starts_on.year == person.career[0].starts_on.year - 5
    assert parse_identity_number(older.identity_number).born_on == older.born_on


def test_a_beginner_has_one_job_and_no_grades(demo):
    beginner = just_started(demo.people[0], dt.date(2025, 9, 1))
    assert [line.starts_on for line in beginner.career] == [dt.date(2019, 9, 1), dt.date(2025, 9, 1)]
    assert beginner.grades == ()
    assert {one.title for one in beginner.family} <= {"父亲", "母亲"}
