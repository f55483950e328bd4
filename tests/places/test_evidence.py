"""Places offer promises that were closed or have passed their day, and what the secondee wrote down."""

import datetime as dt

from tests.daily_work.scene import AT, Scene, make_scene
from tests.makers import make_user
from tests.placements.evidence import n_queries, offered, told

from secondment.accounts.choices import Role
from secondment.documents.services import store_file
from secondment.places.models import Place, PlaceFile, PlacePromise, PlaceText

DUE = dt.date(2026, 9, 30)


def promise(scene: Scene, **fields: object) -> PlacePromise:
    return PlacePromise.objects.create(
        placement=scene.people[0], text="修桥", to_whom="村民", by=make_user(), at=AT, **fields
    )


def test_promises_kept_late_or_without_a_day(db: None) -> None:
    scene = make_scene()
    promise(scene, due_on=DUE)
    promise(scene, due_on=DUE, closed_on=dt.date(2026, 9, 1), outcome="已通车")
    promise(scene)
    assert told("promise", scene.people[0]) == [
        ("2026-09-01", "承诺“修桥”已了结"),
        ("2026-10-01", "承诺“修桥”已过时限，尚未了结"),
    ]
    assert [one.content for one in offered("promise", scene.people[0])] == ["已通车", ""]


def test_what_the_secondee_wrote_of_the_place(db: None) -> None:
    scene = make_scene()
    placement = scene.people[0]
    account = make_user(Role.SECONDEE, scene.home)
    placement.person.account = account
    placement.person.save()
    place = Place.objects.create(unit=placement.host_unit)
    PlaceText.objects.create(place=place, heading="land", text="水田三百亩", by=account, at=AT)
    PlaceText.objects.create(place=place, heading="people", text="别人写的", by=make_user(), at=AT)
    before = dt.datetime(2025, 10, 8, tzinfo=dt.UTC)
    stored = store_file("村情.pdf", b"%PDF", content_type="application/pdf", by=account, at=AT)
    PlaceFile.objects.create(place=place, file=stored, by=account, at=AT)
    PlaceFile.objects.create(place=place, file=stored, is_current=False, by=account, at=before)
    found = offered("place", placement)
    assert [(str(one.label), one.content) for one in found] == [
        ("上传村情或单位概况“村情.pdf”", ""),
        ("更新挂职地情况：地", "水田三百亩"),
    ]
    assert all(one.may_read(account) and one.may_read(scene.host_clerk()) for one in found)
    assert not any(one.may_read(scene.home_clerk()) for one in found)


def test_nobody_without_an_account_wrote_anything(db: None) -> None:
    scene = make_scene(3)
    assert offered("place", *scene.people) == []
    assert n_queries("promise", scene.people[0]) == n_queries("promise", *scene.people) == 1
