"""Irregular votes put into the appraisals of G2 on purpose, by the codes of posts; see `planted` for daily work."""

from enum import StrEnum


class Vote(StrEnum):
    """What is different in a vote on the holder of a post."""

    FLATTERED = "flattered"  # the host is kinder than others to whoever works there (百般献好)
    BLOC = "bloc"  # colleagues handed in copies of one ballot
    STRAIGHT = "straight"  # villagers ticked the same level from top to bottom
    ALONE = "alone"  # nobody who judges here judges anybody else: 不可比
    NO_LEADERS = "no_leaders"  # the township's leaders did not vote
    FEW_AT_HOME = "few_at_home"  # four of the home unit vote, too few to stand alone
    LOW_TURNOUT = "low_turnout"  # fewer than two thirds of the villagers came
    TWO_VIEWS = "two_views"  # leaders praise, villagers do not
    LITTLE_KNOWN = "little_known"  # half of the answers are 不了解
    SELDOM_THERE = "seldom_there"  # the same of one who is not released from the home post


POSTS: dict[Vote, tuple[str, ...]] = {
    # every village of three townships
    Vote.FLATTERED: (
        *("110111-006", "110111-026", "110111-046"),
        *("110111-008", "110111-028", "110111-048"),
        *("110111-009", "110111-029", "110111-049"),
    ),
    Vote.BLOC: ("110111-011",),
    Vote.STRAIGHT: ("110116-018",),
    Vote.ALONE: ("110113-012",),
    Vote.NO_LEADERS: ("110113-014",),
    Vote.FEW_AT_HOME: ("110111-052",),
    Vote.LOW_TURNOUT: ("110115-013",),
    Vote.TWO_VIEWS: ("110116-019", "110116-021"),
    Vote.LITTLE_KNOWN: ("110117-012", "110117-014"),
    Vote.SELDOM_THERE: ("110112-010",),
}
OF_POST = {code: vote for vote, codes in POSTS.items() for code in codes}

TEAM = (
    ("韩铁军", "市委组织部干部考核处"),
    ("梁秋实", "市委组织部干部考核处"),
    ("钟守义", "市委农工委"),
    ("谭立春", "市委农工委"),
    ("万启明", "市农业农村局"),
    ("崔静安", "市农业农村局"),
    ("邹怀远", "市民政局"),
    ("陆文简", "市委党校"),
)
"""The organisation group (考核组); who it is has not been in the demo otherwise."""
SEVERE = "韩铁军"
"""Marks far lower than the others."""
