"""How documents name units: in full, once, a village with its township."""

import re

from secondment.units.choices import UnitKind
from secondment.units.models import Unit
from secondment.units.queries import place_of

# 市委组织部, 门头沟区委组织部: the committee of a place, then its organ
_COMMITTEE = re.compile(r"(?P<place>.*?[省市县区州盟旗])委(?P<organ>.+)")
_ON_SECONDMENT = re.compile(r"[（(]挂职[）)]$")
SHORTEST_TAIL = 3  # a shorter end of a unit's name may begin a title by chance


def office_of(owner: Unit) -> str:
    """Who signs for `owner`, in full: itself, or the organisation department below a region or university."""
    if owner.kind == UnitKind.ORGANISATION_DEPARTMENT:
        return official_name(owner)
    below = Unit.objects.filter(parent=owner, kind=UnitKind.ORGANISATION_DEPARTMENT, is_active=True)
    office = below.select_related("parent__region__parent").order_by("position", "pk").first()
    return official_name(office or owner)


def official_name(unit: Unit) -> str:
    """The full name as documents sign it: the one on record, else that of a party organ made from its place.

    市委组织部 of 北京市 signs as 中共北京市委组织部, 党委组织部 of a university as 中共…委员会组织部.
    """
    if unit.official_name:
        return unit.official_name
    if unit.name.startswith("中共") or unit.parent is None:
        return unit.name
    if unit.name.startswith("党委"):
        return f"中共{unit.parent.name}委员会{unit.name.removeprefix('党委')}"
    found = _COMMITTEE.fullmatch(unit.name)
    place = _whole_place(unit.parent, found["place"]) if found else ""
    return f"中共{place}委{found['organ']}" if found and place else unit.name


def place_and_title(unit: Unit, title: str) -> str:
    """The unit and the title, the unit named once however the title names it: in full, in short, or by its end."""
    where = place_of(unit)
    if where in title:
        return title
    for known in (unit.name, unit.short_name):
        if known and known in title:
            return title.replace(known, where, 1)
    tails = (unit.name[at:] for at in range(1, len(unit.name) - SHORTEST_TAIL + 1))
    tail = next((one for one in tails if title.startswith(one)), "")
    return f"{where}{title.removeprefix(tail)}"


def seconded_to(unit: Unit, title: str) -> str:
    """The same of a post beside the words 挂任 or 挂职: a title that ends in （挂职） does not say it a second time."""
    return place_and_title(unit, _ON_SECONDMENT.sub("", title))


def _whole_place(above: Unit, place: str) -> str:
    """The place with its name, a district with its city: 市 of 北京市 is 北京市, 门头沟区 is 北京市门头沟区."""
    if above.kind != UnitKind.REGION or not above.name.endswith(place):
        return place if len(place) > 1 else ""
    city = above.region.parent if above.region and above.name.endswith("区") else None
    return f"{city.name}{above.name}" if city and city.name.endswith("市") else above.name
