"""What a programme sets for the yearly assessment: its rules H15 to H18."""

from collections.abc import Mapping
from typing import Any

from secondment.campaigns.parameter_readers import ParameterReader

Setting = Mapping[str, Any]  # mode, basis, values

who_assesses: ParameterReader[Setting] = ParameterReader("rules.H15")
what_bars: ParameterReader[Setting] = ParameterReader("rules.H16")
shares: ParameterReader[Setting] = ParameterReader("rules.H17")
posting: ParameterReader[Setting] = ParameterReader("rules.H18")
most_characters: ParameterReader[int] = ParameterReader("burden.characters")
