"""Forecasts, trials and balances of the force: for those who read files, within their scope; nothing is written."""

from tests.authorisation.matrix import Row
from tests.authorisation.rows_workforce import READERS

ROWS = {
    "workforce:forecast": Row(READERS),
    "workforce:forecast_structure": Row(READERS),
    "workforce:forecast_gaps": Row(READERS),
    "workforce:forecast_ladder": Row(READERS),
    "workforce:forecast_people": Row(READERS),
    "workforce:forecast_trial": Row(READERS),
    "workforce:balance": Row(READERS),
}
