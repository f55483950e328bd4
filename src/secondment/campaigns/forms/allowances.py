"""The rows of the programme's editor that say what is paid: one allowance a row, an empty row is none."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.campaigns.choices import AllowanceKind, AllowanceUnit, Payer
from secondment.campaigns.parameters import FEN, AllowanceRule
from secondment.common.days import MonthField

MOST_ALLOWANCES = 6
PARTS = ("kind", "amount", "unit", "limit", "payer", "since", "basis", "is_confirmed")
NEEDED = {"amount": gettext_lazy("请填写标准；停发填 0"), "basis": gettext_lazy("请写明法律条款或文件名称")}


def add_allowances(form: forms.Form, known: tuple[AllowanceRule, ...]) -> None:
    """The fields of every row."""
    for row in range(MOST_ALLOWANCES):
        fields = _fields(known[row] if row < len(known) else None)
        form.fields.update({f"allowance_{part}.{row}": one for part, one in fields.items()})


def allowance_rows(form: forms.Form) -> list[list[BoundField]]:
    """The rows as the editor shows them."""
    return [[form[f"allowance_{part}.{row}"] for part in PARTS] for row in range(MOST_ALLOWANCES)]


def check_allowances(form: forms.Form, data: Mapping[str, Any]) -> None:
    """What a row that names an allowance must say as well."""
    for row in _filled(data):
        for part, words in NEEDED.items():
            if data.get(f"allowance_{part}.{row}") in (None, ""):
                form.add_error(f"allowance_{part}.{row}", str(words))


def plain_allowances(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows as JSON has them."""
    return [_plain({part: data[f"allowance_{part}.{row}"] for part in PARTS}) for row in _filled(data)]


def _filled(data: Mapping[str, Any]) -> Iterator[int]:
    return (row for row in range(MOST_ALLOWANCES) if data.get(f"allowance_kind.{row}"))


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **{part: row[part] for part in ("kind", "unit", "payer", "basis", "is_confirmed")},
        "amount_fen": int(row["amount"] * FEN),
        "limit": row["limit"] or 0,
        "since": f"{row['since']:%Y-%m}" if row["since"] else "",
    }


def _fields(known: AllowanceRule | None) -> dict[str, forms.Field]:
    since = dt.date.fromisoformat(f"{known.since}-01") if known and known.since else None
    return {
        "kind": forms.ChoiceField(
            label=_("补助"),
            required=False,
            choices=[("", _("不用")), *AllowanceKind.choices],
            initial=known.kind if known else "",
        ),
        "amount": forms.DecimalField(
            label=_("标准（元）"),
            required=False,
            min_value=0,
            max_value=10_000,
            decimal_places=2,
            initial=f"{known.amount_fen / FEN:.2f}" if known else None,
        ),
        "unit": forms.ChoiceField(
            label=_("计发方式"),
            required=False,
            choices=AllowanceUnit.choices,
            initial=known.unit if known else AllowanceUnit.MONTH,
        ),
        "limit": forms.IntegerField(
            label=_("每月限额"),
            required=False,
            min_value=0,
            max_value=31,
            initial=known.limit if known else None,
        ),
        "payer": forms.ChoiceField(
            label=_("承担单位"),
            required=False,
            choices=Payer.choices,
            initial=known.payer if known else Payer.HOME,
        ),
        "since": MonthField(label=_("从哪个月起"), required=False, initial=since),
        "basis": forms.CharField(
            label=_("依据"), required=False, max_length=200, initial=known.basis if known else ""
        ),
        "is_confirmed": forms.BooleanField(
            label=_("依据已核实"), required=False, initial=known.is_confirmed if known else True
        ),
    }
