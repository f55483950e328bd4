"""What a programme sets for the review of abilities."""

from secondment.campaigns.parameter_readers import ParameterReader

least_raters: ParameterReader[int] = ParameterReader("ability_raters")
