"""How often a programme asks for what."""

from secondment.campaigns.parameter_readers import ParameterReader

presence_day: ParameterReader[int] = ParameterReader("cycles.presence_day")
host_report_months: ParameterReader[int] = ParameterReader("cycles.host_report_months")
home_notice_months: ParameterReader[int] = ParameterReader("cycles.home_notice_months")
report_day: ParameterReader[int] = ParameterReader("cycles.report_day")
