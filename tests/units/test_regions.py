"""The regions shipped with the product."""

from secondment.units.models import Region
from secondment.units.regions import load_regions


def test_regions_load_once_with_full_names(db: None) -> None:
    assert load_regions() == 31 + 342 + 2978 + 8366
    assert load_regions() == 0
    assert Region.objects.get(code="110111").full_name == "北京市房山区"
    assert Region.objects.get(code="110101001").full_name == "北京市东城区东华门街道"
    assert Region.objects.get(code="510682").full_name == "四川省德阳市什邡市"
    assert Region.objects.get(code="110111").parent_id == "1101"
