"""What is written about a place: nothing is asked for, nothing is lost."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.daily_work.scene import AT, ON, Scene
from tests.makers import make_post, make_user
from tests.pages import text_of
from tests.task_books.scene import with_account

from secondment.accounts.choices import Role
from secondment.common.errors import NotAllowedError, StaleObjectError
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.places import services
from secondment.places.errors import PlaceError
from secondment.places.models import Place, PlaceCategory, PlaceContact, PlaceFile, PlaceText
from secondment.places.queries import visible_to
from secondment.places.rules import may_write

DAY = dt.timedelta(days=1)


def unit_of(scene: Scene):
    return scene.people[0].host_unit


def write(scene: Scene, version: int, **texts: str) -> int:
    return services.write_texts(unit_of(scene), texts, version=version, by=scene.host_clerk(), on=ON, at=AT)


def test_only_what_changed_is_written_and_older_versions_stay(scene: Scene) -> None:
    assert write(scene, 0, people=" 312人 ", land="山地") == 2
    assert write(scene, 1, people="312人", land="山地，有梯田") == 1
    assert write(scene, 2, people="312人", land="山地，有梯田") == 0
    assert write(scene, 2, land="山地，有梯田") == 1, "a heading that was emptied is a change"
    rows = PlaceText.objects.order_by("pk").values_list("heading", "text", "is_current")
    assert list(rows) == [
        ("people", "312人", False),
        ("land", "山地", False),
        ("land", "山地，有梯田", True),
        ("people", "", True),
    ]
    assert Place.objects.get().version == 3


@pytest.mark.parametrize("version", [0, 2])
def test_nobody_writes_over_somebody_else(scene: Scene, version: int) -> None:
    write(scene, 0, people="312人")
    with pytest.raises(StaleObjectError):
        write(scene, version, people="几百人")


def test_who_writes(scene: Scene) -> None:
    unit, own = unit_of(scene), with_account(scene)
    for at, writer in enumerate((scene.host_clerk(), scene.owner, own)):
        services.write_texts(unit, {"people": f"{at}"}, version=at, by=writer, on=ON, at=AT)
    for other in (scene.home_clerk(), scene.host_clerk(1), make_user(Role.LEADER, scene.root)):
        with pytest.raises(NotAllowedError):
            services.write_texts(unit, {"people": "x"}, version=3, by=other, on=ON, at=AT)


@pytest.mark.parametrize(("days", "is_readable"), [(8, False), (7, True), (0, True), (-30, True)])
def test_the_secondee_reads_from_a_week_before(scene: Scene, days: int, is_readable: bool) -> None:
    own = with_account(scene)
    rows = Placement.objects.filter(pk=scene.people[0].pk)
    rows.update(state=PlacementState.APPOINTED, starts_on=ON + days * DAY)
    assert visible_to(own, ON).exists() is is_readable
    assert may_write(own, scene.people[0].host_unit, ON) is (days <= 0), "written from the first day on"
    rows.update(state=PlacementState.DECIDED)
    assert not visible_to(own, ON).exists(), "not before the notice"


def test_a_survey_is_kept_as_it_is_and_sealed(scene: Scene, signed_in) -> None:
    unit = unit_of(scene)
    for content in (b"%PDF-1", b"%PDF-2"):
        services.keep_file(unit, "村情.pdf", content, "application/pdf", by=scene.owner, on=ON, at=AT)
    old, new = PlaceFile.objects.order_by("pk")
    assert (old.is_current, new.is_current) == (False, True)
    with new.file.content.open("rb") as stored:
        assert b"PDF" not in stored.read()
    answer = signed_in(scene.host_clerk()).get(f"/places/files/{old.pk}/")
    assert answer.content == b"%PDF-1"
    assert signed_in(scene.host_clerk(1)).get(f"/places/files/{old.pk}/").status_code == 404
    with pytest.raises(NotAllowedError):
        services.keep_file(unit, "a.pdf", b"%PDF", "application/pdf", by=scene.home_clerk(), on=ON, at=AT)


def test_a_contact_is_there_once_and_goes_once(scene: Scene) -> None:
    own, unit = with_account(scene), unit_of(scene)
    given = {"name": "李示例", "post": "会计", "on": ON, "at": AT}
    contact = services.add_contact(unit, by=own, **given)
    assert contact.placement == scene.people[0]
    with pytest.raises(PlaceError, match="已在联系人中"):
        services.add_contact(unit, by=scene.owner, **given)
    for _twice in range(2):
        services.end_contact(contact, by=own, on=ON, at=AT)
    assert services.add_contact(unit, by=scene.owner, **given).placement is None
    assert PlaceContact.objects.count() == 2
    for other in (scene.home_clerk(), scene.host_clerk(1)):
        with pytest.raises(NotAllowedError):
            services.end_contact(contact, by=other, on=ON, at=AT)


def test_a_category_has_documents_of_entry_and_exit(scene: Scene) -> None:
    unit, entered = unit_of(scene), {"document": "县发〔2025〕3号", "by": scene.owner, "on": ON, "at": AT}
    row = services.enter_category(unit, "behind", entered_on=ON - 10 * DAY, **entered)
    with pytest.raises(PlaceError, match="尚未退出"):
        services.enter_category(unit, "behind", entered_on=ON, **entered)
    with pytest.raises(PlaceError, match="不能晚于今天"):
        services.enter_category(unit, "key", entered_on=ON + DAY, **entered)
    for day in (ON - 11 * DAY, ON + DAY):
        with pytest.raises(PlaceError, match="退出日期应在"):
            services.end_category(row, left_on=day, **entered)
    services.end_category(row, left_on=ON, **entered)
    with pytest.raises(PlaceError, match="不必再次登记"):
        services.end_category(row, left_on=ON, **entered)
    with pytest.raises(PlaceError, match=f"{ON}才退出"):
        services.enter_category(unit, "behind", entered_on=ON - DAY, **entered)
    assert services.enter_category(unit, "behind", entered_on=ON, **entered).left_on is None
    for other in (scene.host_clerk(), scene.home_clerk()):
        with pytest.raises(NotAllowedError):
            services.enter_category(unit, "key", **{**entered, "by": other}, entered_on=ON)
        with pytest.raises(NotAllowedError):
            services.end_category(row, left_on=ON, **{**entered, "by": other})


def test_the_pages(scene: Scene, signed_in) -> None:
    client, unit = signed_in(scene.owner), unit_of(scene)
    path = f"/places/{unit.pk}/"
    assert "都不是必填" in text_of(client.get(path))
    client.post(f"{path}edit/", {"version": 0, "people": "312人"})
    client.post(f"{path}contacts/", {"name": "李示例", "post": "会计"})
    client.post(f"{path}categories/", {"kind": "behind", "entered_on": "2025-03-01", "document": "3号文"})
    shown = text_of(client.get(path))
    assert all(words in shown for words in ("312人", "李示例", "发展落后村", "3号文"))
    assert "312人" in text_of(client.get(f"{path}history/"))
    category, contact = PlaceCategory.objects.get(), PlaceContact.objects.get()
    client.post(f"/places/categories/{category.pk}/end/", {"left_on": "2026-09-01", "document": "9号文"})
    client.post(f"/places/contacts/{contact.pk}/end/")
    shown = text_of(client.get(path))
    assert "9号文" in shown
    assert "李示例" not in shown
    assert client.post(f"{path}edit/", {"version": 0, "people": "别的"}).status_code == 409
    assert signed_in(scene.host_clerk(1)).get(path).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("村情.pdf", b"%PDF-1.4", "已保存"),
        ("村情.docx", b"PK\x03\x04...", "已保存"),
        ("村情.pdf", b"MZ", "只能上传"),
        ("村情.exe", b"MZ", "只能上传"),
        ("村情.pdf", b"%PDF" + b"0" * (10 * 1024 * 1024 - 4), "已保存"),
        ("村情.pdf", b"%PDF" + b"0" * (10 * 1024 * 1024 - 3), "超过10MB"),
    ],
)
def test_what_may_be_uploaded(scene: Scene, signed_in, name: str, content: bytes, words: str) -> None:
    file = SimpleUploadedFile(name, content)
    answer = signed_in(scene.host_clerk()).post(
        f"/places/{unit_of(scene).pk}/file/", {"file": file}, follow=True
    )
    assert words in text_of(answer)


def test_the_list_counts_and_its_queries_do_not_grow(scene: Scene, signed_in) -> None:
    client = signed_in(scene.owner)
    write(scene, 0, people="312人")
    services.enter_category(
        unit_of(scene), "behind", entered_on=ON, document="3号", by=scene.owner, on=ON, at=AT
    )
    client.get("/places/")

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/places/")
        return len(queries)

    before = count()
    for _more in range(4):
        scene.add()
    assert count() == before
    rows = {one.item.pk: one.item for one in client.get("/places/").context["listing"].rows()}
    assert (rows[unit_of(scene).pk].n_texts, rows[unit_of(scene).pk].n_people) == (1, 1)
    narrowed = client.get("/places/?category=behind").context["listing"].rows()
    assert [one.item.pk for one in narrowed] == [unit_of(scene).pk]
    assert client.get("/places/?export=xlsx").status_code == 200


def test_a_secondee_is_led_to_their_own_place(scene: Scene, signed_in) -> None:
    answer = signed_in(with_account(scene)).get("/places/")
    assert answer.headers["Location"] == f"/places/{unit_of(scene).pk}/"


def test_a_unit_without_placements_is_no_place(scene: Scene) -> None:
    make_post(scene.county)
    assert scene.county not in visible_to(scene.owner, ON)
