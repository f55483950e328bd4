"""Writes: one function per action."""

from secondment.findings.services.writing import (
    NewFinding,
    citable,
    fact_id,
    withdraw_finding,
    write_finding,
)

__all__ = ["NewFinding", "citable", "fact_id", "withdraw_finding", "write_finding"]
