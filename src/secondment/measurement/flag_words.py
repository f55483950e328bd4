"""What each flag is called, how its effect is counted, and an innocent explanation that a person should think of first."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class FlagWords:
    """Words of a kind of flag; `effect` takes the number x."""

    title: Promise
    effect: Promise
    innocent: Promise


LEADERS_HIGH = "leaders_high"
FLAGS: dict[str, FlagWords] = {
    "leniency": FlagWords(
        _("单位打分偏宽"),
        _("比一般单位宽 %(x).1f 分"),
        _("该单位可能确有特别满意的工作，考核组看到的时间较短。"),
    ),
    "identical": FlagWords(
        _("雷同票偏多"),
        _("%(x).0f%% 的票两两相同"),
        _("小单位里大家看到的是同一件事；指标少、档次少时相同的票本来就多。"),
    ),
    "straight": FlagWords(
        _("整张票同一档次偏多"),
        _("%(x).0f%% 的票从头到尾同一档次"),
        _("对不熟悉的人，评分人可能只有一个总体印象。"),
    ),
    "central": FlagWords(
        _("回避高低档次"),
        _("评分起伏为预期的 %(x).2f 倍"),
        _("该成员评的人可能确实相差不大。"),
    ),
    "halo": FlagWords(
        _("以总体印象代替分项评价"),
        _("总体印象的作用为一般成员的 %(x).2f 倍"),
        _("有的人各方面确实一样好或一样弱。"),
    ),
    LEADERS_HIGH: FlagWords(
        _("领导评价高、群众评价低"),
        _("两者差距比一般多 %(x).1f 分"),
        _("领导与群众看到的工作不同；内业多、入户少的岗位常有此情况。"),
    ),
    "change": FlagWords(
        _("与上年相比突变"),
        _("比一般变化多 %(x).1f 分"),
        _("岗位、任务或考核组成员有变动。"),
    ),
}
