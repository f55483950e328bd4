"""What actions are called in sentences of the trail: 张三 新建了岗位需求 “某岗位”. Every room registers its own."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

REFUSED = ".refused"
SENTENCES: dict[str, Promise] = {}
# Names of the details of an event, here those shared by rooms; other names are shown unchanged.
DETAILS: dict[str, Promise] = {
    "unit": gettext_lazy("单位"),
    "reason": gettext_lazy("原因"),
    "why": gettext_lazy("原因"),
    "from": gettext_lazy("原为"),
    "to": gettext_lazy("改为"),
    "n_rows": gettext_lazy("行数"),
    "posts": gettext_lazy("岗位"),
    "people": gettext_lazy("人数"),
    "n": gettext_lazy("数量"),
    "rows": gettext_lazy("行数"),
    "changed": gettext_lazy("修改的栏目"),
    "kind": gettext_lazy("类型"),
    "nomination": gettext_lazy("推荐编号"),
    "version": gettext_lazy("版本"),
    "source": gettext_lazy("来源"),
    "page": gettext_lazy("页面"),
    "columns": gettext_lazy("栏目"),
    "proposal": gettext_lazy("方案编号"),
}


def register_actions(
    sentences: Mapping[str, Promise], *, details: Mapping[str, Promise] | None = None
) -> None:
    """A room's `actions.py`, imported at start, names its actions; each is named in one room only."""
    for registry, words in ((SENTENCES, sentences), (DETAILS, details or {})):
        if twice := registry.keys() & words.keys():
            raise ValueError(f"these have words already: {', '.join(sorted(twice))}")
        registry.update(words)


def sentence_of(action: str) -> str:
    """What was done, in words; a refused attempt is marked as such; an unknown action shows its code rather than nothing."""
    base = action.removesuffix(REFUSED)
    words = str(SENTENCES.get(base, base))
    return _("被拒绝：%(words)s") % {"words": words} if action != base else words
