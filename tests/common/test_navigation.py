"""The side bar shows what a role needs, and nothing to strangers."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from secondment.accounts.choices import Role
from secondment.accounts.models import RoleAssignment
from secondment.common import navigation
from secondment.common.navigation import Frame, NavigationItem, navigation_items
from tests.makers import make_unit, make_user

ITEMS = (
    NavigationItem(label="工作台", url_name="portal:home", icon="home", order=10),
    NavigationItem(
        label="提名",
        url_name="styleguide",
        icon="users",
        group="选派",
        order=20,
        roles=frozenset({Role.HOME_UNIT}),
    ),
    NavigationItem(
        label="进度",
        url_name="styleguide_progress",
        icon="clock",
        group="日常",
        order=30,
        badge=lambda request: 4,
    ),
    NavigationItem(label="不在此处", url_name="no:where", icon="x", order=40),
    NavigationItem(
        label="审计",
        url_name="table_columns",
        icon="history",
        group="选派",
        order=50,
        roles=frozenset({Role.AUDIT_ADMINISTRATOR}),
    ),
    NavigationItem(
        label="待办", url_name="portal:home", icon="checklist", order=60, place="top", badge=lambda request: 0
    ),
)


@pytest.fixture(autouse=True)
def items(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "navigation_items", lambda: ITEMS)


def frame_of(user, path: str = "/") -> Frame:
    request = RequestFactory().get(path)
    request.user = user
    return Frame(request)


def shown(frame: Frame) -> list[tuple[str, list[str]]]:
    return [(str(group.label), [str(link.label) for link in group.links]) for group in frame.groups]


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.HOME_UNIT, [("", ["工作台"]), ("选派", ["提名"]), ("日常", ["进度"])]),
        (Role.SECONDEE, [("", ["工作台"]), ("日常", ["进度"])]),
        (Role.AUDIT_ADMINISTRATOR, [("", ["工作台"]), ("日常", ["进度"]), ("选派", ["审计"])]),
    ],
)
def test_side_bar_shows_the_entries_of_the_role(db: None, role: Role, expected) -> None:
    assert shown(frame_of(make_user(role))) == expected


def test_groups_stand_together_at_their_first_entry(db: None) -> None:
    user = make_user(Role.HOME_UNIT)
    RoleAssignment.objects.create(user=user, role=Role.AUDIT_ADMINISTRATOR, unit=make_unit())
    assert shown(frame_of(user)) == [("", ["工作台"]), ("选派", ["提名", "审计"]), ("日常", ["进度"])]


def test_frame_costs_one_query_and_only_when_shown(db: None, django_assert_num_queries) -> None:
    user = make_user(Role.HOME_UNIT)
    with django_assert_num_queries(0):
        frame = frame_of(user)
    with django_assert_num_queries(1):
        assert (len(frame.groups), len(frame.top_links), len(frame.scopes)) == (3, 1, 1)


def test_most_special_entry_is_current(db: None) -> None:
    links = [
        link
        for group in frame_of(make_user(Role.HOME_UNIT), "/styleguide/progress/").groups
        for link in group.links
    ]
    assert [str(link.label) for link in links if link.is_current] == ["进度"]


def test_badges_count_what_waits(db: None) -> None:
    frame = frame_of(make_user(Role.SECONDEE))
    assert [link.n_waiting for group in frame.groups for link in group.links] == [0, 4]
    assert [(str(link.label), link.n_waiting, link.is_current) for link in frame.top_links] == [
        ("待办", 0, True)
    ]


def test_scopes_name_each_unit_once(db: None) -> None:
    unit = make_unit("示例厅")
    user = make_user(Role.HOME_UNIT, unit)
    RoleAssignment.objects.create(user=user, role=Role.LEADER, unit=unit)
    assert frame_of(user).scopes == [str(unit)]
    assert frame_of(user).roles == {Role.HOME_UNIT, Role.LEADER}


@pytest.mark.parametrize("has_user", [True, False])
def test_strangers_see_nothing(has_user: bool) -> None:
    request = RequestFactory().get("/")
    if has_user:
        request.user = AnonymousUser()
    assert Frame(request).groups == []
    assert Frame(request).scopes == []


def test_account_without_a_role_sees_nothing(db: None) -> None:
    assert frame_of(make_user()).groups == []


def test_known_addresses() -> None:
    frame = frame_of(AnonymousUser())
    assert frame.home_url == "/"
    assert navigation.url_or_nothing("no:where") == ""


def test_entries_of_installed_apps_are_valid() -> None:
    for item in navigation_items():
        assert isinstance(item, NavigationItem)
        assert navigation.url_or_nothing(item.url_name), item.url_name


def test_pages_within_another_entry_mark_it_and_have_none_of_their_own(monkeypatch) -> None:
    outer = NavigationItem(label="批次", url_name="campaigns:campaign_list", icon="flag")
    inner = NavigationItem(
        label="匹配", url_name="matching:campaign_list", icon="x", within="campaigns:campaign_list"
    )
    monkeypatch.setattr(navigation, "navigation_items", lambda: (outer, inner))
    request = RequestFactory().get(navigation.url_or_nothing("matching:campaign_list"))
    found = Frame(request)
    monkeypatch.setattr(Frame, "assignments", [("x", "y")])
    assert [(str(link.label), link.is_current) for link in found._links("side")] == [("批次", True)]
