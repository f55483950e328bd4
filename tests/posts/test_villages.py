"""Create posts from a list of villages: what is matched, what is made, what is refused."""

import pytest

from secondment.common.errors import NotAllowedError
from secondment.posts import villages
from secondment.posts.choices import PostState
from secondment.posts.errors import ImportRefusedError, NewUnitsNotAgreedError
from secondment.posts.models import Post
from secondment.posts.queries import host_units
from secondment.posts.services import create_village_posts
from secondment.posts.villages import Place, VillagePlan, read_places
from secondment.units.models import Unit
from tests.makers import AT, ON, make_unit
from tests.posts.scene import complete_post, make_scene


@pytest.fixture
def scene(db: None):
    return make_scene()


def plan_of(scene, text: str, user=None):
    return read_places(
        text, complete_post(scene, host_unit=scene.county), host_units(user or scene.organiser)
    )


def test_lines_are_matched_by_name_code_and_township(scene):
    plan = plan_of(
        scene,
        "北车营村\n\n青龙湖镇 辛开口村\n110111104 坨里村\n房山区青龙湖镇 大苑村\n北京市房山区青龙湖镇,晓幼营村\n110111104\n",
    )
    assert plan.refused == []
    assert [(one.line, one.label) for one in plan.existing] == [(1, "北车营村"), (7, "青龙湖镇")]
    assert [(one.line, one.label) for one in plan.new] == [
        (3, "青龙湖镇/辛开口村"), (4, "青龙湖镇/坨里村"), (5, "青龙湖镇/大苑村"), (6, "青龙湖镇/晓幼营村"),
    ]  # fmt: skip
    assert plan.n_posts == 6


def test_lines_that_are_not_certain_are_refused(scene, monkeypatch):
    other = make_unit("河北区", scene.root)
    make_unit("青龙湖镇", other, kind="township", level="township")
    plan = plan_of(
        scene,
        f"青龙湖镇 甲村\n火星村\n110111104 {'长' * 61}\n110111104 乙村\n110111104 乙村\n110111104 北车营村\n北车营村",
    )
    assert [(one.line, one.found) for one in plan.refused] == [
        (1, "有2个乡镇街道都名为“青龙湖镇”"), (2, "未找到单位“火星村”"), (3, "村名超过60个字"),
        (5, "与第4行重复"), (7, "与第6行重复"),
    ]  # fmt: skip
    assert not plan.may_be_written
    with pytest.raises(ImportRefusedError):
        create_village_posts(plan, by=scene.organiser, on=ON, at=AT)
    monkeypatch.setattr(villages, "MOST_LINES", 1)
    assert plan_of(scene, "北车营村\n青龙湖镇").refused[0].found == "名单超过1行"


def test_posts_and_villages_are_made_in_one_step(scene):
    plan = plan_of(scene, "北车营村\n110111104 坨里村")
    with pytest.raises(NewUnitsNotAgreedError, match="有1个村"):
        create_village_posts(plan, by=scene.organiser, on=ON, at=AT)
    posts = create_village_posts(plan, by=scene.organiser, on=ON, at=AT, agrees_new_units=True, submits=True)
    assert [post.host_unit.name for post in posts] == ["北车营村", "坨里村"]
    village = Unit.objects.get(name="坨里村")
    assert (village.parent, village.region_id, village.kind) == (scene.township, "110111104", "village")
    assert set(Post.objects.exclude(pk=plan.pattern.pk).values_list("state", "region", "duties")) == {
        (PostState.SUBMITTED, "110111104", "协助分管农业")
    }
    assert all(post.tasks.count() == 1 for post in posts)


def test_a_second_list_makes_nothing_twice(scene):
    plan = plan_of(scene, "北车营村\n青龙湖镇")
    create_village_posts(plan, by=scene.clerk, on=ON, at=AT)
    again = read_places("北车营村\n青龙湖镇", plan.pattern, host_units(scene.clerk))
    assert (again.n_posts, len(again.repeated), again.may_be_written) == (0, 2, False)


def test_host_units_make_no_villages(scene):
    plan = plan_of(scene, "110111104 坨里村", scene.clerk)
    with pytest.raises(NotAllowedError):
        create_village_posts(plan, by=scene.clerk, on=ON, at=AT, agrees_new_units=True)
    assert not Unit.objects.filter(name="坨里村").exists()


def test_a_place_without_unit_and_township_cannot_be_made(scene):
    plan = VillagePlan(complete_post(scene), [], [Place(1, "甲", None)], [], [])
    with pytest.raises(ValueError, match="line 1"):
        create_village_posts(plan, by=scene.organiser, on=ON, at=AT, agrees_new_units=True)
