"""What may hold no longer of something planned earlier: each reason with its sentence and its remedy."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.common.errors import DomainError
from secondment.common.sentences import joined_sentences, listed

MOST_NAMES = 5


class LapseKind(Enum):
    """Why a person, a unit, a post or a number holds no longer."""

    WITHDRAWN = "withdrawn"
    RETIRED = "retired"
    LEFT = "left"
    DIED = "died"
    MOVED = "moved"
    HOME_CLOSED = "home_closed"
    OUTDATED = "outdated"
    INELIGIBLE = "ineligible"
    ELSEWHERE = "elsewhere"
    OVER_CAP = "over_cap"
    HOST_CLOSED = "host_closed"
    POST_WITHDRAWN = "post_withdrawn"
    OTHER_DIRECTION = "other_direction"
    OTHER_TERM = "other_term"
    OCCUPIED = "occupied"
    OFFERED_TWICE = "offered_twice"


# kind: (what is the case, what to do)
TEXTS: Mapping[LapseKind, tuple[Promise, Promise]] = {
    LapseKind.WITHDRAWN: (
        gettext_lazy("%(names)s的推荐已撤回"),
        gettext_lazy("请重新计算，或在方案中将其调出"),
    ),
    LapseKind.RETIRED: (
        gettext_lazy("%(names)s已退休，不能派出"),
        gettext_lazy("请撤回推荐或改派他人；已决定的请取消挂职"),
    ),
    LapseKind.LEFT: (
        gettext_lazy("%(names)s已调离，不能派出"),
        gettext_lazy("请撤回推荐或改派他人；已决定的请取消挂职"),
    ),
    LapseKind.DIED: (
        gettext_lazy("%(names)s已故"),
        gettext_lazy("请撤回推荐或改派他人；已决定的请取消挂职"),
    ),
    LapseKind.MOVED: (
        gettext_lazy("%(names)s已不在派出单位"),
        gettext_lazy("请撤回推荐，由现单位重新推荐；已决定的请取消挂职"),
    ),
    LapseKind.HOME_CLOSED: (
        gettext_lazy("派出单位%(names)s已停用"),
        gettext_lazy("请由承接单位重新推荐，或在单位目录中恢复使用该单位"),
    ),
    LapseKind.OUTDATED: (
        gettext_lazy("%(names)s没有经过资格审查，或审查之后资料有变动"),
        gettext_lazy("请在批次的资格审查页重新审查"),
    ),
    LapseKind.INELIGIBLE: (
        gettext_lazy("%(names)s不符合条件"),
        gettext_lazy("请改派，或先办理例外批准"),
    ),
    LapseKind.ELSEWHERE: (
        gettext_lazy("以下人员在本批次挂职期间已有其他挂职：%(names)s"),
        gettext_lazy("请改派人选，或先办结原挂职"),
    ),
    LapseKind.OVER_CAP: (
        gettext_lazy("超过派出单位最多派出人数：%(names)s"),
        gettext_lazy("请减少该单位人选，或调整名额"),
    ),
    LapseKind.HOST_CLOSED: (
        gettext_lazy("接收单位%(names)s已停用"),
        gettext_lazy("请改派其他岗位；仍要使用的，请在单位目录中恢复该单位"),
    ),
    LapseKind.POST_WITHDRAWN: (
        gettext_lazy("岗位需求%(names)s未经审核或已撤回"),
        gettext_lazy("请退回征集推荐，移出该岗位"),
    ),
    LapseKind.OTHER_DIRECTION: (
        gettext_lazy("岗位的挂职方向与本项目不符：%(names)s"),
        gettext_lazy("请退回征集推荐，移出该岗位"),
    ),
    LapseKind.OTHER_TERM: (
        gettext_lazy("岗位需求的期限与本批次没有重合：%(names)s"),
        gettext_lazy("请退回征集推荐，移出该岗位，或由接收单位重新填报"),
    ),
    LapseKind.OCCUPIED: (
        gettext_lazy("以下岗位在本批次挂职期间仍有挂职干部在岗：%(names)s"),
        gettext_lazy("请改派其他岗位、推迟挂职开始日期，或在批次中设定交接重叠天数"),
    ),
    LapseKind.OFFERED_TWICE: (
        gettext_lazy("以下岗位同时列入了期限重叠的其他批次：%(names)s"),
        gettext_lazy("请与该批次主办单位商定，由一方移出岗位"),
    ),
}


@dataclass(frozen=True)
class Lapse:
    """One thing that no longer holds; `name` is the person or thing concerned, with details in brackets.

    A lapse from a finding names its `rule`, and `who` it is for readers from whom that rule is kept.
    """

    kind: LapseKind
    name: str
    basis: str = ""
    rule: str = ""
    who: str = ""

    def without(self, kept: frozenset[str]) -> "Lapse":
        """The lapse as shown to a reader who may not see these rules."""
        return Lapse(self.kind, self.who) if self.rule in kept else self


class LapsedError(DomainError):
    """Something planned earlier holds no longer; `lapses` names every reason."""

    def __init__(self, lapses: Iterable[Lapse]) -> None:
        self.lapses = tuple(lapses)
        bases = dict.fromkeys(one.basis for one in self.lapses if one.basis)
        reasons = sentences(self.lapses)
        super().__init__("".join(reasons), basis=joined_sentences(bases), reasons=reasons)


def sentences(lapses: Iterable[Lapse]) -> list[str]:
    """One sentence a kind: what is the case, about whom, and what to do."""
    return [_sentence(kind, [one.name for one in found]) for kind, found in _by_kind(lapses).items()]


def refuse_lapsed(lapses: Iterable[Lapse]) -> None:
    """Raise all lapses in one error, if there are any."""
    found = list(lapses)
    if found:
        raise LapsedError(found)


def refusals_by_kind(lapses: Iterable[Lapse], kept: frozenset[str]) -> list[LapsedError]:
    """One refusal a kind, as pages list them to a reader from whom these rules are kept."""
    return [LapsedError(found) for found in _by_kind(one.without(kept) for one in lapses).values()]


def shorten(names: list[str]) -> str:
    """At most five names, and a word that there are more."""
    if len(names) <= MOST_NAMES:
        return listed(names)
    return _("%(names)s等") % {"names": listed(names[:MOST_NAMES])}


def _by_kind(lapses: Iterable[Lapse]) -> dict[LapseKind, list[Lapse]]:
    """Lapses of one kind together, each named once."""
    kinds: defaultdict[LapseKind, list[Lapse]] = defaultdict(list)
    for lapse in dict.fromkeys(lapses):
        kinds[lapse.kind].append(lapse)
    return kinds


def _sentence(kind: LapseKind, names: list[str]) -> str:
    case, remedy = TEXTS[kind]
    return _("%(case)s。%(remedy)s。") % {"case": case % {"names": shorten(names)}, "remedy": remedy}
