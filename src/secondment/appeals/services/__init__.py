"""What is done with reviews and appeals."""

from secondment.appeals.services.deciding import Verdict, decide_appeal, receive_outcome
from secondment.appeals.services.filing import extend_appeal, file_appeal, withdraw_appeal

__all__ = [
    "Verdict",
    "decide_appeal",
    "extend_appeal",
    "file_appeal",
    "receive_outcome",
    "withdraw_appeal",
]
