"""Real counties and townships, read from the regions shipped with the product."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

RURAL_ENDINGS = ("镇", "乡", "地区")
NO_NATIVE_PLACES = ("开发区", "示范区", "管理区", "产业园", "市辖区", "新区")


@dataclass(frozen=True)
class Place:
    """A region by its code, with the short name of its province."""

    code: str
    name: str
    province: str


@cache
def counties() -> tuple[Place, ...]:
    """The counties of the code list that people can come from."""
    provinces = {row["code"]: row["name"] for row in _rows("provinces")}
    return tuple(
        Place(row["code"], row["name"], _short(provinces[row["provinceCode"]]))
        for row in _rows("areas")
        if row["name"] != "县" and not row["name"].endswith(NO_NATIVE_PLACES)
    )


@cache
def rural_townships(district: str) -> tuple[Place, ...]:
    """The townships of a farming district; those that only have sub-districts name them as “地区”."""
    named = [row for row in _rows("townships") if row["areaCode"] == district]
    rural = [row for row in named if row["name"].endswith(RURAL_ENDINGS)]
    return tuple(Place(row["code"], row["name"], "北京") for row in rural)


@cache
def townships_of(county: str) -> tuple[Place, ...]:
    """Every township and sub-district of a county."""
    return tuple(
        Place(row["code"], row["name"], "") for row in _rows("townships") if row["areaCode"] == county
    )


def _short(province: str) -> str:
    for ending in ("维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市"):
        if province.endswith(ending):
            return province.removesuffix(ending)
    return province


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    file = resources.files("secondment.units").joinpath("data", "regions", f"{name}.csv")
    return tuple(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))
