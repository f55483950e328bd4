"""A filter whose value may name several choices: “a,b” is any of them, “-a,b” none of them."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseForm, BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from secondment.people.conditions import several

Choices = Sequence[tuple[Any, Any]]
_POINTS = re.compile(r"(\d{1,3})-(\d{1,3})")
MOST_VALUES = 40
MOST_POINTS = 100


class SeveralField(forms.ChoiceField):
    """A select of single choices and of usual sets of them; a set that the address names stands in it too.

    `first` are sets shown before the single choices; `further` are known and not shown until asked for.
    """

    def __init__(
        self,
        *,
        choices: Callable[[], Choices] | Choices = (),
        first: Choices = (),
        further: Choices = (),
        **kwargs: Any,
    ) -> None:
        self._single, self.first, self.further = choices, first, further
        super().__init__(choices=self._shown, **kwargs)

    def to_python(self, value: Any) -> str:
        """The value without doubles; every part has to be known."""
        return "" if value in self.empty_values else str(value)

    def validate(self, value: str) -> None:
        """Every part is a choice."""
        if not value:
            return
        parts, _is_negated = several(value)
        known = self._known()
        if value not in known and (len(parts) > MOST_VALUES or any(part not in known for part in parts)):
            raise ValidationError(_("没有这样的选项，请重新选择。"))

    def words_of(self, value: str) -> str:
        """The value in words."""
        known = self._known()
        if value in known:
            return str(known[value])
        parts, is_negated = several(value)
        positive = ",".join(parts)
        if positive in known:
            words = str(known[positive])
        else:
            words = pgettext("between alternatives", " 或 ").join(
                str(known.get(part, part)).strip("　") for part in parts
            )
        return str(_("不含：%(words)s") % {"words": words}) if is_negated else words

    def get_bound_field(self, form: BaseForm, field_name: str) -> BoundField:
        """The field of one form, in which the value of the address can be seen."""
        bound = super().get_bound_field(form, field_name)
        value = str(bound.value() or "")
        if value and value not in {str(key) for key, _words in self._shown()}:
            self.choices = [*self._shown(), (value, self.words_of(value))]
        return bound

    def _shown(self) -> list[tuple[Any, Any]]:
        return [("", _("全部")), *self.first, *self._singles()]

    def _singles(self) -> Choices:
        return self._single() if callable(self._single) else self._single

    def _known(self) -> dict[str, Any]:
        return {str(key): words for key, words in (*self.first, *self.further, *self._singles())}


class PointsField(SeveralField):
    """The same for points out of a hundred: “85-100”, any limits."""

    def validate(self, value: str) -> None:
        """Two whole numbers up to 100."""
        found = _POINTS.fullmatch(value)
        if value and (found is None or int(found[2]) > MOST_POINTS):
            raise ValidationError(_("没有这样的选项，请重新选择。"))

    def words_of(self, value: str) -> str:
        """The limits, where no word of the assessment stands for them."""
        found = _POINTS.fullmatch(value)
        if value in self._known() or found is None:
            return str(self._known().get(value, value))
        return str(_("%(low)s—%(high)s分") % {"low": found[1], "high": found[2]})


class SeveralFilter(filters.Filter):  # type: ignore[misc]  # the library has no types
    """The filter of such a field."""

    field_class = SeveralField


class PointsFilter(SeveralFilter):
    """The filter of points."""

    field_class = PointsField
