"""Amounts are read by both offices of a placement, the departments above them and the person; the home unit writes."""

import datetime as dt

from secondment.accounts.choices import Role
from secondment.allowances.models import FundSpending, HealthCheck, Insurance, PayList
from tests.authorisation.matrix import Row
from tests.authorisation.rows_leave import in_post
from tests.authorisation.rows_posts import somebodys_file
from tests.authorisation.world import Side
from tests.makers import AT, make_user

CLERKS = frozenset({Role.HOME_UNIT, Role.ORGANISATION_DEPARTMENT})
OFFICES = CLERKS | {Role.HOST_UNIT}
READERS = OFFICES | {Role.SECONDEE}


def placement(side: Side) -> dict[str, int]:
    in_post(side)
    return {"pk": side.placement.pk}


def written(side: Side, **fields: object) -> dict[str, object]:
    in_post(side)
    return {"placement": side.placement, "recorded_by": make_user(), "recorded_at": AT, **fields}


def insurance(side: Side) -> dict[str, int]:
    days = {"starts_on": dt.date(2026, 1, 1), "ends_on": dt.date(2027, 1, 1)}
    return {"pk": Insurance.objects.create(**written(side, insurer="某公司", number="P1", **days)).pk}


def check(side: Side) -> dict[str, int]:
    return {"pk": HealthCheck.objects.create(**written(side, checked_on=dt.date(2026, 1, 1))).pk}


def spending(side: Side) -> dict[str, int]:
    values = {"spent_on": dt.date(2026, 1, 1), "what": "打印", "amount_fen": 100}
    return {"pk": FundSpending.objects.create(**written(side, **values)).pk}


def pay_list(side: Side) -> dict[str, int]:
    row, _is_new = PayList.objects.get_or_create(
        payer_unit=side.home_unit,
        starts_on=dt.date(2026, 3, 1),
        ends_on=dt.date(2026, 4, 1),
        defaults={
            "n_months": 1,
            "n_people": 0,
            "total_fen": 0,
            "issued_by": make_user(),
            "issued_at": AT,
        },
    )
    return {"pk": row.pk}


def wrong(_side: Side) -> dict[str, str]:
    return {"words": "填错"}


INSURED = {"insurer": "某公司", "number": "P2", "starts_on": "2026-06-01", "last_on": "2027-05-31"}
ROWS = {
    "allowances:ledger": Row(READERS),
    "allowances:placement_allowances": Row(READERS, placement),
    "allowances:insurance_record": Row(CLERKS, placement, "post", lambda _side: INSURED),
    "allowances:check_record": Row(CLERKS, placement, "post", lambda _side: {"checked_on": "2026-03-02"}),
    "allowances:trips_note": Row(CLERKS, placement, "post", lambda _side: {"month": "2026-03", "n": "2"}),
    "allowances:fund_set": Row(CLERKS, placement, "post", lambda _side: {"year": "2026", "amount": "1"}),
    "allowances:spending_record": Row(
        CLERKS, placement, "post", lambda _side: {"spent_on": "2026-03-02", "what": "打印", "spent": "1"}
    ),
    "allowances:spending_void": Row(CLERKS, spending, "post", wrong),
    "allowances:insurance_void": Row(CLERKS, insurance, "post", wrong),
    "allowances:check_void": Row(CLERKS, check, "post", wrong),
    "allowances:pay_lists": Row(OFFICES),
    "allowances:pay_list_new": Row(frozenset()),
    "allowances:pay_list": Row(CLERKS, pay_list),
    "allowances:pay_list_workbook": Row(CLERKS, pay_list),
    "allowances:pay_list_document": Row(CLERKS, pay_list),
    "allowances:allowance_sheet": Row(CLERKS),
    "allowances:allowance_import": Row(CLERKS),
    "allowances:allowance_import_review": Row(frozenset(), somebodys_file),
    "allowances:allowance_import_aside": Row(frozenset(), somebodys_file, "post"),
    "allowances:allowance_import_faults": Row(frozenset(), somebodys_file),
    "allowances:allowance_import_confirm": Row(frozenset(), somebodys_file, "post"),
}
