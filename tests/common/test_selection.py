"""Choosing rows: of one page, of all pages, and the way back to the list as it was left."""

import pytest
from django.http import Http404
from django.test import RequestFactory
from django.urls import reverse

from secondment.accounts.choices import Role
from secondment.common.listing import view
from secondment.common.listing.selection import SelectionError, back_to_list, selected_keys
from secondment.posts.choices import PostState
from tests.makers import make_post, make_unit, make_user


def posted(**data: object):
    return RequestFactory().post("/", data)


def test_rows_of_other_pages_come_as_one_value() -> None:
    assert selected_keys(posted(selected=["3", "7,5", "3"])) == [3, 7, 5]


@pytest.mark.parametrize("sent", [["3,"], ["x"], ["3,x"], [""]])
def test_what_is_no_key_is_not_found(sent: list[str]) -> None:
    with pytest.raises(Http404):
        selected_keys(posted(selected=sent))


def test_nothing_chosen_is_said() -> None:
    with pytest.raises(SelectionError):
        selected_keys(posted())


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ("/posts/?state=approved&page=2", "/posts/?state=approved&page=2"),
        ("/posts/", "/posts/"),
        ("", "/posts/"),
        ("/people/?x=1", "/posts/"),
        ("https://elsewhere.example/posts/", "/posts/"),
        ("//elsewhere.example/posts/", "/posts/"),
    ],
)
def test_back_to_the_list_as_it_was_left(asked: str, path: str) -> None:
    assert back_to_list(posted(next=asked), "posts:post_list").url == path


@pytest.fixture
def owner(db: None):
    city = make_unit("示例市")
    host = make_unit("示例村", city)
    for number in range(25):
        make_post(host, state=PostState.SUBMITTED, title=f"岗位{number}")
    make_post(host, state=PostState.APPROVED, title="已审核岗位")
    return make_user(Role.ORGANISATION_DEPARTMENT, city)


def test_keys_of_all_pages_respect_filters_and_reader(owner, signed_in) -> None:
    client, address = signed_in(owner), reverse("posts:post_list")
    assert len(client.get(address, {"keys": "all"}).json()["keys"]) == 26
    assert len(client.get(address, {"keys": "all", "state": "approved"}).json()["keys"]) == 1
    stranger = make_user(Role.ORGANISATION_DEPARTMENT, make_unit())
    assert signed_in(stranger).get(address, {"keys": "all"}).json() == {"keys": []}


def test_the_page_offers_all_rows_where_there_are_more_than_it_shows(owner, signed_in, monkeypatch) -> None:
    client, address = signed_in(owner), reverse("posts:post_list")
    page = client.get(address, {"state": "submitted"}).content.decode()
    assert "选中全部 25 条" in page
    assert f'data-select-everything="{address}?state=submitted&amp;keys=all"' in page
    assert f'name="next" value="{address}?state=submitted"' in page
    second = client.get(address, {"state": "submitted", "page": "2"}).content.decode()
    assert f'name="next" value="{address}?state=submitted&amp;page=2"' in second
    assert "选中全部" not in client.get(address, {"state": "approved"}).content.decode()
    monkeypatch.setattr(view, "MOST_CHOSEN", 24)
    assert "选中全部" not in client.get(address, {"state": "submitted"}).content.decode()
    assert client.get(address, {"keys": "all"}).json() == {"keys": []}


def test_an_action_leads_back_to_its_filters(owner, signed_in) -> None:
    client, address = signed_in(owner), reverse("posts:post_list")
    keys = client.get(address, {"keys": "all", "state": "submitted"}).json()["keys"]
    sent = {"selected": ",".join(keys), "next": f"{address}?state=submitted"}
    assert client.post(reverse("posts:posts_approve"), sent).url == f"{address}?state=submitted"
    assert client.get(address, {"keys": "all", "state": "submitted"}).json() == {"keys": []}
