"""Days that a programme sets for sending people."""

from secondment.campaigns.parameter_readers import ParameterReader

report_within_days: ParameterReader[int] = ParameterReader("report_within_days")
duties_within_days: ParameterReader[int] = ParameterReader("duties_within_days")
arrival_receipt_days: ParameterReader[int] = ParameterReader("arrival_receipt_days")
mentors: ParameterReader[int] = ParameterReader("mentors")
no_borrow_months: ParameterReader[int] = ParameterReader("no_borrow_months")
plan_end_days: ParameterReader[int] = ParameterReader("cycles.second_reminder_days")
plan_end_opens_days: ParameterReader[int] = ParameterReader("cycles.first_reminder_days")
escalation_days: ParameterReader[int] = ParameterReader("cycles.escalation_days")
