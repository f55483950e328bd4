"""What a list of persons was narrowed by, in words: conditions to take off or change, and what could not be followed."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.forms import Select
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.common.listing.view import ListingView
from secondment.common.sentences import listed
from secondment.files.person_search.conditions import Clash, Condition, Reading, Remark, Unknown, Unread
from secondment.files.person_search.joining import PAIRS
from secondment.files.person_search.reading import text_without
from secondment.people.filters import PersonFilter
from secondment.people.labels import rank_label
from secondment.people.sentences import read_for
from secondment.people.several import SeveralField

_TENTH = Decimal("0.1")
PAIR_LABELS = {
    "age_from": gettext_lazy("年龄"),
    "born_from": gettext_lazy("出生日期"),
    "rank_from": gettext_lazy("职务职级层次"),
    "grassroots_from": gettext_lazy("基层工作年限"),
    "in_rank_from": gettext_lazy("任现职务层次"),
}
# The fact a condition rests on, where it is called otherwise than the condition.
FACTS = {
    **dict.fromkeys(("age", "age_from", "age_to", "born_from", "born_to"), gettext_lazy("出生日期")),
    **dict.fromkeys(("rank_from", "rank_to"), gettext_lazy("职务层次和职级")),
    **dict.fromkeys(("in_rank_from", "in_rank_below"), gettext_lazy("任现职务层次时间")),
    "study": gettext_lazy("毕业院校、专业和专长"),
    "post": gettext_lazy("现任职务"),
    "excellent": gettext_lazy("年度考核"),
}


@dataclass(frozen=True)
class Control:
    """A field of the filters a second time, beside its condition."""

    id: str
    label: str
    html: str


@dataclass(frozen=True)
class Chip:
    """One condition: what it is called, what is asked, the fields that change it, and how it is taken off.

    `kept` are the parameters that stay when it is changed.
    """

    label: str
    words: str
    controls: Sequence[Control]
    kept: Sequence[tuple[str, str]]
    remove_url: str


@dataclass(frozen=True)
class Remedy:
    """A part of the sentence that was not understood, and what may have been meant."""

    words: str
    text: str
    offers: Sequence[tuple[str, str]] = ()  # (words of a link, its address)


class SearchSummary:
    """All that is said above the rows; drawn from the filters, so that links, files and the form agree with it."""

    def __init__(self, listing: ListingView) -> None:
        self.listing = listing
        self.filters: PersonFilter = listing.filter_set
        self.request: HttpRequest = listing.request
        self.is_valid = self.filters.form.is_valid()
        self.said = self.request.GET.get("said", "")

    @cached_property
    def reading(self) -> Reading:
        """The sentence in the box."""
        return read_for(self.request.user, self.said) if self.said else Reading("")  # type: ignore[arg-type]

    @property
    def is_shown(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.chips or self.said or self.refused)

    @cached_property
    def chips(self) -> list[Chip]:
        """The conditions in the order of the filters, limits of one kind together."""
        if not self.is_valid:
            return []
        asked = self.filters.asked
        uppers = {high: low for low, high in PAIRS}
        groups: dict[str, list[str]] = {}
        for name in asked:
            groups.setdefault(uppers.get(name, name), []).append(name)
        return [self._chip(key, names) for key, names in groups.items()]

    @property
    def remarks(self) -> Iterator[str]:
        """How words were read that could be read otherwise."""
        asked = self.filters.asked if self.is_valid else {}
        told: set[object] = set()
        for one in self.reading.conditions:
            key = (one.remark, one.spans)
            if one.remark is not None and asked.get(one.name) == one.value and key not in told:
                told.add(key)
                yield _remark(one.remark, one, self.reading.text)

    @property
    def unread(self) -> list[Remedy]:
        """What was not understood, with remedies."""
        return [self._remedy(one) for one in self.reading.unread]

    @property
    def clashes(self) -> list[str]:
        """Conditions that do not go together."""
        text = self.reading.text
        return [
            str(_CLASHES[one.kind]) % {"words": listed(_quoted(span.of(text)) for span in one.spans)}
            for one in self.reading.clashes
        ]

    @property
    def refused(self) -> str:
        """The conditions of the address that this account may not ask for; they were left out."""
        labels = PersonFilter.base_filters
        names = [name for name in self.request.GET if name in self.filters.refused and self.request.GET[name]]
        return listed(str(labels[name].label) for name in names)

    @cached_property
    def not_told(self) -> dict[str, int]:
        """As `PersonFilter.count_not_told`."""
        return self.filters.count_not_told() if self.is_valid else {}

    @property
    def n_not_told(self) -> int:
        """How many meet what their record tells, and lack what decides."""
        return self.not_told.get("", 0)

    @property
    def lacking(self) -> str:
        """What they lack, with the number of each."""
        labels = PersonFilter.base_filters
        facts: dict[str, int] = {}
        for name, n in self.not_told.items():
            if name:
                fact = str(FACTS.get(name, labels[name].label))
                facts[fact] = max(n, facts.get(fact, 0))
        return listed(_("%(fact)s（%(n)s人）") % {"fact": fact, "n": n} for fact, n in facts.items())

    @property
    def is_not_told_list(self) -> bool:
        """Whether the list shows those."""
        return bool(self.request.GET.get("untold"))

    @property
    def not_told_url(self) -> str:
        """The list of those."""
        return self.listing.state.url(untold=1)

    @property
    def told_url(self) -> str:
        """Back to those who meet the conditions."""
        return f"?{self._query_without().urlencode()}"

    def _chip(self, key: str, names: list[str]) -> Chip:
        asked = self.filters.asked
        if key in PAIR_LABELS:
            high = dict(PAIRS)[key]
            words = _PAIR_WORDS[key](asked.get(key), asked.get(high), self.filters.on)
            label = str(PAIR_LABELS[key])
        else:
            label, words = str(self.filters.form[key].label), self._words(key, asked[key])
        fields = (key, dict(PAIRS)[key]) if key in PAIR_LABELS else (key,)
        query = self._query_without(*names)
        url = f"?{query.urlencode()}" if query else "?"
        return Chip(
            label,
            words,
            [self._control(name) for name in fields],
            [(name, str(query[name])) for name in query],
            url,
        )

    def _control(self, name: str) -> Control:
        bound = self.filters.form[name]
        css = "form-select" if isinstance(bound.field.widget, Select) else "form-control"
        html = bound.as_widget(attrs={"id": f"condition_{name}", "class": css})
        return Control(f"condition_{name}", str(bound.label), html)

    def _words(self, name: str, value: str) -> str:
        field = self.filters.form.fields[name]
        if isinstance(field, SeveralField):
            return field.words_of(value)
        return str(dict(getattr(field, "choices", ())).get(value, value))

    def _query_without(self, *names: str) -> QueryDict:
        query = self.listing.state.query.copy()
        for name in (*names, "page", "untold", "said"):
            query.pop(name, None)
        if left := text_without(self.reading, *names):
            query["said"] = left
        return query

    def _remedy(self, unread: Unread) -> Remedy:
        words = unread.span.of(self.reading.text)
        if unread.why is not Unknown.WORD:
            return Remedy(words, str(_WHY[unread.why]))
        offers = (
            [self._offer(unread, unread.closest, _("是否指“%(word)s”") % {"word": unread.closest})]
            if unread.closest
            else []
        )
        if words.isalnum() and 1 < len(words) <= MOST_SEARCHED:
            told = _("在毕业院校、专业、专长中查找")
            offers.append(self._offer(unread, f" 专长含{words} ", told))
        return Remedy(words, "", offers)

    def _offer(self, unread: Unread, instead: str, told: str) -> tuple[str, str]:
        text, span = self.reading.text, unread.span
        changed = " ".join(f"{text[: span.start]}{instead}{text[span.end :]}".split())
        query = self.listing.state.query.copy()
        query["find"] = changed
        return told, f"?{query.urlencode()}"


MOST_SEARCHED = 20
_WHY = {
    Unknown.TOO_LONG: gettext_lazy("超过500字的部分未读，请缩短后再查"),
    Unknown.NOTHING_NEGATED: gettext_lazy("其后没有可以排除的条件，请写明排除什么，例如“非中共党员”"),
    Unknown.NEEDS_LEVEL: gettext_lazy("请写明等次或分数，例如“做群众工作较好以上”“做群众工作85分以上”"),
}
_CLASHES = {
    Clash.BOTH: gettext_lazy("%(words)s同时写出，符合其中之一的均已列入"),
    Clash.NOBODY: gettext_lazy("%(words)s相互矛盾，没有人能同时符合，请去掉其中之一"),
    Clash.NARROWED: gettext_lazy("%(words)s说的是同一条件，已按较严的查找"),
    Clash.OR_ACROSS: gettext_lazy("%(words)s不是同一类条件，不能用“或”连接，已按同时符合查找"),
}


def _remark(remark: Remark, one: Condition, text: str) -> str:
    words = listed(_quoted(span.of(text)) for span in one.spans)
    return str(_REMARKS[remark]) % {"words": words, "n": len(one.value.split(","))}


_REMARKS = {
    Remark.NOW_NOT_OUT: gettext_lazy(
        "%(words)s按“现未在外挂职”查找，以前挂过职的也在内；只查没有挂过职的，请写“从未挂职”"
    ),
    Remark.BY_TAG: gettext_lazy("%(words)s按所属专业领域查找"),
    Remark.BY_TEXT: gettext_lazy("%(words)s没有对应的专业领域，在毕业院校、专业和专长的文字中查找"),
    Remark.BY_LEVEL: gettext_lazy("%(words)s含通常对应的职级，以本单位规定为准"),
    Remark.SEVERAL_UNITS: gettext_lazy("名为%(words)s的单位有%(n)s个，均已列入"),
}


def _quoted(words: str) -> str:
    return f"“{words.strip()}”"


def _age_words(low: str | None, high: str | None, on: dt.date) -> str:
    day = {"on": on.isoformat(), "low": low, "high": high}
    if low and low == high:
        return _("%(low)s周岁（%(on)s）") % day
    if low and high:
        return _("%(low)s—%(high)s周岁（%(on)s）") % day
    return (_("≥ %(low)s周岁（%(on)s）") if low else _("≤ %(high)s周岁（%(on)s）")) % day


def _born_words(low: str | None, high: str | None, _on: dt.date) -> str:
    days = {"low": low, "high": high}
    if low and high:
        return _("%(low)s至%(high)s") % days
    return (_("%(low)s及以后") if low else _("%(high)s及以前")) % days


def _rank_words(low: str | None, high: str | None, _on: dt.date) -> str:
    ranks = {"low": rank_label(low or ""), "high": rank_label(high or "")}
    if low and low == high:
        return ranks["low"]
    if low and high:
        return _("%(low)s至%(high)s") % ranks
    return (_("%(low)s及以上") if low else _("%(high)s及以下")) % ranks


def _year_words(low: str | None, high: str | None, _on: dt.date) -> str:
    """满2年, 不满2年; years are kept to a tenth, so that from 2.1 is more than 2, and from 0.1 is some."""
    from_words = (_("有此经历"), _("超过%(n)s年"), _("满%(n)s年"))
    below_words = (_("没有此经历"), _("不超过%(n)s年"), _("不满%(n)s年"))
    return listed(_years(value, *words) for value, words in ((low, from_words), (high, below_words)) if value)


def _years(value: str, some: str, beyond: str, plain: str) -> str:
    years = Decimal(value)
    if years == _TENTH:
        return some
    whole = years - _TENTH
    is_beyond = whole == whole.to_integral_value()
    return (beyond if is_beyond else plain) % {"n": f"{(whole if is_beyond else years).normalize():f}"}


_PAIR_WORDS: dict[str, Callable[[str | None, str | None, dt.date], str]] = {
    "age_from": _age_words,
    "born_from": _born_words,
    "rank_from": _rank_words,
    "grassroots_from": _year_words,
    "in_rank_from": _year_words,
}
