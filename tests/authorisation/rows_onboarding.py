"""Accounts in bulk: one side asks and prints, the security administrator decides."""

from secondment.accounts.choices import Role
from secondment.onboarding.models import AccountBatch
from secondment.onboarding.services import LineAsked, ask_batch, confirm_batch
from tests.authorisation.matrix import Row
from tests.authorisation.world import Side
from tests.makers import make_person, make_unit, make_user

ASKERS = frozenset({Role.ORGANISATION_DEPARTMENT, Role.SYSTEM_ADMINISTRATOR})
SECURITY = frozenset({Role.SECURITY_ADMINISTRATOR})


def now():
    from django.utils import timezone

    return timezone.now()  # noqa: TID251 -- one-time passwords live by the clock of the pages


def batch(side: Side) -> AccountBatch:
    asker = make_user(Role.ORGANISATION_DEPARTMENT, side.root)
    lines = [LineAsked(side.home_unit, "示例", f"batch.{asker.pk}")]
    return ask_batch(lines, roles=[Role.HOME_UNIT], by=asker, at=now())


def asked(side: Side) -> dict[str, object]:
    return {"pk": batch(side).pk}


def made(side: Side) -> dict[str, object]:
    row = batch(side)
    confirm_batch(row, by=make_user(Role.SECURITY_ADMINISTRATOR, side.root), at=now())
    return {"pk": row.pk}


def made_for_person(side: Side) -> dict[str, object]:
    """System administrators open no account that shows a person's file."""
    asker, person = make_user(Role.ORGANISATION_DEPARTMENT, side.root), make_person(side.home_unit)
    lines = [LineAsked(person.unit, person.name, f"batch.{asker.pk}", person)]
    row = ask_batch(lines, roles=[Role.SECONDEE], by=asker, at=now())
    confirm_batch(row, by=make_user(Role.SECURITY_ADMINISTRATOR, side.root), at=now())
    return {"pk": row.pk}


def unit(side: Side) -> dict[str, object]:
    return {"selected": [make_unit("示例站", side.root).pk]}


ROWS = {
    "onboarding:batch_list": Row(ASKERS | SECURITY),
    "onboarding:unit_list": Row(ASKERS),
    "onboarding:home_units_ask": Row(ASKERS, method="post", data=unit),
    "onboarding:host_units_ask": Row(ASKERS, method="post", data=unit),
    "onboarding:both_units_ask": Row(ASKERS, method="post", data=unit),
    "onboarding:batch_detail": Row(ASKERS | SECURITY, asked),
    "onboarding:batch_progress": Row(ASKERS | SECURITY, asked),
    "onboarding:batch_confirm": Row(SECURITY, asked, "post"),
    "onboarding:batch_decline": Row(ASKERS | SECURITY, asked, "post"),
    "onboarding:slips_print": Row(frozenset({Role.ORGANISATION_DEPARTMENT}), made_for_person, "post"),
    "onboarding:codes_renew": Row(ASKERS, made, "post"),
    "start:index": Row(public=True),
    "start:facts": Row(public=True),
    "start:key": Row(public=True, method="post"),
    "start:finish": Row(public=True, method="post"),
    "start:done": Row(public=True, method="post"),
}
