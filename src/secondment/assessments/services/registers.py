"""Open a year, bring it up to date, take it back; who is in it and among whom they are counted."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import covers
from secondment.assessments.choices import PoolKind, QuotaBasis
from secondment.assessments.facts import facts_of, main_placements, pool_kind
from secondment.assessments.models import Evaluation, Pool, Register
from secondment.assessments.papers import YEAR
from secondment.assessments.pools import bases_of
from secondment.assessments.queries import STANDING, candidates, decided_grades
from secondment.assessments.rules import require_may_manage, require_may_open
from secondment.assessments.services.errors import ReasonMissingError, RegisterError
from secondment.assessments.services.notifying import ask_units
from secondment.assessments.services.rechecking import bring_up_to_date
from secondment.audit.services import record
from secondment.campaigns.models import Programme, ProgrammeVersion
from secondment.common.errors import require
from secondment.documents.papers import forget_papers
from secondment.placements.models import Placement
from secondment.units.models import Unit


@transaction.atomic
def open_register(
    unit: Unit,
    *,
    year: int,
    opinions_by: dt.date,
    programme: Programme | None = None,
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> Register:
    """Open the assessment of a year for everybody whose placement touches it; both units are asked."""
    require_may_open(by)
    require(covers(by, unit.path, Role.ORGANISATION_DEPARTMENT))
    if year > on.year:
        raise RegisterError(_("%(year)d 年尚未开始，不能开展考核。请核对考核年度。") % {"year": year})
    same = Register.objects.filter(owner_unit=unit, year=year, programme=programme).first()
    if same is not None:
        raise RegisterError(
            _("%(year)d 年度考核已经开展。新增人员请在名册中更新名单。") % {"year": year},
            way=(_("打开名册"), reverse("assessments:register_detail", args=[same.pk])),
        )
    register = Register.objects.create(
        owner_unit=unit, year=year, programme=programme, opinions_by=opinions_by, opened_by=by, opened_at=at
    )
    added = _add(register)
    if not added:
        raise RegisterError(
            _("%(year)d 年没有待考核的挂职干部：当年没有在挂人员，或均已列入其他年度考核名册。")
            % {"year": year}
        )
    record("assessment.open", register, by=by, at=at, details={"n": len(added)})
    ask_units(added, at=at)
    return register


@transaction.atomic
def refresh_register(register: Register, *, by: User, at: dt.datetime) -> tuple[int, int]:
    """Take in who is missing and bring the facts of the undecided up to date; returns how many of either."""
    locked = lock(register)
    require_may_manage(by, locked)
    added = _add(locked)
    n_changed = bring_up_to_date(locked)
    if added or n_changed:
        details = {"n": len(added), "changed": n_changed}
        record("assessment.refresh", locked, by=by, at=at, details=details)
    ask_units(added, at=at)
    return len(added), n_changed


def may_be_withdrawn(register: Register) -> bool:
    """Nobody has said or decided anything in it."""
    is_heard = register.evaluations.filter(opinions__isnull=False).exists()
    return not is_heard and not register.decisions.exists()


@transaction.atomic
def withdraw_register(register: Register, *, reason: str, by: User, at: dt.datetime) -> None:
    """Take back a year that was opened by mistake, while nobody has said anything in it."""
    locked = lock(register)
    require_may_manage(by, locked)
    if not reason.strip():
        raise ReasonMissingError(_("请写明撤销名册的理由。"))
    if not may_be_withdrawn(locked):
        raise RegisterError(
            _("名册中已有考核意见或等次决定，不能撤销。个别人员不参加考核的，请单独移出名册。")
        )
    forget_papers(YEAR, locked.evaluations.values_list("pk", flat=True))
    record("assessment.withdraw", locked, by=by, at=at, details={"reason": reason.strip()})
    locked.evaluations.all().delete()
    locked.delete()


@transaction.atomic
def remove_evaluation(evaluation: Evaluation, *, reason: str, by: User, at: dt.datetime) -> None:
    """Take somebody out of the year who is not assessed here, before a grade is decided."""
    row = Evaluation.objects.select_for_update(of=("self",)).select_related("register__owner_unit")
    locked = row.get(pk=evaluation.pk)
    require_may_manage(by, locked.register)
    if not reason.strip():
        raise ReasonMissingError(_("请写明移出名册的理由。"))
    if locked.grades.exists():
        raise RegisterError(_("该人员的等次已登记决定，不能移出名册。确需变动的，请退回或更正决定。"))
    forget_papers(YEAR, [locked.pk])
    record("assessment.remove", locked, by=by, at=at, details={"reason": reason.strip()})
    locked.delete()


@transaction.atomic
def change_pools(evaluations: Sequence[Evaluation], kind: PoolKind, *, by: User, at: dt.datetime) -> int:
    """Count these people among others; returns how many moved. Who has a grade already stays where it was decided."""
    rows = Evaluation.objects.select_for_update(of=("self",)).filter(pk__in=[one.pk for one in evaluations])
    chosen = list(rows.select_related("register__owner_unit", "pool__programme_version", "person"))
    standing = decided_grades([one.pk for one in chosen], *STANDING)
    for one in chosen:
        require_may_manage(by, one.register)
        if one.pk in standing:
            raise RegisterError(
                _("%(name)s的等次已登记决定，不能再调整名额分组。") % {"name": one.person.name}
            )
    moved = [one for one in chosen if one.pool.kind != kind]
    for one in moved:
        details = {"from": one.pool.kind, "to": kind.value}
        one.pool = _pool(one.register, one.pool.programme_version, kind)
        one.version += 1
        one.save()
        record("assessment.change_pool", one, by=by, at=at, details=details)
    return len(moved)


@transaction.atomic
def set_basis(pool: Pool, basis: QuotaBasis, document: str, *, by: User, at: dt.datetime) -> Pool:
    """Say which share holds for a pool, and by which document."""
    register = lock(pool.register)
    require_may_manage(by, register)
    if basis not in bases_of(pool.kind):
        raise RegisterError(_("该类人员不适用这一比例。请重新选择。"))
    if basis != QuotaBasis.ORDINARY and not document.strip():
        raise ReasonMissingError(_("请填写批准或认定的文号。"))
    pool.basis, pool.document = basis, document.strip() if basis != QuotaBasis.ORDINARY else ""
    pool.save()
    details = {"basis": basis.value, "document": pool.document}
    record("assessment.set_basis", pool, by=by, at=at, details=details)
    return pool


def lock(register: Register) -> Register:
    """The row, locked: decisions on one register are made one after another."""
    rows = Register.objects.select_for_update(of=("self",)).select_related("owner_unit", "programme")
    return rows.get(pk=register.pk)


def _add(register: Register) -> list[Evaluation]:
    """Everybody who belongs to the year and is in no register of it."""
    placements = main_placements(candidates(register), register.year)
    return Evaluation.objects.bulk_create([_evaluation(register, one) for one in placements])


def _evaluation(register: Register, placement: Placement) -> Evaluation:
    facts = facts_of(placement, register.year, leave_workdays=None)
    return Evaluation(
        register=register,
        year=register.year,
        person=placement.person,
        placement=placement,
        pool=_pool(register, placement.programme_version, pool_kind(placement.person)),
        year_workdays=facts.year_workdays,
        host_workdays=facts.host_workdays,
        assessing_side=facts.side,
        limits=list(facts.limits),
    )


def _pool(register: Register, version: ProgrammeVersion, kind: PoolKind) -> Pool:
    """The pool of the kind in this programme; it keeps the version it was made with."""
    found = register.pools.filter(programme_version__programme=version.programme_id, kind=kind).first()
    return found or Pool.objects.create(register=register, programme_version=version, kind=kind)
