"""What changed between two versions of a standard, line by line."""

from collections.abc import Iterator, Sequence

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from secondment.common.components import Difference
from secondment.common.sentences import joined_sentences, labelled, listed
from secondment.people.choices import Ability
from secondment.standards.choices import Effect, IndicatorKind, Part, RaterGroup
from secondment.standards.content import Content
from secondment.standards.models import CONTENT, Indicator
from secondment.standards.sources import Source

CHOICES: dict[str, type[TextChoices]] = {
    "part": Part,
    "kind": IndicatorKind,
    "source": Source,
    "effect": Effect,
    "ability": Ability,
}


def differences(before: Content, after: Content) -> list[Difference]:
    """Levels, groups, and indicators by their code: changed, new and gone."""
    return [*_frame(before, after), *_indicators(before, after)]


def field_differences(
    before: Indicator, after: Indicator, old_levels: Sequence[str], new_levels: Sequence[str]
) -> Iterator[Difference]:
    """The fields of one indicator that read differently."""
    for name in CONTENT:
        was, now = shown_value(before, name, old_levels), shown_value(after, name, new_levels)
        if was != now:
            label = Indicator._meta.get_field(name).verbose_name  # type: ignore[union-attr]  # noqa: SLF001 -- a column
            yield Difference(_("%(title)s · %(field)s") % {"title": after.title, "field": label}, was, now)


def shown_value(indicator: Indicator, name: str, level_names: Sequence[str]) -> str:
    """A field of an indicator as it is read."""
    value = getattr(indicator, name)
    if name in CHOICES:
        return str(CHOICES[name](value).label) if value else ""
    if name == "anchors":
        named = zip(level_names, value, strict=False)
        return joined_sentences(labelled(level, text) for level, text in named if text)
    if name == "points":
        return listed(f"{at:g}:{score:g}" for at, score in value)
    if name == "for_masses":
        return _("是") if value else _("否")
    return str(value)


def _frame(before: Content, after: Content) -> Iterator[Difference]:
    rows = (
        (_("评价档次"), _levels(before), _levels(after)),
        (_("评议主体权重"), _groups(before), _groups(after)),
        (_("权重依据"), before.group_basis, after.group_basis),
    )
    for label, old, new in rows:
        if old != new:
            yield Difference(label, old, new)


def _indicators(before: Content, after: Content) -> Iterator[Difference]:
    old = {one.code: one for one in before.indicators}
    new = {one.code: one for one in after.indicators}
    for code, one in new.items():
        if code not in old:
            yield Difference(one.title, "", _summary(one))
            continue
        yield from field_differences(old[code], one, before.level_names, after.level_names)
    for code, one in old.items():
        if code not in new:
            yield Difference(one.title, _summary(one), "")
    if [code for code in old if code in new] != [code for code in new if code in old]:
        yield Difference(
            _("指标次序"),
            listed(old[code].title for code in old if code in new),
            listed(new[code].title for code in new if code in old),
        )


def _summary(one: Indicator) -> str:
    return listed([Part(one.part).label, IndicatorKind(one.kind).label, f"{one.weight}%"])


def _levels(content: Content) -> str:
    pairs = zip(content.level_names, content.level_scores, strict=False)
    return listed(f"{name} {score}" for name, score in pairs)


def _groups(content: Content) -> str:
    weights = content.group_weights
    return listed(f"{group.label} {weights[group]}%" for group in RaterGroup if weights.get(group))
