"""Columns that many lists have."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from secondment.common.components import Status
from secondment.common.listing.listing import Column


def state_column(colours: Mapping[str, Status], **more: Any) -> Column:
    """The state of a row in its words and its colour."""
    return Column(
        "state",
        _("状态"),
        value=lambda row: row.get_state_display(),
        status=lambda row: colours[row.state],
        phone="aside",
        **more,
    )
