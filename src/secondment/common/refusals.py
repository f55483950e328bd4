"""Why a start is refused: one sentence in Chinese and in English instead of a traceback."""


class StartRefusedError(Exception):
    """The installation cannot start as it is set up; each sentence states what is wrong and what to do."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(f"{chinese} {english}")
