"""How documents name units: in full, once, a village with its township."""

import pytest
from tests.makers import make_region, make_unit

from secondment.units.choices import UnitKind
from secondment.units.official_names import office_of, official_name, place_and_title

pytestmark = pytest.mark.django_db
OFFICE = UnitKind.ORGANISATION_DEPARTMENT


@pytest.fixture
def city():
    return make_unit("示例市", kind=UnitKind.REGION, region=make_region("11", "示例市"))


def test_party_organs_sign_with_their_place(city) -> None:
    assert official_name(make_unit("市委组织部", city, kind=OFFICE)) == "中共示例市委组织部"
    assert official_name(make_unit("示例市委组织部", city, kind=OFFICE)) == "中共示例市委组织部"
    assert official_name(make_unit("中共示例市委宣传部", city)) == "中共示例市委宣传部"


def test_a_district_signs_with_its_city(city) -> None:
    region = make_region("1101", "石门区", parent=city.region)
    district = make_unit("石门区", city, kind=UnitKind.REGION, region=region)
    assert official_name(make_unit("区委组织部", district, kind=OFFICE)) == "中共示例市石门区委组织部"
    county = make_unit("石桥县", city, kind=UnitKind.REGION, region=make_region("1102", "石桥县"))
    assert official_name(make_unit("县委组织部", county, kind=OFFICE)) == "中共石桥县委组织部"
    alone = make_unit("东山区", kind=UnitKind.REGION, region=make_region("12", "东山区"))
    assert official_name(make_unit("区委组织部", alone, kind=OFFICE)) == "中共东山区委组织部"


def test_a_university_signs_with_its_committee() -> None:
    university = make_unit("示例大学")
    assert official_name(make_unit("党委组织部", university, kind=OFFICE)) == "中共示例大学委员会组织部"


def test_other_names_stay(city) -> None:
    for name in ("市发展改革委", "市国资委", "市直机关工委", "示例厅"):
        assert official_name(make_unit(name, city)) == name
    # without a region above, nobody knows which city it is
    assert official_name(make_unit("市委组织部", make_unit("示例集团"), kind=OFFICE)) == "市委组织部"
    assert official_name(make_unit("市委组织部")) == "市委组织部"


def test_a_name_on_record_is_signed(city) -> None:
    office = make_unit("组织部", city, kind=OFFICE, official_name="中共示例市委组织部")
    assert official_name(office) == "中共示例市委组织部"
    assert office_of(city) == "中共示例市委组织部"
    assert office_of(office) == "中共示例市委组织部"


def test_a_region_without_department_signs_itself(city) -> None:
    assert office_of(city) == "示例市"
    make_unit("市委组织部", city, kind=OFFICE, is_active=False)
    assert office_of(city) == "示例市"


def test_the_unit_is_named_once(city) -> None:
    bureau = make_unit("示例市医疗保障局", city, short_name="市医保局")
    for title in (
        "财务处处长",
        "示例市医疗保障局财务处处长",
        "市医保局财务处处长",
        "医疗保障局财务处处长",
        "市医疗保障局财务处处长",
    ):
        assert place_and_title(bureau, title) == "示例市医疗保障局财务处处长"
    assert place_and_title(bureau, "") == "示例市医疗保障局"
    # two letters at the end of a name may begin a title by chance
    assert place_and_title(bureau, "障局长") == "示例市医疗保障局障局长"


def test_a_village_follows_its_township(city) -> None:
    town = make_unit("斋堂镇", city, kind=UnitKind.TOWNSHIP)
    village = make_unit("双树村", town, kind=UnitKind.VILLAGE)
    for title in ("第一书记", "双树村第一书记", "斋堂镇双树村第一书记"):
        assert place_and_title(village, title) == "斋堂镇双树村第一书记"
    assert place_and_title(town, "斋堂镇副镇长（挂职）") == "斋堂镇副镇长（挂职）"
