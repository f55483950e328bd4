"""What the pages about the burden of forms show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.burden.budgets import allowed_for, budgets, rounded
from secondment.burden.choices import ROLES
from secondment.burden.cost import DutyLoad, form_of_duty, loads_of, minutes_by_role
from secondment.burden.lists import read_words
from secondment.burden.models import Budget, LetThrough, Request
from secondment.burden.queries import abolished, regular_minutes, versions_in_use
from secondment.burden.register_lines import Line
from secondment.burden.services import Assessment
from secondment.burden.words import excess_words, minutes_words
from secondment.campaigns.models import ProgrammeVersion
from secondment.common.components import Fact
from secondment.common.sentences import listed
from secondment.daily_work.effort import CHARACTERS_A_MINUTE, SECONDS_A_FIELD, SECONDS_A_PAGE


def speeds() -> str:
    """The fixed speeds, printed beside every figure."""
    return _("按每分钟 %(n)d 字、每项 %(field)d 秒、每页 %(page)d 秒计算，不统计任何人的用时。") % {
        "n": CHARACTERS_A_MINUTE,
        "field": SECONDS_A_FIELD,
        "page": SECONDS_A_PAGE,
    }


def form_facts(line: Line) -> list[Fact]:
    """Who fills it in, who reads it, why, and what paper it takes the place of."""
    form = line.form
    return [
        Fact(_("谁填"), form.role.label),
        Fact(_("谁看"), listed(one.label for one in form.readers)),
        Fact(_("依据"), str(form.basis)),
        Fact(_("代替什么"), str(form.replaces)),
        Fact(_("系统带出"), f"{form.prefilled:.0%}"),
        Fact(_("上一年查阅"), read_words(line)),
        Fact(_("浏览器走查"), _("有，点击和字数由走查数出") if form.journey else _("没有走查，按字段计算")),
    ]


def arithmetic(line: Line) -> list[Fact]:
    """The sum as it is written, so that anybody can do it by hand."""
    form = line.form
    once = _("%(pages)d 页 + %(fields)s 项 + %(characters)s 字 = %(minutes)s 分钟") % {
        "pages": form.pages,
        "fields": f"{form.n_fields:g}",
        "characters": f"{form.n_characters:g}",
        "minutes": f"{line.each:.1f}",
    }
    facts = [Fact(_("每次"), once, is_wide=True)]
    for role, one in line.by_role.items():
        words = _("%(people)d 人（单位），一年 %(times)d 次，分 %(sittings)d 次办理 = %(minutes)s") % {
            "people": one.people,
            "times": one.times,
            "sittings": one.sittings,
            "minutes": minutes_words(line.minutes[role]),
        }
        facts.append(Fact(role.label, words, is_wide=True))
    return facts


@dataclass(frozen=True)
class BudgetRow:
    """A role with its budget and what the duties of a year take of it."""

    role: Role
    budget: int
    set_as: Budget | None
    regular: int

    @property
    def is_over(self) -> bool:
        """Whether the duties take more."""
        return self.regular > self.budget


def budget_rows() -> list[BudgetRow]:
    """Every role."""
    allowed, regular = budgets(), regular_minutes(versions_in_use())
    rows = {one.role: one for one in Budget.objects.select_related("set_by")}
    return [
        BudgetRow(role, allowed[role], rows.get(role.value), rounded(regular.get(role, 0.0)))
        for role in ROLES
    ]


@dataclass(frozen=True)
class CostRow:
    """One duty of a programme, as the page shows it."""

    label: str
    role: str
    form: str
    times: float
    minutes: float


@dataclass(frozen=True)
class RoleCost:
    """A role's minutes under a programme, beside what is allowed."""

    role: Role
    minutes: int
    allowed: int

    @property
    def is_over(self) -> bool:
        """Whether it asks for more."""
        return self.minutes > self.allowed


@dataclass(frozen=True)
class ProgrammeCost:
    """What a version of a programme asks of each role in a year, about one secondee."""

    rows: Sequence[CostRow]
    roles: Sequence[RoleCost]
    let_through: Iterable[LetThrough]


def programme_cost(version: ProgrammeVersion) -> ProgrammeCost:
    """The duties one by one, and the sums."""
    loads = loads_of(version.parameters, off=abolished())
    sums, allowed = minutes_by_role(loads), allowed_for(version.programme)
    return ProgrammeCost(
        rows=[_cost_row(one) for one in loads],
        roles=[RoleCost(role, rounded(sums.get(role, 0.0)), allowed[role]) for role in ROLES],
        let_through=LetThrough.objects.filter(programme=version.programme).select_related("let_by"),
    )


def _cost_row(load: DutyLoad) -> CostRow:
    form = form_of_duty(load.duty.kind)
    return CostRow(
        str(load.duty.label),
        str(load.duty.role.label),
        str(form.label) if form else "",
        load.times,
        load.minutes,
    )


def assessment_facts(assessment: Assessment) -> list[Fact]:
    """What a request would cost, before it is issued."""
    year = {
        "regular": rounded(assessment.regular),
        "requested": rounded(assessment.requested),
        "new": rounded(assessment.minutes),
        "year": rounded(assessment.year),
        "budget": assessment.budget,
    }
    words = _(
        "经常性 %(regular)d + 已发临时事项 %(requested)d + 本次 %(new)d = %(year)d 分钟，预算 %(budget)d 分钟"
    )
    facts = [
        Fact(
            _("要求谁报"),
            _("%(role)s，%(n)d 个单位") % {"role": assessment.role.label, "n": assessment.n_offices},
        ),
        Fact(_("每个单位"), minutes_words(assessment.minutes)),
        Fact(_("合计"), minutes_words(assessment.total)),
        Fact(_("全年每名挂职干部"), words % year, is_wide=True),
    ]
    if assessment.excess is not None:
        facts.append(Fact(_("超出预算"), excess_words(assessment.excess), is_wide=True))
    return facts


def request_facts(request: Request) -> list[Fact]:
    """What is asked, by whom, why, and what it costs."""
    facts = [
        Fact(_("提出单位"), request.owner_unit.name),
        Fact(_("要求谁报"), request.get_role_display()),
        Fact(_("截止日期"), request.due_on),
        Fact(_("谁看"), request.readers),
        Fact(_("依据"), request.basis),
        Fact(_("代替什么"), request.replaces),
        Fact(
            _("项数和字数"),
            _("%(n)d 项，不超过 %(most)d 字") % {"n": request.n_fields, "most": request.characters},
        ),
        Fact(_("每个单位"), minutes_words(request.minutes)),
        Fact(_("合计"), minutes_words(request.minutes * request.n_offices)),
        Fact(_("状态"), request.get_state_display()),
    ]
    if request.leader:
        facts.append(Fact(_("超预算同意"), f"{request.leader}：{request.leader_reason}", is_wide=True))
    return facts


def sums(lines: Sequence[Line]) -> list[Fact]:
    """Minutes of everybody in a year, by role."""
    found: Mapping[Role, float] = {role: sum(line.minutes.get(role, 0.0) for line in lines) for role in ROLES}
    return [Fact(role.label, minutes_words(minutes)) for role, minutes in found.items()]
