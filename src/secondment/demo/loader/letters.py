"""Complaints and suggestions: one late, one to discipline, one anonymous, and those about people for whom they are planted."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.campaigns.parameters import Cycles
from secondment.common.days import ONE_DAY
from secondment.common.workdays import span_of_workdays
from secondment.demo.loader.accounts import SECONDEE
from secondment.demo.work.planted import OF_POST, Case
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.talks.choices import Finding, SuggestionCategory, SuggestionState
from secondment.talks.models import Suggestion
from secondment.talks.services.anonymous import index_of_code
from secondment.units.models import Unit

DEMO_CODE = "DEMA-2345-6789-ABCD"
"""The receipt code of the demo's anonymous letter, to try the page with."""
INTERFERENCE, ABUSE = SuggestionCategory.INTERFERENCE, SuggestionCategory.ABUSE
DEPARTMENT = Role.ORGANISATION_DEPARTMENT


@dataclass(frozen=True)
class Told:
    """A letter: of what kind, so many days ago, what it says, what was answered, and what was found."""

    category: SuggestionCategory
    ago: int
    text: str
    answer: str = ""
    finding: str = ""


LETTERS = (
    Told(SuggestionCategory.BURDEN, 5, "同一组数据一个月内按三种表样各报一次，建议合并。"),
    Told(SuggestionCategory.BENEFITS, 60, "交通补助两个月没有发放，请核实。"),
    Told(
        SuggestionCategory.OTHER,
        40,
        "建议每半年组织一次同县挂职干部的交流。",
        "已列入下半年座谈安排。",
    ),
)
TO_DISCIPLINE = Told(ABUSE, 4, "村集体工程没有公开招标，请核查。")
NAMELESS = Told(SuggestionCategory.BURDEN, 2, "开会、填表占去一半时间，建议减少。")
ABOUT: Mapping[Case, tuple[Told, Told]] = {
    Case.MEDDLES: (
        Told(
            INTERFERENCE,
            80,
            "越过村“两委”直接给村会计、施工队派活，村干部不知听谁的。",
            "已与本人谈话，明确按分工办事、重大事项集体研究。",
            Finding.PARTLY,
        ),
        Told(
            INTERFERENCE,
            35,
            "不在分工内的宅基地审批也要先经其同意，又改了村民代表会议定下的事。",
            "经核实情况存在，已责成镇党委当面纠正。",
            Finding.CONFIRMED,
        ),
    ),
    Case.ABUSES: (
        Told(
            ABUSE,
            90,
            "要求合作社从其亲戚的公司采购农资，价格高于市价。",
            "经核实采购程序不合规，合同已终止，按干部管理权限移交处理。",
            Finding.CONFIRMED,
        ),
        Told(
            ABUSE,
            30,
            "把帮扶项目车辆长期用于个人往返。",
            "车辆使用登记不全，已清退油费并完善登记。",
            Finding.PARTLY,
        ),
    ),
    Case.UNFOUNDED: (
        Told(
            INTERFERENCE,
            70,
            "村里的事样样都要插手。",
            "经走访村“两委”和村民代表，其提出的意见均经会议讨论，没有越权。",
            Finding.UNFOUNDED,
        ),
        Told(
            ABUSE,
            45,
            "安排亲属承包村里工程。",
            "工程经公开招标，中标单位与其没有亲属关系。",
            Finding.UNFOUNDED,
        ),
    ),
    Case.OTHER_COMPLAINT: (
        Told(
            SuggestionCategory.BENEFITS,
            75,
            "驻村宿舍没有取暖设备，请协调解决。",
            "已协调镇里安装电暖器。",
        ),
        Told(
            SuggestionCategory.BURDEN,
            50,
            "乡镇要求驻村干部每周另报工作台账，与情况报告重复。",
            "已通知停止另报。",
        ),
    ),
}
"""About each of these people two letters: the first from the county's department, the second anonymous."""


def load_letters(accounts: Mapping[str, User], *, discipline: Unit, on: dt.date) -> None:
    """Letters to the organisation department in charge, and one to a discipline organ."""
    org, sender = accounts["org"], accounts[SECONDEE]
    if org.unit is None:
        return
    rows = [_letter(org.unit, DEPARTMENT, told, on, org, sent_by=sender) for told in LETTERS]
    rows.append(_letter(discipline, Role.INSPECTOR, TO_DISCIPLINE, on, org, sent_by=sender))
    rows.append(_letter(org.unit, DEPARTMENT, NAMELESS, on, org, receipt=index_of_code(DEMO_CODE)))
    rows += _about_people(org.unit, accounts, on)
    Suggestion.objects.bulk_create(rows)


def _about_people(unit: Unit, accounts: Mapping[str, User], on: dt.date) -> Iterator[Suggestion]:
    codes = [code for code, case in OF_POST.items() if case in ABOUT]
    found = Placement.objects.filter(post__code__in=codes, state=PlacementState.IN_POST)
    org, district = accounts["org"], accounts["district"]
    for one in found.select_related("post").order_by("post__code"):
        named, nameless = ABOUT[OF_POST[one.post.code]]
        yield _letter(unit, DEPARTMENT, named, on, org, about=one, sent_by=district)
        receipt = index_of_code(f"DEMO-{one.post.code}")
        yield _letter(unit, DEPARTMENT, nameless, on, org, about=one, receipt=receipt)


def _letter(unit: Unit, role: Role, told: Told, on: dt.date, org: User, **whose: object) -> Suggestion:
    received_on = on - dt.timedelta(days=told.ago)
    due_on = span_of_workdays(received_on + ONE_DAY, Cycles().suggestion_days).last_day
    letter = Suggestion(
        category=told.category, unit=unit, role=role, received_on=received_on, due_on=due_on, **whose
    )
    letter.set_text(told.text)
    if told.answer:
        letter.state, letter.answered_by, letter.finding = SuggestionState.ANSWERED, org, told.finding
        letter.answered_on = received_on + 7 * ONE_DAY
        letter.set_answer(told.answer)
    return letter
