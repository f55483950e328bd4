"""A county's department that appraises three people: two in villages of one township, one in a far township; a signed standard."""

import datetime as dt
from dataclasses import dataclass, field

from tests.makers import (
    make_campaign,
    make_person,
    make_placement,
    make_post,
    make_programme_version,
    make_unit,
    make_user,
)

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.appraisals.draws import current_digest
from secondment.appraisals.models import Appraisal, BallotPaper, Candidate
from secondment.appraisals.raters import NewRater
from secondment.appraisals.services import (
    NewAppraisal,
    add_candidates,
    add_raters,
    create_appraisal,
    freeze_appraisal,
    propose_papers,
)
from secondment.campaigns.models import Campaign
from secondment.people.choices import Category
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.standards.choices import IndicatorKind, Part, VersionState
from secondment.standards.models import Indicator, Standard, StandardVersion
from secondment.units.choices import UnitKind
from secondment.units.models import Unit

AT = dt.datetime(2026, 12, 1, 2, 0, tzinfo=dt.UTC)
ON = dt.date(2026, 12, 1)
STARTS_ON, ENDS_ON = dt.date(2026, 1, 5), dt.date(2028, 1, 5)
WEIGHTS = {"leaders": 30, "colleagues": 30, "masses": 20, "home": 10, "organisation": 10}


@dataclass
class Scene:
    root: Unit
    department: Unit
    township: Unit
    village: Unit
    second: Unit
    far: Unit
    home: Unit
    campaign: Campaign
    standard: StandardVersion
    owner: User
    colleague: User
    """Another account of the same department."""
    stranger: User
    """Of another county's department."""
    host: User
    home_clerk: User
    leader: User
    person: User
    placement: Placement
    other: Placement
    third: Placement
    placements: list[Placement] = field(default_factory=list)

    def new(self, **fields) -> NewAppraisal:
        values = {
            "name": "2026 年度民主测评",
            "occasion": "year",
            "year": 2026,
            "held_on": dt.date(2026, 12, 20),
            "closes_on": dt.date(2026, 12, 25),
            **fields,
        }
        return NewAppraisal(**values)

    def appraisal(self, *, on: dt.date = ON, **fields) -> Appraisal:
        return create_appraisal(self.department, self.new(**fields), by=self.owner, on=on, at=AT)

    def with_candidates(self, *placements: Placement, **fields) -> tuple[Appraisal, list[Candidate]]:
        appraisal = self.appraisal(**fields)
        made = add_candidates(appraisal, placements or self.placements, by=self.owner, at=AT)
        return appraisal, made

    def with_papers(self, *placements: Placement, **fields) -> Appraisal:
        appraisal, _made = self.with_candidates(*placements, **fields)
        propose_papers(appraisal, by=self.owner, at=AT)
        return appraisal

    def with_rosters(self, *placements: Placement, n: int = 6, **fields) -> Appraisal:
        appraisal = self.with_papers(*placements, **fields)
        for paper in appraisal.papers.all():
            self.fill(paper, n)
        return appraisal

    def fill(self, paper: BallotPaper, n: int, start: int = 1) -> None:
        rows = [NewRater(f"评议{paper.pk}甲{number}", "干部") for number in range(start, start + n)]
        add_raters(paper, rows, by=self.owner, at=AT)

    def frozen(
        self, *placements: Placement, n: int = 6, seed: str = "福彩2026341期 3 5 8", **fields
    ) -> Appraisal:
        appraisal = self.with_rosters(*placements, n=n, **fields)
        return self.freeze(appraisal, seed=seed)

    def freeze(self, appraisal: Appraisal, *, seed: str = "福彩2026341期 3 5 8") -> Appraisal:
        digest = current_digest(appraisal)
        return freeze_appraisal(appraisal, seed=seed, digest=digest, by=self.owner, on=ON, at=AT)


def make_standard(owner: Unit, by: User, *, name: str = "党政干部测评标准", **fields) -> StandardVersion:
    category = fields.pop("category", Category.PARTY_GOVERNMENT)
    standard = Standard.objects.create(
        owner_unit=owner, name=name, category=category, programme=fields.pop("programme", None)
    )
    values = {
        "number": 1,
        "state": VersionState.SIGNED,
        "level_names": ["差", "一般", "较好", "好"],
        "level_scores": [40, 60, 80, 100],
        "group_weights": WEIGHTS,
        "drafted_by": by,
        "drafted_at": AT,
        "signed_at": AT,
        **fields,
    }
    version = StandardVersion.objects.create(standard=standard, **values)
    rows = [("virtue", Part.VIRTUE, "政治品德", 40), ("ability", Part.ABILITY, "工作能力", 40)]
    for position, (code, part, title, weight) in enumerate(rows, 1):
        Indicator.objects.create(
            version=version,
            code=code,
            position=position,
            part=part,
            title=title,
            weight=weight,
            kind=IndicatorKind.RATED,
            source="rating",
            anchors=["多次失分", "基本达到", "表现稳定", "示范带头"],
            for_masses=code == "virtue",
            masses_title="为人正派、办事公道" if code == "virtue" else "",
        )
    Indicator.objects.create(
        version=version,
        code="tasks",
        position=3,
        part=Part.ACHIEVEMENT,
        title="任务完成率",
        weight=20,
        kind=IndicatorKind.QUANTITATIVE,
        source="task_book",
        points=[[0, 0], [100, 100]],
    )
    return version


def make_scene(parameters: dict | None = None) -> Scene:
    root = make_unit("示例市委", kind=UnitKind.PARTY_ORGAN)
    county = make_unit("示例县", root, kind=UnitKind.REGION)
    township = make_unit("示例镇", county, kind=UnitKind.TOWNSHIP)
    village = make_unit("示例村", township, kind=UnitKind.VILLAGE)
    second = make_unit("第二村", township, kind=UnitKind.VILLAGE)
    far = make_unit("远处乡", county, kind=UnitKind.TOWNSHIP)
    home = make_unit("示例厅", root)
    person = make_user(Role.SECONDEE, home, name="张三")
    campaign = make_campaign(county, programme_version=make_programme_version(parameters or {}))
    values = {"starts_on": STARTS_ON, "ends_on": ENDS_ON, "state": PlacementState.IN_POST}
    people = [
        make_person(home, account=person, name="张三"),
        make_person(home, name="李四"),
        make_person(home, name="王五"),
    ]
    placements = [
        make_placement(campaign, who, make_post(unit), **values)
        for who, unit in zip(people, [village, second, far], strict=True)
    ]
    owner = make_user(Role.ORGANISATION_DEPARTMENT, county, name="县委组织部")
    return Scene(
        root=root,
        department=county,
        township=township,
        village=village,
        second=second,
        far=far,
        home=home,
        campaign=campaign,
        standard=make_standard(county, owner),
        owner=owner,
        colleague=make_user(Role.ORGANISATION_DEPARTMENT, county, name="县委组织部副部长"),
        stranger=make_user(Role.ORGANISATION_DEPARTMENT, make_unit("别县", root, kind=UnitKind.REGION)),
        host=make_user(Role.HOST_UNIT, township, name="镇党委书记"),
        home_clerk=make_user(Role.HOME_UNIT, home, name="人事处"),
        leader=make_user(Role.LEADER, county, name="县领导"),
        person=person,
        placement=placements[0],
        other=placements[1],
        third=placements[2],
        placements=placements,
    )
