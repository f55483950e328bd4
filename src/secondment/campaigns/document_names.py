"""What documents call the work of a campaign, whatever the campaign is called."""

import re

_TAIL = re.compile(r"(?P<core>.*?)(?P<tail>[（(][^（()）]*[)）])?")
# names of work: 工作 may follow; any other name is of people or of a round, whom the work is to select and send
_ACTS = (
    "选派",
    "选聘",
    "派遣",
    "轮派",
    "下派",
    "援派",
    "挂职",
    "锻炼",
    "交流",
    "轮换",
    "选调",
    "培养",
    "帮扶",
    "支援",
    "重建",
)
_WORK = "工作"


def work_of(name: str) -> str:
    """The work of a campaign as a noun: 第一批 → 第一批选派工作, 2027年第一书记选派 → 2027年第一书记选派工作."""
    core, tail = _parts(name)
    if core.endswith(_WORK):
        return f"{core}{tail}"
    return f"{core}{tail}{_WORK}" if _is_act(core) else f"{core}{tail}选派{_WORK}"


def roster_of(name: str) -> str:
    """What a list of the people to be sent is called: 第一批选派人员名单, 年轻干部下挂锻炼人员名单."""
    return f"{work_of(name).removesuffix(_WORK)}人员名单"


def _parts(name: str) -> tuple[str, str]:
    """The name without what belongs to titles, and the part in brackets at its end."""
    bare = "".join(name.split())
    bare = re.sub(r"^《(.*)》$", r"\1", bare)
    bare = re.sub(r"^关于(做好|开展|印发)?", "", bare)
    bare = re.sub(r"的?(通知|公告|实施方案|方案|计划)$", "", bare) or bare
    found = _TAIL.fullmatch(bare)
    return (found["core"], found["tail"] or "") if found else (bare, "")


def _is_act(core: str) -> bool:
    """Whether the name already says what is done: it ends with an act, or begins with one (选派优秀干部到村任职)."""
    return core.endswith(_ACTS) or core.startswith(("选派", "选聘", "选调"))
