"""Units and regions are found by what people type."""

import pytest
from tests.makers import make_region, make_unit

from secondment.files.faults import CellError
from secondment.units.models import Region, Unit
from secondment.units.queries import (
    ancestors_of,
    find_region,
    find_unit,
    place_of,
    suggest_regions,
    suggest_units,
)


def test_regions_are_found_by_code_name_and_full_name(db: None) -> None:
    province = make_region("52", "贵州省")
    city = make_region("5201", "贵阳市", province)
    county = make_region("520102", "南明区", city)
    assert [find_region(text) for text in ("52", "520000", "520100", "520102", "南明区", "贵州省贵阳市南明区")] == [
        province, province, city, county, county, county,
    ]  # fmt: skip
    make_region("110102", "南明区", make_region("11", "北京市"))
    with pytest.raises(CellError, match="有多个地方名为"):
        find_region("南明区")
    with pytest.raises(CellError, match="未找到区划"):
        find_region("99")
    assert [region.code for region in suggest_regions("南明")] == ["110102", "520102"]
    assert [region.code for region in suggest_regions("52")] == ["52", "5201", "520102"]


def test_a_city_below_a_municipality_of_the_same_name_is_written_by_its_code(db: None) -> None:
    municipality = make_region("11", "北京市")
    city = make_region("1101", "北京市", municipality)
    Region.objects.update(full_name="北京市")
    for region in (municipality, city):
        region.refresh_from_db()
        assert find_region(region.written) == region
    assert [municipality.written, city.written] == ["北京市", "1101"]
    for code in ("520102101", "520102102"):
        make_region(code, "城关镇")
    Region.objects.filter(code__startswith="52").update(full_name="贵州省城关镇")
    with pytest.raises(CellError, match="有多个地方名为"):
        find_region("贵州省城关镇")


def test_units_are_found_by_name_short_name_and_code(db: None) -> None:
    root = make_unit("示例省")
    unit = make_unit("教育厅", root, short_name="教厅", credit_code="91520000000000001X")
    for text in ("教育厅", "教厅", "示例省/教育厅", "示例省／教育厅", "91520000000000001x"):
        assert find_unit(text, Unit.objects.all()) == unit
    for text in ("", "/", "外省/教育厅", "教育"):
        with pytest.raises(CellError, match="未找到单位"):
            find_unit(text, Unit.objects.all())
    assert suggest_units("省/教", Unit.objects.all()) == [unit]
    assert ancestors_of(unit) == [root]


@pytest.mark.parametrize(("n", "shown"), [(19, 19), (20, 20), (21, 20)])
def test_twenty_are_suggested_at_most(db: None, n: int, shown: int) -> None:
    for number in range(n):
        make_unit(f"第{number:02}中学")
        make_region(f"5201021{number:02}", f"第{number:02}镇")
    assert len(suggest_units("中学", Unit.objects.all())) == shown
    assert len(suggest_regions("镇")) == shown


def test_a_full_name_goes_before_a_short_name(db: None) -> None:
    make_unit("甲乙县", short_name="甲县")
    full = make_unit("甲县")
    assert find_unit("甲县", Unit.objects.all()) == full


@pytest.mark.parametrize(
    ("kind", "name", "called"),
    [
        ("village", "大坪村", "白石镇大坪村"),
        ("village", "白石镇大坪村", "白石镇大坪村"),
        ("public_institution", "卫生院", "卫生院"),
    ],
)
def test_a_village_follows_its_township(db: None, kind: str, name: str, called: str) -> None:
    assert place_of(make_unit(name, make_unit("白石镇", kind="township"), kind=kind)) == called
    assert place_of(make_unit("某村", kind="village")) == "某村"
