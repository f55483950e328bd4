"""What a programme asks for before a decision; a count of 0 asks for nothing."""

from secondment.campaigns.parameter_readers import ParameterReader

notification_workdays: ParameterReader[int] = ParameterReader("public_notification_workdays")
needed_talks: ParameterReader[int] = ParameterReader("talks_before_decision")
steps_after_days: ParameterReader[int] = ParameterReader("steps_after_days")
minutes_days: ParameterReader[int] = ParameterReader("minutes_days")
