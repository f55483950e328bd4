"""How often a programme asks for what."""

from collections.abc import Mapping
from typing import Any

from secondment.campaigns.parameter_readers import ParameterReader

presence_day: ParameterReader[int] = ParameterReader("cycles.presence_day")
host_report_months: ParameterReader[int] = ParameterReader("cycles.host_report_months")
home_notice_months: ParameterReader[int] = ParameterReader("cycles.home_notice_months")
report_day: ParameterReader[int] = ParameterReader("cycles.report_day")
logistics_months: ParameterReader[int] = ParameterReader("cycles.logistics_months")
support_days: ParameterReader[int] = ParameterReader("cycles.support_days")
urgent_hours: ParameterReader[int] = ParameterReader("cycles.urgent_hours")
contact_days: ParameterReader[int] = ParameterReader("cycles.contact_days")
own_work_rule: ParameterReader[Mapping[str, Any]] = ParameterReader("rules.H13")
