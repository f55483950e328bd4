"""Hand in, return, approve, withdraw: who may, when, what is owed and who is told."""

import datetime as dt

import pytest

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError, StaleObjectError
from secondment.notices.models import Notice
from secondment.obligations.models import Obligation, ObligationState
from secondment.obligations.queries import todo_of
from secondment.posts.choices import PostState
from secondment.posts.errors import (
    OpinionMissingError,
    PostIncompleteError,
    PostInUseError,
    PostStateError,
    UnitClosedError,
)
from secondment.posts.models import Post
from secondment.posts.queries import count_by_state, count_waiting, visible_to
from secondment.posts.rules import actions_for
from secondment.posts.services import (
    approve_posts,
    change_post,
    copy_post,
    create_post,
    return_post,
    submit_posts,
    withdraw_post,
)
from secondment.posts.services.flow import missing_parts
from secondment.units.models import Unit
from tests.makers import AT, ON, make_campaign_post, make_post
from tests.posts.scene import complete_post, make_scene, task


@pytest.fixture
def scene(db: None):
    return make_scene()


def go(service, *args, by, **options):
    return service(*args, by=by, on=ON, at=AT, **options)


def fresh(post: Post) -> Post:
    return Post.objects.get(pk=post.pk)


def test_a_demand_goes_from_draft_to_approval(scene):
    post = complete_post(scene)
    assert go(submit_posts, [post], by=scene.clerk) == 1
    owed = todo_of(scene.organiser).get()
    assert (owed.title, owed.due_on) == ("审核岗位需求：北车营村 驻村第一书记", ON + dt.timedelta(days=10))
    assert owed.path == f"/posts/{post.pk}/"
    assert count_waiting(scene.organiser) == 1
    assert count_waiting(scene.clerk) == 0
    assert go(approve_posts, [post], by=scene.organiser) == 1
    assert fresh(post).state == PostState.APPROVED
    assert not todo_of(scene.organiser).exists()
    assert Notice.objects.get(recipient=scene.clerk).title == "岗位需求已审核通过：驻村第一书记"
    actions = AuditEvent.objects.filter(object_type="posts.post").order_by("pk")
    assert list(actions.values_list("action", "details")) == [
        ("post.submit", {"from": "draft", "to": "submitted"}),
        ("post.approve", {"from": "submitted", "to": "approved"}),
    ]


@pytest.mark.parametrize("service", [submit_posts, approve_posts])
def test_a_closed_unit_asks_for_nobody(scene, service):
    post = complete_post(scene)
    if service is approve_posts:
        go(submit_posts, [post], by=scene.clerk)
    Unit.objects.filter(pk=scene.village.pk).update(is_active=False)
    post.refresh_from_db()
    with pytest.raises(UnitClosedError, match="接收单位北车营村已停用"):
        go(service, [post], by=scene.organiser)
    assert go(withdraw_post, post, by=scene.organiser).state == PostState.WITHDRAWN


def test_many_approvals_tell_each_host_unit_once(scene):
    posts = [complete_post(scene) for _ in range(3)] + [complete_post(scene, host_unit=scene.township)]
    go(submit_posts, posts, by=scene.clerk)
    assert go(approve_posts, posts, by=scene.organiser) == 4
    assert set(Notice.objects.filter(recipient=scene.clerk).values_list("title", "path")) == {
        ("岗位需求已审核通过：驻村第一书记等 3 个", "/posts/"),
        ("岗位需求已审核通过：驻村第一书记", f"/posts/{posts[3].pk}/"),
    }


def test_bulk_moves_are_all_or_none(scene):
    waiting, draft = complete_post(scene, state=PostState.SUBMITTED), complete_post(scene)
    with pytest.raises(PostStateError, match="草稿"):
        go(approve_posts, [waiting, draft], by=scene.organiser)
    assert fresh(waiting).state == PostState.SUBMITTED


def test_a_returned_demand_carries_the_opinion_and_is_owed_back(scene):
    post = complete_post(scene)
    go(submit_posts, [post], by=scene.clerk)
    with pytest.raises(OpinionMissingError):
        go(return_post, post, opinion="  ", by=scene.organiser)
    go(return_post, post, opinion="请补充导师", by=scene.organiser)
    assert (fresh(post).state, fresh(post).opinion) == (PostState.RETURNED, "请补充导师")
    assert Notice.objects.get(recipient=scene.clerk).body == "请补充导师"
    owed = Obligation.objects.get(state=ObligationState.OPEN)
    assert (owed.kind, owed.role, owed.unit) == ("post_correction", Role.HOST_UNIT, scene.village)
    go(submit_posts, [fresh(post)], by=scene.clerk)
    assert set(Obligation.objects.values_list("kind", "state")) == {
        ("post_correction", "met"),
        ("post_decision", "met"),
        ("post_decision", "open"),
    }


def test_a_demand_is_handed_in_only_when_complete(scene):
    post = make_post(scene.village, state=PostState.DRAFT, created_by=scene.clerk)
    assert missing_parts(post) == ["岗位职责", "工作地点", "联系人和联系电话", "1—5项重点任务"]
    with pytest.raises(PostIncompleteError, match="还缺：岗位职责、工作地点"):
        go(submit_posts, [post], by=scene.clerk)


def test_withdrawing_waives_what_is_owed(scene):
    post = complete_post(scene)
    go(submit_posts, [post], by=scene.clerk)
    assert go(withdraw_post, post, by=scene.clerk).state == PostState.WITHDRAWN
    assert Obligation.objects.get().state == ObligationState.WAIVED


def test_an_approved_demand_is_withdrawn_by_the_organisation_department_alone(scene):
    post = complete_post(scene, state=PostState.APPROVED)
    with pytest.raises(NotAllowedError):
        go(withdraw_post, post, by=scene.clerk)
    assert go(withdraw_post, post, by=scene.organiser).state == PostState.WITHDRAWN


def test_a_demand_that_a_campaign_offers_stays(scene):
    post = complete_post(scene, state=PostState.APPROVED)
    make_campaign_post(post=post)
    with pytest.raises(PostInUseError, match="已列入挂职批次"):
        go(withdraw_post, post, by=scene.organiser)


def test_host_units_do_not_decide(scene):
    post = complete_post(scene, state=PostState.SUBMITTED)
    for refused in (
        lambda: go(approve_posts, [post], by=scene.clerk),
        lambda: go(return_post, post, opinion="不行", by=scene.clerk),
        lambda: go(submit_posts, [complete_post(scene)], by=scene.stranger),
    ):
        with pytest.raises(NotAllowedError):
            refused()


@pytest.mark.parametrize(
    ("state", "clerk", "organiser"),
    [
        (
            PostState.DRAFT,
            ["change_post", "submit_post", "withdraw_post", "copy_post"],
            ["change_post", "submit_post", "withdraw_post", "copy_post"],
        ),
        (
            PostState.SUBMITTED,
            ["withdraw_post", "copy_post"],
            ["return_post", "approve_post", "withdraw_post", "copy_post"],
        ),
        (PostState.APPROVED, ["copy_post"], ["withdraw_post", "copy_post"]),
        (PostState.WITHDRAWN, ["copy_post"], ["copy_post"]),
    ],
)
def test_buttons_follow_rules_and_states(scene, state, clerk, organiser):
    post = complete_post(scene, state=state)
    assert actions_for(scene.clerk, post) == clerk
    assert actions_for(scene.organiser, post) == organiser
    assert actions_for(scene.leader, post) == []


def test_everyone_sees_the_demands_of_the_own_scope(scene):
    post = complete_post(scene)
    for user in (scene.organiser, scene.clerk, scene.leader):
        assert list(visible_to(user)) == [post]
    assert not visible_to(scene.stranger).exists()
    assert count_by_state(visible_to(scene.leader)) == {"draft": 1}


def test_creating_needs_the_unit_in_scope(scene):
    post = Post(host_unit=scene.village, title="甲", starts_on=ON, ends_on=ON + dt.timedelta(days=1))
    with pytest.raises(NotAllowedError):
        create_post(post, [], by=scene.stranger, at=AT)
    made = create_post(post, [task("一"), task("二")], by=scene.clerk, at=AT)
    assert (made.created_by, made.state) == (scene.clerk, PostState.DRAFT)
    assert list(made.tasks.values_list("position", "name")) == [(1, "一"), (2, "二")]


def test_changing_records_what_changed(scene):
    post = complete_post(scene)
    post.title, post.version = "镇长助理", 1
    changed = change_post(post, [task("新任务")], by=scene.clerk, at=AT, version=1)
    assert (changed.title, changed.version) == ("镇长助理", 2)
    assert [row.name for row in changed.tasks.all()] == ["新任务"]
    assert AuditEvent.objects.get(action="post.change").details == {"changed": ["title", "tasks"]}


def test_changing_leaves_equal_tasks_alone(scene):
    post = complete_post(scene)
    keys = list(post.tasks.values_list("pk", flat=True))
    change_post(post, [task()], by=scene.clerk, at=AT, source="岗位.xlsx")
    assert list(post.tasks.values_list("pk", flat=True)) == keys
    assert AuditEvent.objects.get(action="post.change").details == {"changed": [], "source": "岗位.xlsx"}


def test_a_stale_form_and_a_handed_in_demand_are_not_changed(scene):
    post = complete_post(scene)
    with pytest.raises(StaleObjectError):
        change_post(post, [], by=scene.clerk, at=AT, version=7)
    waiting = complete_post(scene, state=PostState.SUBMITTED)
    with pytest.raises(PostStateError, match="不能修改"):
        change_post(waiting, [], by=scene.clerk, at=AT)


def test_a_demand_cannot_be_moved_into_another_scope(scene):
    post = complete_post(scene)
    post.host_unit = make_post().host_unit
    with pytest.raises(NotAllowedError):
        change_post(post, [], by=scene.clerk, at=AT)


def test_a_copy_is_a_new_draft_without_number(scene):
    post = complete_post(scene, state=PostState.APPROVED, code="P01", opinion="好", specialties=["education"])
    twin = copy_post(post, by=scene.clerk, at=AT)
    assert (twin.pk != post.pk, twin.code, twin.opinion, twin.state) == (True, "", "", PostState.DRAFT)
    assert (twin.specialties, twin.duties) == (["education"], "协助分管农业")
    assert [row.name for row in twin.tasks.all()] == ["土地流转"]
    assert fresh(post).state == PostState.APPROVED
    assert AuditEvent.objects.get(action="post.create").details == {"source": "北车营村 驻村第一书记"}
