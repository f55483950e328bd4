"""Why a backup or a half of the recovery key cannot be used: one sentence in both languages."""

from secondment.common.refusals import StartRefusedError


class HalfError(StartRefusedError):
    """What was typed is no half of this recovery key."""


class DamagedError(StartRefusedError):
    """The file is not what was sealed; `what` names the place in technical words, the same in every language."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"备份文件不完整或已损坏（{what}），没有恢复任何内容，请改用另一份备份。",
            f"The backup is cut off or damaged ({what}); nothing was restored, use another one.",
        )
        self.what = what
