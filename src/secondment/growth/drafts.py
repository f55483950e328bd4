"""What is wrong with a review that is handed in, on the page and in a workbook."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from secondment.campaigns.models import Nomination
from secondment.files.faults import Fault, gettext_noop, in_chinese
from secondment.files.names import clean_name, same_name
from secondment.growth.models import AbilityReview
from secondment.growth.parameters import least_raters
from secondment.growth.scale import Scale
from secondment.people.choices import Ability

ABILITIES = tuple(Ability.values)
MOST_RATERS = 15


@dataclass(frozen=True)
class Rater:
    """Somebody of the home unit, and the level given to each ability."""

    name: str
    duty: str
    levels: Mapping[str, int]


def faults_of(
    nomination: Nomination,
    raters: Sequence[Rater],
    scale: Scale,
    *,
    rated_on: dt.date,
    on: dt.date,
    before: AbilityReview | None,
) -> Iterator[tuple[str, Fault]]:
    """Each with the field that it is about."""
    least, nominee = least_raters(nomination.campaign), nomination.person.name
    if len(raters) < least:
        yield (
            "raters",
            in_chinese(
                gettext_noop("{name}的评议人只有{n}名"),
                gettext_noop("评议人不少于{least}名，请补充"),
                name=nominee,
                n=len(raters),
                least=least,
            ),
        )
    if rated_on > on:
        yield "rated_on", in_chinese(gettext_noop("评议日期还没有到"), gettext_noop("请改正日期"))
    if before is not None and rated_on <= before.rated_on:
        yield (
            "rated_on",
            in_chinese(
                gettext_noop("{name}在{day}的评议已写入干部信息"),
                gettext_noop("更正须重新评议，请填写新的评议日期"),
                name=nominee,
                day=f"{before.rated_on}",
            ),
        )
    for name, times in Counter(clean_name(one.name) for one in raters).items():
        if times > 1:
            found, remedy = gettext_noop("评议人{name}重复"), gettext_noop("每人只评一次，请核对")
            yield "raters", in_chinese(found, remedy, name=name)
    for one in raters:
        yield from _faults_of_rater(one, nominee, scale)


def _faults_of_rater(rater: Rater, nominee: str, scale: Scale) -> Iterator[tuple[str, Fault]]:
    if same_name(rater.name, nominee):
        yield (
            "raters",
            in_chinese(gettext_noop("{name}不能评议本人"), gettext_noop("请换一名评议人"), name=nominee),
        )
    missing = [key for key in ABILITIES if not 1 <= rater.levels.get(key, 0) <= len(scale.scores)]
    if missing:
        yield (
            "raters",
            in_chinese(
                gettext_noop("{name}没有评完五项能力"),
                gettext_noop("请为每项能力选择档次，共{n}档"),
                name=rater.name,
                n=len(scale.scores),
            ),
        )
