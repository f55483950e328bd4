"""The thresholds of signs as programmes set them."""

from secondment.campaigns.parameter_readers import ParameterReader
from secondment.campaigns.thresholds import Given

sign_thresholds: ParameterReader[Given] = ParameterReader("signs")
