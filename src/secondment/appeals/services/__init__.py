"""What is done with reviews and appeals."""

from secondment.appeals.services.deciding import Verdict, decide_appeal, receive_outcome
from secondment.appeals.services.filing import extend_appeal, file_appeal, withdraw_appeal
from secondment.appeals.services.issuing import to_issue
from secondment.appeals.services.proving import ask_for_proof, hand_out_proof, open_proof
from secondment.appeals.services.recomputing import Corrected, execute_recomputation, start_recomputation

__all__ = [
    "Corrected",
    "Verdict",
    "ask_for_proof",
    "decide_appeal",
    "execute_recomputation",
    "extend_appeal",
    "file_appeal",
    "hand_out_proof",
    "open_proof",
    "receive_outcome",
    "start_recomputation",
    "to_issue",
    "withdraw_appeal",
]
