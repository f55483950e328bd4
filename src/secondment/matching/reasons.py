"""Why a person has no post: the sentence in the reader's language, from what was stored."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from secondment.common.sentences import listed
from secondment.matching.choices import UnplacedKind
from secondment.matching.figures import distance_text


def reason_sentence(kind: str, facts: Mapping[str, Any], kept: frozenset[str]) -> str:
    """The sentence a clerk reads; a kind that no longer exists is shown unchanged.

    Rules that are `kept` from the reader are not named: the reader is referred to the organisation department.
    """
    if kind not in _SENTENCES:
        return kind
    values = {
        "rules": rules_text(facts.get("rules", ()), kept),
        "post": facts.get("post", ""),
        "loss": loss_text(facts.get("loss", 0.0), facts.get("n_places", 0)),
    }
    sentence = _WITH_POST.get(kind) if values["post"] else None
    return (sentence or _SENTENCES[kind])() % values


def rules_text(rules: Iterable[str], kept: frozenset[str]) -> str:
    """The rules by their codes, and where to ask about those that are kept from the reader."""
    rules = list(rules)
    shown = [rule for rule in rules if rule not in kept]
    return listed([*shown, *([_("请与组织部门联系")] if len(shown) < len(rules) else [])]) or "—"


def loss_text(loss: float, n_places: int) -> str:
    """What a change would cost: places first, else points."""
    if n_places > 0:
        return _("少填补 %(n)d 个岗位") % {"n": n_places}
    return _("总匹配度减少 %(loss)s 分") % {"loss": distance_text(loss)}


_SENTENCES: Mapping[str, Callable[[], str]] = {
    UnplacedKind.RULES: lambda: _("资格审查未通过：%(rules)s。"),
    UnplacedKind.NO_POST: lambda: _("没有可安排的岗位：各岗位均因资格条件或回避规定不能安排（%(rules)s）。"),
    UnplacedKind.IMPOSSIBLE: lambda: _("可安排的岗位均已锁定他人。"),
    UnplacedKind.CAP: lambda: _("本单位派出人数已达上限，且均已锁定。"),
    UnplacedKind.FULL: lambda: _("本单位派出人数已达上限。"),
    UnplacedKind.OUTSCORED: lambda: _("可安排的岗位均有更合适的安排。"),
    UnplacedKind.SIDE_RULES: lambda: _("在满足附加规则的最好方案中没有此人的岗位；可锁定后重新计算比较。"),
    UnplacedKind.LESS_PREFERRED: lambda: _("稳定方案中，可安排的岗位均由更优先的人选担任。"),
    UnplacedKind.MANUAL: lambda: _("人工调出，尚未安排其他岗位。"),
}
_WITH_POST: Mapping[str, Callable[[], str]] = {
    UnplacedKind.CAP: lambda: _("本单位派出人数已达上限；若改派此人到“%(post)s”，%(loss)s。"),
    UnplacedKind.OUTSCORED: lambda: _("可安排的岗位均有更合适的安排；若改派此人到“%(post)s”，%(loss)s。"),
}
