"""What a programme sets for the yearly assessment: its rules H15 to H18, H24 to H26."""

from collections.abc import Mapping
from typing import Any

from secondment.campaigns.parameter_readers import ParameterReader

Setting = Mapping[str, Any]  # mode, basis, values

who_assesses: ParameterReader[Setting] = ParameterReader("rules.H15")
host_share: ParameterReader[int] = ParameterReader("rules.H15.values.host_share")
what_bars: ParameterReader[Setting] = ParameterReader("rules.H16")
shares: ParameterReader[Setting] = ParameterReader("rules.H17")
posting: ParameterReader[Setting] = ParameterReader("rules.H18")
most_characters: ParameterReader[int] = ParameterReader("burden.characters")
routine_rule: ParameterReader[Setting] = ParameterReader("rules.H24")
midterm_rule: ParameterReader[Setting] = ParameterReader("rules.H25")
band_rule: ParameterReader[Setting] = ParameterReader("rules.H26")
report_day: ParameterReader[int] = ParameterReader("cycles.report_day")
midterm_days: ParameterReader[int] = ParameterReader("cycles.midterm_days")
