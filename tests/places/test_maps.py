"""Where a place lies: every county of the source is on a map, and the right one is filled."""

import json
import re

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from tests.daily_work.scene import Scene
from tests.makers import make_unit
from tests.pages import text_of
from tests.task_books.scene import with_account

from secondment.places.maps import FOLDER, CountyMap, map_of, prefecture_of, region_of
from secondment.units.models import Region, Unit

FILES = sorted(FOLDER.glob("*.json"))
MAPS = {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in FILES}
AREAS = {one["code"]: one for drawn in MAPS.values() for one in drawn["areas"]}
PLACED = re.compile(r"M(\d+),(\d+)")


def region(code: str, name: str = "示例县") -> Region:
    return Region(code=code, name=name, full_name=f"示例省{name}")


def filled(answer) -> list[str]:
    """The titles of the filled areas."""
    return re.findall(r'class="is-own"[^>]*><title>([^<]+)', answer.content.decode())


def lie(unit: Unit, code: str | None) -> None:
    if code:
        Region.objects.get_or_create(code=code, defaults={"name": "示例区划", "full_name": f"全称{code}"})
    Unit.objects.filter(pk=unit.pk).update(region_id=code)


def test_nothing_of_the_source_is_missing() -> None:
    assert len(FILES) == 347
    assert sum(len(drawn["areas"]) for drawn in MAPS.values()) == len(AREAS) == 2_891
    rings = sum(one["path"].count("M") for one in AREAS.values())
    assert rings == sum(one["path"].count("z") for one in AREAS.values()) == 3_686
    provinces = {code[:2] for code in AREAS}
    assert len(provinces) == 34
    assert {"71", "81", "82"} < provinces


def test_territories_as_far_as_the_source_goes() -> None:
    names = {key: {one["name"] for one in drawn["areas"]} for key, drawn in MAPS.items()}
    assert len(names["7100"]) == 20, "Taiwan: cities and counties, none below"
    assert {"台北市", "高雄市", "澎湖县", "宜兰县"} < names["7100"]
    assert len(names["8101"]) == 18, "Hong Kong: its districts"
    assert names["8200"] == {"澳门特别行政区"}
    assert names["4603"] == {"西沙区", "南沙区"}
    assert "金门县" in names["3505"]
    assert {"墨脱县", "察隅县", "错那市", "米林市"} <= names["5404"] | names["5405"]


def test_lines_that_are_no_county() -> None:
    dashes = {key: drawn["lines"].count("M") for key, drawn in MAPS.items() if drawn["lines"]}
    assert dashes["4603"] == 9, "all dashes of the South China Sea"
    assert (dashes["7100"], dashes["8101"], dashes["8200"]) == (2, 83, 9)


@pytest.mark.parametrize("key", MAPS)
def test_a_map_is_small_and_stands_in_its_frame(key: str) -> None:
    drawn = MAPS[key]
    assert (FOLDER / f"{key}.json").stat().st_size <= 60_000
    assert max(drawn["width"], drawn["height"]) == 1_000
    for one in drawn["areas"]:
        assert prefecture_of(one["code"]) == key
        starts = [(int(x), int(y)) for x, y in PLACED.findall(one["path"])]
        assert starts
        starts.append(tuple(one["name_at"]))
        assert all(0 <= x <= drawn["width"] and 0 <= y <= drawn["height"] for x, y in starts)
    found = map_of(region(drawn["areas"][0]["code"]))
    context = {"region": region(drawn["areas"][0]["code"]), "map": found, "number": ""}
    assert len(render_to_string("places/_place_map.html", context).encode()) <= 80_000


def test_all_maps_together_are_small() -> None:
    assert sum(file.stat().st_size for file in FILES) <= 5_000_000


@pytest.mark.parametrize(
    ("code", "name", "n_others"),
    [
        ("360730", "宁都县", 17),  # a county
        ("360730101", "宁都县", 17),  # a township in it
        ("500236", "奉节县", 37),  # a county of Chongqing, with the districts
        ("441900", "东莞市", 0),  # a prefecture without counties
        ("620201", "嘉峪关市", 0),  # by the number that the statistics give it
        ("540581", "错那市", 11),  # a county that became a city
    ],
)
def test_the_county_of_the_place(code: str, name: str, n_others: int) -> None:
    found = map_of(region(code))
    assert found is not None
    assert found.own is not None
    assert (found.own["name"], len(found.others)) == (name, n_others)
    assert found.own not in found.others


@pytest.mark.parametrize("code", ["130171", "3607"])
def test_what_is_no_county_has_the_map_of_its_prefecture(code: str) -> None:
    found = map_of(region(code))
    assert found is not None
    assert found.own is None
    assert found.name_x == 0
    assert len(found.others) == len(MAPS[code[:4]]["areas"])


@pytest.mark.parametrize("code", ["36", "999901", "9999"])
def test_what_has_no_map(code: str) -> None:
    assert map_of(region(code)) is None


@pytest.mark.parametrize(
    ("middle", "width", "x"),
    [(59, 1_000, 60), (60, 1_000, 60), (500, 1_000, 500), (940, 1_000, 940), (941, 1_000, 940), (10, 80, 40)],
)
def test_a_name_stands_on_the_map(middle: int, width: int, x: int) -> None:
    own = {"name": "宁都县", "name_at": [middle, 5]}
    assert CountyMap(width, 1_000, "", [], own).name_x == x


def test_the_nearest_region_above(scene: Scene) -> None:
    village = scene.people[0].host_unit
    assert region_of(village) is None
    for unit, code in ((scene.root, "36"), (scene.county, "360730"), (village, "360730101")):
        lie(unit, code)
        found = region_of(village)
        assert found is not None
        assert found.code == code
    lie(make_unit(parent=scene.county), "360731")
    assert region_of(scene.townships[0]).code == "360730", "not a sibling's"


def test_the_page_reads_the_map_when_asked(scene: Scene, signed_in) -> None:
    unit = scene.people[0].host_unit
    lie(scene.county, "360730")
    client = signed_in(with_account(scene))
    page = client.get(f"/places/{unit.pk}/").content.decode()
    assert f'hx-get="/places/{unit.pk}/map/"' in page
    assert 'class="county-map"' not in page
    answer = client.get(f"/places/{unit.pk}/map/")
    assert filled(answer) == ["宁都县"]
    assert answer.content.decode().count("<title>") == 18
    shown = text_of(answer)
    assert "所在区划：全称360730" in shown
    assert "图中其他县（市、区）： 章贡区、南康区、赣县区" in shown
    assert "行政区域示意，不作为划界依据。" in shown
    assert "对外公开使用前应当送审并在此填写审图号" in shown
    with override_settings(MAP_NUMBER="赣S（2026）001号"):
        shown = text_of(client.get(f"/places/{unit.pk}/map/"))
    assert "审图号：赣S（2026）001号" in shown
    assert "送审" not in shown


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (None, "没有登记所在区划，无法显示位置图"),
        ("999901", "全称999901（999901），系统随附的行政区域图中没有它所在的市"),
        ("130171", "全称130171（130171）。它不是图中的一个县（市、区），因此没有涂色"),
    ],
)
def test_what_cannot_be_shown_is_said(scene: Scene, signed_in, code: str | None, words: str) -> None:
    unit = scene.people[0].host_unit
    lie(unit, code)
    answer = signed_in(scene.host_clerk()).get(f"/places/{unit.pk}/map/")
    assert words in text_of(answer)
    assert filled(answer) == []


def test_strangers_see_no_map(scene: Scene, signed_in) -> None:
    unit = scene.people[0].host_unit
    lie(unit, "360730")
    assert signed_in(scene.host_clerk(1)).get(f"/places/{unit.pk}/map/").status_code == 404
    assert signed_in(scene.home_clerk()).get(f"/places/{unit.pk}/map/").status_code == 404


def test_the_map_costs_few_queries(scene: Scene, signed_in) -> None:
    unit, client = scene.people[0].host_unit, signed_in(scene.owner)
    lie(scene.county, "360730")

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/places/{unit.pk}/map/")
        return len(queries)

    client.get("/places/")
    before = count()
    assert before <= 6
    for _more in range(3):
        scene.add()
    assert count() == before
