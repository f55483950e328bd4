"""The tree of units: 北京市 with its organs, districts and townships, and the regions it helps."""

from secondment.demo.facts import DemoUnit
from secondment.demo.places import FARMING_DISTRICTS, ORGANISATIONS, SHIFANG, SHIFANG_ORGANS
from secondment.demo.positions import Workplace
from secondment.demo.regions import rural_townships, townships_of
from secondment.units.choices import UnitKind, UnitLevel

ROOT, DEPARTMENT, HELPED = "beijing", "organisation-department", "helped-regions"
CAMPUS, CAMPUS_REGION = "北京工业大学", "110105"
CAMPUS_PARTS = (
    "教务处",
    "科学技术发展院",
    "学生工作部",
    "信息科学技术学院",
    "城市建设学部",
    "经济与管理学院",
    "马克思主义学院",
)
DISTRICT_ORGANS = (
    ("区委办公室", UnitKind.PARTY_ORGAN, ("party_affairs",)),
    ("区发展改革委", UnitKind.GOVERNMENT_ORGAN, ("economy_finance",)),
    ("区农业农村局", UnitKind.GOVERNMENT_ORGAN, ("agriculture",)),
    ("区文化和旅游局", UnitKind.GOVERNMENT_ORGAN, ("culture_tourism",)),
)
# Counties of 和田 that Beijing is paired with.
HOTAN = {"653201": "和田市", "653221": "和田县", "653222": "墨玉县", "653224": "洛浦县"}


def organisation_key(number: int) -> str:
    """The key of organisation `number` of the list of sending organisations."""
    return f"organisation-{number:03d}"


CAMPUS_KEY = organisation_key(next(i for i, one in enumerate(ORGANISATIONS) if one.name == CAMPUS))


def sending_workplaces() -> list[Workplace]:
    """The ninety sending organisations."""
    return [
        Workplace(organisation_key(number), one.name, one.kind, one.specialties)
        for number, one in enumerate(ORGANISATIONS)
    ]


def township_workplaces(district: str) -> list[Workplace]:
    """The townships of a district as employers."""
    return [
        Workplace(
            f"township-{place.code}",
            place.name,
            UnitKind.TOWNSHIP,
            ("agriculture", "party_affairs"),
            is_county=True,
        )
        for place in rural_townships(district)
    ]


def district_workplaces(district: str) -> list[Workplace]:
    """The organs of a district as employers."""
    return [
        Workplace(f"district-{district}-{number}", _named(district, name), kind, specialties, is_county=True)
        for number, (name, kind, specialties) in enumerate(DISTRICT_ORGANS)
    ]


def campus_workplaces() -> list[Workplace]:
    """The departments and faculties of the university with a separate campaign."""
    return [
        Workplace(
            f"campus-{number}",
            f"{CAMPUS}{name}",
            UnitKind.UNIVERSITY,
            ("education", "party_affairs"),
            is_division=True,
        )
        for number, name in enumerate(CAMPUS_PARTS)
    ]


def tree() -> list[DemoUnit]:
    """Every unit but the villages, parents first."""
    return [
        DemoUnit(ROOT, "北京市", UnitKind.REGION, UnitLevel.PROVINCIAL, region="11"),
        DemoUnit(
            DEPARTMENT, "市委组织部", UnitKind.ORGANISATION_DEPARTMENT, UnitLevel.PREFECTURAL, ROOT, "11"
        ),
        *_organisations(),
        *_campus(),
        *(unit for code in FARMING_DISTRICTS for unit in _district(code)),
        *_helped(),
    ]


def _organisations() -> list[DemoUnit]:
    return [
        DemoUnit(organisation_key(number), one.name, one.kind, UnitLevel.PREFECTURAL, ROOT, "11")
        for number, one in enumerate(ORGANISATIONS)
    ]


def _campus() -> list[DemoUnit]:
    department = DemoUnit(
        "campus-department",
        "党委组织部",
        UnitKind.ORGANISATION_DEPARTMENT,
        UnitLevel.PREFECTURAL,
        CAMPUS_KEY,
        CAMPUS_REGION,
    )
    parts = [
        DemoUnit(
            f"campus-{number}", name, UnitKind.UNIVERSITY, UnitLevel.PREFECTURAL, CAMPUS_KEY, CAMPUS_REGION
        )
        for number, name in enumerate(CAMPUS_PARTS)
    ]
    return [department, *parts]


def _district(code: str) -> list[DemoUnit]:
    key, name = f"district-{code}", FARMING_DISTRICTS[code][0]
    organs = [
        ("区委组织部", UnitKind.ORGANISATION_DEPARTMENT),
        *((one[0], one[1]) for one in DISTRICT_ORGANS),
    ]
    return [
        DemoUnit(key, name, UnitKind.REGION, UnitLevel.COUNTY, ROOT, code),
        *(
            DemoUnit(f"{key}-{number}", _named(code, organ), kind, UnitLevel.COUNTY, key, code)
            for number, (organ, kind) in enumerate(organs, start=-1)
        ),
        *(
            DemoUnit(
                f"township-{place.code}", place.name, UnitKind.TOWNSHIP, UnitLevel.TOWNSHIP, key, place.code
            )
            for place in rural_townships(code)
        ),
    ]


def _named(district: str, organ: str) -> str:
    """门头沟 and 区委办公室 make 门头沟区委办公室."""
    return FARMING_DISTRICTS[district][0].removesuffix("区") + organ


def _helped() -> list[DemoUnit]:
    """什邡 after the earthquake of 2008 and the counties of 和田."""
    shifang = "shifang"
    return [
        DemoUnit(HELPED, "对口支援和协作地区", UnitKind.REGION, UnitLevel.PREFECTURAL, ROOT),
        DemoUnit(shifang, "四川省什邡市", UnitKind.REGION, UnitLevel.COUNTY, HELPED, SHIFANG),
        *(
            DemoUnit(
                f"{shifang}-{number}",
                f"什邡{name}",
                UnitKind.PARTY_ORGAN if name.startswith("市委") else UnitKind.GOVERNMENT_ORGAN,
                UnitLevel.COUNTY,
                shifang,
                SHIFANG,
            )
            for number, name in enumerate(SHIFANG_ORGANS)
        ),
        *(
            DemoUnit(
                f"{shifang}-{place.code}",
                place.name,
                UnitKind.TOWNSHIP,
                UnitLevel.TOWNSHIP,
                shifang,
                place.code,
            )
            for place in townships_of(SHIFANG)
        ),
        *(
            DemoUnit(f"hotan-{code}", f"新疆{name}", UnitKind.REGION, UnitLevel.COUNTY, HELPED, code)
            for code, name in HOTAN.items()
        ),
    ]
