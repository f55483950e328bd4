"""Codes of rank, education and title put in order; smaller is higher."""

DOCTOR_CODES = frozenset({"11", "12", "13"})
TITLE_LEVELS = {"411": 1, "410": 2, "412": 2, "420": 3, "430": 4, "434": 5, "435": 6}


def rank_group(rank: str) -> str:
    """bureau (厅局级 and above), county (县处级) or township (乡科级 and below, and no leading rank)."""
    if rank[:2] in {"10", "11", "12", "21", "22"}:
        return "bureau"
    return "county" if rank[:2] in {"13", "23"} else "township"


def education_level(code: str) -> int | None:
    """0 doctoral, 1 other postgraduate, 2 undergraduate, 3 college …; None if the code does not determine it."""
    if code in DOCTOR_CODES:
        return 0
    return int(code[0]) if code[:1].isdigit() and code[0] not in "09" else None


def title_level(code: str) -> int | None:
    """1 senior, 2 associate senior, 3 intermediate, 4 junior …; None without a title."""
    return TITLE_LEVELS.get(code)
