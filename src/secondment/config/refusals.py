"""The refusal of a start, whose home is the lowest room that refuses one."""

from secondment.common.refusals import StartRefusedError

__all__ = ["StartRefusedError"]
