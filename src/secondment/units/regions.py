"""The regions shipped with the product: GB/T 2260 codes and statistical townships."""

import csv
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction

from secondment.units.choices import RegionLevel
from secondment.units.models import Region

FOLDER = Path(__file__).parent / "data" / "regions"
# Names of levels that exist in the code list only ("北京市 市辖区 房山区").
FILLERS = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}


@transaction.atomic
def load_regions() -> int:
    """Load every region that is not there yet, parents first; returns how many were new."""
    known = set(Region.objects.values_list("code", flat=True))
    full_names: dict[str, str] = {}
    n_new = 0
    for file, level, parent_column in [
        ("provinces", RegionLevel.PROVINCE, None),
        ("cities", RegionLevel.CITY, "provinceCode"),
        ("areas", RegionLevel.COUNTY, "cityCode"),
        ("townships", RegionLevel.TOWNSHIP, "areaCode"),
    ]:
        rows = [_region(row, level, parent_column, full_names) for row in _rows(file)]
        new = [region for region in rows if region.code not in known]
        Region.objects.bulk_create(new, batch_size=1000)
        n_new += len(new)
    return n_new


def _region(
    row: dict[str, str], level: RegionLevel, parent_column: str | None, full_names: dict[str, str]
) -> Region:
    code, name = row["code"], row["name"]
    parent = row[parent_column] if parent_column else None
    above = full_names[parent] if parent else ""
    full_names[code] = above if name in FILLERS else above + name
    return Region(code=code, name=name, level=level, parent_id=parent, full_name=full_names[code])


def _rows(file: str) -> Iterator[dict[str, str]]:
    with (FOLDER / f"{file}.csv").open(encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines)
