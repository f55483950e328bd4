"""Where a place lies: the counties of its prefecture, drawn from the boundaries shipped with the product."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from secondment.units.models import Region, Unit

FOLDER = Path(__file__).parent / "boundaries"
# Half the height of a character of the name, in units of the map.
HALF_CHARACTER = 20


@dataclass(frozen=True)
class CountyMap:
    """What is drawn, in units of the map; `own` is the county of the place if the boundaries know it."""

    width: int
    height: int
    lines: str
    others: list[dict[str, Any]]
    own: dict[str, Any] | None

    @property
    def name_x(self) -> int:
        """The middle of the written name of `own`, moved so that the whole name stands on the map."""
        if self.own is None:
            return 0
        half = min(len(self.own["name"]) * HALF_CHARACTER, self.width // 2)
        wanted: int = self.own["name_at"][0]
        return min(max(wanted, half), self.width - half)


def region_of(unit: Unit) -> Region | None:
    """The region of the unit, or of the nearest unit above that has one."""
    above = Unit.objects.filter(pk__in=unit.path.rstrip("/").split("/"), region__isnull=False)
    nearest = above.select_related("region").order_by("-path").first()
    return nearest.region if nearest else None


def map_of(region: Region) -> CountyMap | None:
    """The prefecture around the region; None where the boundaries have none."""
    county = region.code[:6]
    file = FOLDER / f"{prefecture_of(county)}.json"
    if len(county) < 4 or not file.exists():
        return None
    drawn = json.loads(file.read_text(encoding="utf-8"))
    # a prefecture without counties is one area
    codes = {county, f"{county[:4]}00"}
    own = next((one for one in drawn["areas"] if one["code"] in codes), None)
    others = [one for one in drawn["areas"] if one is not own]
    return CountyMap(drawn["width"], drawn["height"], drawn["lines"], others, own)


def prefecture_of(county: str) -> str:
    """The first four digits; the districts and the counties of Chongqing stand on one map."""
    return "5001" if county.startswith("5002") else county[:4]
