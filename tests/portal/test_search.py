"""Search finds what one may see and nothing else, with the same number of queries."""

import pytest
from tests.makers import make_campaign, make_person, make_placement, make_post, make_unit, make_user

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.placements.choices import PlacementState
from secondment.portal.search import search
from secondment.units.models import Unit


@pytest.fixture
def root(db: None) -> Unit:
    return make_unit("示例市")


def found(user: User, words: str) -> dict[str, list[str]]:
    return {group.title: [hit.text for hit in group.hits] for group in search(user, words)}


def test_organisation_department_finds_across_all_rooms(root: Unit) -> None:
    home, host = make_unit("示例局", root), make_unit("柳林村", root)
    person, post = make_person(home, name="柳青", name_key="liuqing"), make_post(host, title="书记")
    make_placement(make_campaign(root, name="柳林批次"), person, post)
    user = make_user(Role.ORGANISATION_DEPARTMENT, root)
    assert found(user, " 柳 ") == {
        "干部": ["柳青"],
        "挂职": ["柳青"],
        "挂职岗位": ["书记"],
        "批次": ["柳林批次"],
    }
    assert found(user, "liu qing") == {"干部": ["柳青"]}
    assert found(user, "柳林") == {"挂职": ["柳青"], "挂职岗位": ["书记"], "批次": ["柳林批次"]}
    assert found(user, "没有的词") == found(user, "  ") == {}


def test_nobody_finds_what_belongs_to_others(root: Unit) -> None:
    make_placement(
        make_campaign(root, name="柳批"),
        make_person(make_unit("柳局", root), name="柳青"),
        make_post(make_unit("柳村", root)),
    )
    for role in Role:
        assert found(make_user(role, make_unit()), "柳") == {}


def test_host_unit_finds_its_secondees_only(root: Unit) -> None:
    host = make_unit("甲村", root)
    home = make_unit("示例局", root)
    for name, state in [("柳一", PlacementState.IN_POST), ("柳二", PlacementState.DECIDED)]:
        make_placement(make_campaign(root), make_person(home, name=name), make_post(host), state=state)
    make_person(home, name="柳三")
    assert found(make_user(Role.HOST_UNIT, host), "柳") == {"干部": ["柳一"], "挂职": ["柳一", "柳二"]}


def test_secondee_finds_oneself(root: Unit) -> None:
    user = make_user(Role.SECONDEE, root)
    make_person(root, name="柳青", account=user)
    make_person(root, name="柳红")
    assert found(user, "柳") == {"干部": ["柳青"]}


def test_administrators_find_accounts(root: Unit) -> None:
    make_person(root, name="柳青")
    make_user(Role.LEADER, root, name="柳青", username="liuqing")
    for role in (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR):
        assert found(make_user(role, root), "柳") == {"账号": ["柳青"]}
    assert found(make_user(Role.AUDIT_ADMINISTRATOR, root), "柳") == {}


def test_first_ten_are_shown(root: Unit, signed_in) -> None:
    for _ in range(12):
        make_person(root, name="柳青")
    user = make_user(Role.ORGANISATION_DEPARTMENT, root)
    group = search(user, "柳")[0]
    assert (len(group.hits), group.has_more) == (10, True)
    page = signed_in(user).get("/search/?q=柳").content.decode()
    assert "只显示前 10 条" in page
    assert "未找到" in signed_in(user).get("/search/?q=x").content.decode()
    assert "未找到" not in signed_in(user).get("/search/").content.decode()


def test_search_costs_a_query_for_rights_and_one_a_room_within_reach(
    root: Unit, django_assert_num_queries
) -> None:
    for _ in range(12):
        make_placement(make_campaign(root), make_person(root, name="柳青"), make_post(root))
    user = make_user(Role.ORGANISATION_DEPARTMENT, root)
    with django_assert_num_queries(5):
        search(user, "柳")
