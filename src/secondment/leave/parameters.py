"""What a programme says about leave and presence."""

from collections.abc import Mapping, Sequence
from typing import Any

from secondment.campaigns.parameter_readers import ParameterReader

leave_levels: ParameterReader[Sequence[Mapping[str, Any]]] = ParameterReader("leave_levels")
absence_rule: ParameterReader[Mapping[str, Any]] = ParameterReader("rules.H20")
recall_rule: ParameterReader[Mapping[str, Any]] = ParameterReader("rules.H21")
presence_days_month: ParameterReader[int] = ParameterReader("presence_days_month")
presence_days_year: ParameterReader[int] = ParameterReader("presence_days_year")
