"""One person's own facts against what a post asks for, item by item."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from secondment.algorithms.eligibility.levels import education_level, title_level
from secondment.algorithms.periods import full_years
from secondment.campaigns.models import Campaign
from secondment.common.components import Status
from secondment.common.sentences import listed
from secondment.files.codes.political_status import FULL_MEMBER
from secondment.people.choices import Ability
from secondment.people.labels import (
    education_label,
    political_label,
    rank_label,
    specialty_label,
    title_label,
)
from secondment.people.models import Person
from secondment.people.sections import Section
from secondment.posts.models import Post


@dataclass(frozen=True)
class WishLine:
    """One thing a post asks for: what it wants, what the person has, how they compare."""

    label: str
    wanted: str
    has: str
    verdict: str
    status: Status


@dataclass(frozen=True)
class OwnFacts:
    """What is read of the person once, for every post; abilities only where the reader may read them."""

    person: Person
    specialties: Sequence[str]
    abilities: dict[str, int] | None

    @property
    def missing(self) -> list[str]:
        """Facts that are not on record, so that posts that ask for them cannot be compared."""
        person = self.person
        blanks = {
            _("专业领域"): not self.specialties,
            _("最高学历"): not person.education_code,
            _("职务层次"): not person.rank,
            _("能力评价"): self.abilities is not None and not self.abilities,
        }
        return [label for label, is_blank in blanks.items() if is_blank]


def own_facts(person: Person, sections: frozenset[Section]) -> OwnFacts:
    """The facts of a person for a reader of these sections."""
    specialties = [one.tag for one in person.specialties.all()]
    latest: dict[str, int] = {}
    for value in person.abilities.order_by("as_of"):
        latest[value.ability] = value.value
    return OwnFacts(person, specialties, latest if Section.ABILITIES in sections else None)


def wish_lines(facts: OwnFacts, post: Post, campaign: Campaign) -> list[WishLine]:
    """Everything this post asks for; what it does not ask for has no line."""
    return [*_requirements(facts, post, campaign.starts_on), *_wishes(facts, post)]


def _requirements(facts: OwnFacts, post: Post, on: dt.date) -> Iterator[WishLine]:
    person = facts.person
    if post.education_code:
        has = person.education_code
        wanted, has_text = education_label(post.education_code), education_label(has) if has else ""
        yield _line(
            _("最低学历"), wanted, has_text, is_met=_reaches(education_level, has, post.education_code)
        )
    if post.title_level:
        has = person.title_level
        wanted, has_text = title_label(post.title_level), title_label(has) if has else _("无")
        is_met = bool(_reaches(title_level, has, post.title_level))
        yield _line(_("最低职称级别"), wanted, has_text, is_met=is_met)
    if post.oldest_age is not None:
        age = full_years(person.born_on, on) if person.born_on else None
        wanted = _("不超过 %(n)d 周岁") % {"n": post.oldest_age}
        has_text = _("%(n)d 周岁") % {"n": age} if age is not None else ""
        yield _line(_("年龄"), wanted, has_text, is_met=None if age is None else age <= post.oldest_age)
    if post.grassroots_years:
        wanted = _("不少于 %(n)s 年") % {"n": post.grassroots_years}
        has_text = _("%(n)s 年") % {"n": f"{person.grassroots_years.normalize():f}"}
        yield _line(
            _("基层工作年限"), wanted, has_text, is_met=person.grassroots_years >= post.grassroots_years
        )
    if post.requires_party_member:
        has_text = political_label(person.political_status)
        yield _line(
            _("政治面貌"),
            _("中共正式党员"),
            has_text,
            is_met=person.political_status == FULL_MEMBER,
        )


def _wishes(facts: OwnFacts, post: Post) -> Iterator[WishLine]:
    if post.rank:
        has = facts.person.rank
        yield _line(
            _("职务层次"), rank_label(post.rank), rank_label(has) if has else "", is_met=_same(has, post.rank)
        )
    if post.specialties:
        both = [one for one in facts.specialties if one in post.specialties]
        yield _line(
            _("专业方向"),
            listed([specialty_label(one) for one in post.specialties]),
            listed([specialty_label(one) for one in facts.specialties]),
            is_met=bool(both) if facts.specialties else None,
        )
    if post.abilities and facts.abilities is not None:
        known = [one for one in post.abilities if one in facts.abilities]
        has_text = listed([f"{Ability(one).label} {facts.abilities[one]}" for one in known])
        wanted = listed([str(Ability(one).label) for one in post.abilities])
        yield WishLine(_("需要的能力"), wanted, has_text or _("未评价"), _("供研判"), "idle")
    if post.experience:
        yield WishLine(_("工作经历"), post.experience, _("见个人简历"), _("供研判"), "idle")


def _reaches(level_of: Callable[[str], int | None], has: str, wanted: str) -> bool | None:
    """Whether a level is at least the one asked for, as the eligibility rules compare: the smaller the higher."""
    held, asked = level_of(has), level_of(wanted)
    if held is None:
        return None
    return asked is None or held <= asked


def _same(has: str, wanted: str) -> bool | None:
    return has == wanted if has else None


def _line(label: str, wanted: str, has: str, *, is_met: bool | None) -> WishLine:
    """Met, not met, or not to be said because the fact is not on record."""
    if is_met is None:
        return WishLine(label, wanted, has or _("未填"), _("无法比较"), "warn")
    verdict = _("符合") if is_met else _("不符合")
    return WishLine(label, wanted, has, verdict, "good" if is_met else "bad")
