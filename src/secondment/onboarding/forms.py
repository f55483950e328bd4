"""The proposal: a user name for each row, and for units the name of whoever will use the account."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from secondment.accounts.forms import USERNAME
from secondment.onboarding.candidates import Candidate
from secondment.onboarding.services import LineAsked
from secondment.onboarding.usernames import taken_usernames


class ProposalForm(forms.Form):
    """One user name a candidate, all of them free and different."""

    def __init__(self, *args: Any, candidates: Sequence[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = candidates
        for one in candidates:
            if one.person is None:
                label = _("%(unit)s的使用人") % {"unit": one.unit.name}
                self.fields[f"name_{one.key}"] = forms.CharField(
                    label=label, max_length=60, initial=one.name, widget=_input(label)
                )
            label = _("%(name)s的账号") % {"name": one.name}
            self.fields[f"username_{one.key}"] = forms.CharField(
                label=label,
                max_length=60,
                validators=[USERNAME],
                initial=one.username,
                widget=_input(label),
            )

    def rows(self) -> Iterator[tuple[Candidate, forms.BoundField | None, forms.BoundField]]:
        """Each candidate with its field for a name, if there is one, and its field for a user name."""
        for one in self.candidates:
            name = self[f"name_{one.key}"] if one.person is None else None
            yield one, name, self[f"username_{one.key}"]

    def clean(self) -> dict[str, Any]:
        """Refuse at its field every name that is taken or repeated."""
        cleaned: dict[str, Any] = super().clean() or {}
        names = [cleaned.get(f"username_{one.key}") for one in self.candidates]
        taken = taken_usernames(name for name in names if name)
        for one, name in zip(self.candidates, names, strict=True):
            if name and (name in taken or names.count(name) > 1):
                self.add_error(f"username_{one.key}", _("账号“%(name)s”已被使用，请更换。") % {"name": name})
        return cleaned

    def asked(self) -> list[LineAsked]:
        """The accounts as typed."""
        typed = self.cleaned_data
        return [
            LineAsked(
                one.unit,
                typed.get(f"name_{one.key}", one.name),
                typed[f"username_{one.key}"],
                one.person,
            )
            for one in self.candidates
        ]


def _input(label: str) -> forms.TextInput:
    """A field of a row: its words are read aloud, the head of the column is seen."""
    return forms.TextInput({"class": "form-control", "aria-label": label, "autocomplete": "off"})
