"""What a programme says about allowances, insurance and medical checks."""

from collections.abc import Mapping, Sequence
from typing import Any

from secondment.campaigns.parameter_readers import ParameterReader

allowance_rules: ParameterReader[Sequence[Mapping[str, Any]]] = ParameterReader("allowances")
insurance_days: ParameterReader[int] = ParameterReader("cycles.insurance_days")
check_months: ParameterReader[int] = ParameterReader("cycles.check_months")
work_fund_yuan: ParameterReader[int] = ParameterReader("work_fund_yuan")
