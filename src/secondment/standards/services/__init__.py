"""Write standards: one function for each action of a user."""

from secondment.standards.services.creating import Beginning, create_standard, start_version
from secondment.standards.services.drafting import (
    move_indicator,
    remove_indicator,
    set_groups,
    set_levels,
    set_weights,
    write_indicator,
    write_indicators,
)
from secondment.standards.services.signing import (
    drop_draft,
    recall_version,
    retire_version,
    return_version,
    sign_version,
    submit_version,
)
from secondment.standards.services.weighing import Comparison, compared_weights, weigh_by_comparison

__all__ = [
    "Beginning",
    "Comparison",
    "compared_weights",
    "create_standard",
    "drop_draft",
    "move_indicator",
    "recall_version",
    "remove_indicator",
    "retire_version",
    "return_version",
    "set_groups",
    "set_levels",
    "set_weights",
    "sign_version",
    "start_version",
    "submit_version",
    "weigh_by_comparison",
    "write_indicator",
    "write_indicators",
]
