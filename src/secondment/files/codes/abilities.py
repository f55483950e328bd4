"""The five abilities a secondment trains, with the longer words of cadre assessment."""

from secondment.files.codes.code_list import CodeList

ABILITIES = CodeList(
    "五项能力",
    "本系统",
    """
    party_building 抓党建、带队伍 抓党建带队伍 抓党的建设、统揽全局协调各方、抓班子带队伍 | Party building and leading a team
    development 推动经济社会发展 推动发展 快速改变城乡面貌、推动地区经济社会发展 | Economic and social development
    interests 协调重大利益关系 协调利益 | Balancing major interests
    mass_work 做群众工作 群众工作 | Work with the masses
    harmony_safety 维护和谐安全稳定 和谐安全 维护地区和谐安全稳定 | Harmony, safety and stability
    """,
)
code_of = ABILITIES.code_of
label_of = ABILITIES.label_of

ABILITY_SOURCES = CodeList(
    "能力评价来源",
    "本系统",
    """
    assessment 考核测评 测评 考核 | Assessment
    organisation 组织评价 组织鉴定 单位评价 | Opinion of the organisation
    self 本人自评 自评 | Own opinion
    """,
)
"""In this order they are believed where several are of one day."""

# Words of an assessment of abilities, with the least of a hundred points that each corresponds to.
LEVELS = (("好", 85), ("较好", 75), ("一般", 60), ("较差", 0))
POINTS = dict(zip((word for word, _least in LEVELS), (92, 80, 67, 30), strict=True))
"""The middle of each word's band in whole points: what a word counts where points are asked for."""


def level_of(points: float) -> str:
    """The word for a number of points."""
    return next(word for word, least in LEVELS if points >= least)
