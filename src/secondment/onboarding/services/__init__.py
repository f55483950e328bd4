"""Ask for accounts, decide on a batch, make them, hand out their one-time passwords."""

from secondment.onboarding.services.asking import MOST_LINES, LineAsked, ask_batch
from secondment.onboarding.services.deciding import confirm_batch, decline_batch
from secondment.onboarding.services.slips import Slip, codes_ready, renew_codes, renewable, take_slips

__all__ = [
    "MOST_LINES",
    "LineAsked",
    "Slip",
    "ask_batch",
    "codes_ready",
    "confirm_batch",
    "decline_batch",
    "renew_codes",
    "renewable",
    "take_slips",
]
