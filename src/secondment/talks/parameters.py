"""How often a programme asks for talks."""

from secondment.campaigns.parameter_readers import ParameterReader

arrival_talk_days: ParameterReader[int] = ParameterReader("cycles.arrival_talk_days")
talk_months: ParameterReader[int] = ParameterReader("cycles.talk_months")
midterm_days: ParameterReader[int] = ParameterReader("cycles.midterm_days")
visit_months: ParameterReader[int] = ParameterReader("cycles.visit_months")
last_talk_days: ParameterReader[int] = ParameterReader("cycles.second_reminder_days")
last_talk_opens_days: ParameterReader[int] = ParameterReader("cycles.first_reminder_days")
suggestion_days: ParameterReader[int] = ParameterReader("cycles.suggestion_days")
