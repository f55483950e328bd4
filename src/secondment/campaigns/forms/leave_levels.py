"""The fields of leave levels, for a programme and for a county: days, approver and offices of each."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from secondment.campaigns.choices import LeaveChain
from secondment.campaigns.parameters import LeaveLevel

MOST_LEAVE_LEVELS = 4


def add_leave_fields(form: forms.Form, levels: Sequence[LeaveLevel]) -> None:
    """Rows for as many levels as there can be, filled with those there are."""
    for level in range(MOST_LEAVE_LEVELS):
        known = levels[level] if level < len(levels) else None
        form.fields[f"leave_days.{level}"] = forms.IntegerField(
            label=_("天数"),
            required=False,
            min_value=1,
            max_value=365,
            initial=known.up_to_days if known else None,
        )
        form.fields[f"leave_approver.{level}"] = forms.CharField(
            label=_("审批人"), required=False, max_length=60, initial=known.approver if known else ""
        )
        form.fields[f"leave_chain.{level}"] = forms.ChoiceField(
            label=_("由谁在系统中审批"),
            required=False,
            choices=LeaveChain.choices,
            initial=known.offices if known else LeaveChain.HOST_OWNER,
        )


def leave_rows(form: forms.Form) -> list[tuple[BoundField, ...]]:
    """Days, approver and offices of each level."""
    return [
        tuple(form[f"leave_{part}.{level}"] for part in ("days", "approver", "chain"))
        for level in range(MOST_LEAVE_LEVELS)
    ]


def plain_levels(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Those that were filled in, as plain data."""
    return [
        {
            "up_to_days": data[f"leave_days.{level}"],
            "approver": data[f"leave_approver.{level}"],
            "chain": data[f"leave_chain.{level}"],
        }
        for level in range(MOST_LEAVE_LEVELS)
        if data[f"leave_approver.{level}"] or data[f"leave_days.{level}"]
    ]
