"""The form of the replies: one line a person, for one unit or for all units of an account."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from secondment.decision.choices import ANSWERS, Reply
from secondment.decision.heard import answer_before
from secondment.decision.models import Consultation, PersonReply
from secondment.decision.queries import people_of
from secondment.decision.services import PersonOpinion, UnitReply
from secondment.matching.models import ProposalPair

MOST_WORDS = 200
THE_REST = "agree_rest"
"""The button that agrees to everyone about whom nothing was said."""


@dataclass(frozen=True)
class Asked:
    """One person about whom a unit is asked."""

    consultation: Consultation
    pair: ProposalPair

    @property
    def name(self) -> str:
        """What the fields of the line end with."""
        return f"{self.consultation.pk}-{self.pair.nomination_id}"

    @property
    def said(self) -> PersonReply | None:
        """What the unit says about the person in this post."""
        return next((row for row in self._all_said() if self._counts(row)), None)

    @property
    def said_before(self) -> PersonReply | None:
        """What the unit said before it was asked anew, or of another post; no answer to what is asked now."""
        if self.said:
            return None
        return next((row for row in reversed(self._all_said()) if not self._counts(row)), None)

    @property
    def words_before(self) -> str:
        """That answer in words, with the post that it is about."""
        row = self.said_before
        if row is None:
            return ""
        return answer_before(row.reply, row.text, _post_of(row, self.pair))

    def _counts(self, row: PersonReply) -> bool:
        return row.is_current and row.campaign_post_id == self.pair.campaign_post_id

    def _all_said(self) -> list[PersonReply]:
        rows = self.consultation.people.all()
        return [row for row in rows if row.nomination_id == self.pair.nomination_id]


def _post_of(row: PersonReply, pair: ProposalPair) -> str:
    """The post of an answer where it is another one than now."""
    asked = row.campaign_post
    return "" if asked is None or asked.pk == pair.campaign_post_id else str(asked)


class RepliesForm(forms.Form):
    """同意 or 有异议 for each person; whoever objects says why."""

    def __init__(self, data: Any = None, *, consultations: Sequence[Consultation]) -> None:
        super().__init__(data)
        self.asked = [Asked(consultation, pair) for consultation, pair in people_of(consultations)]
        for one in self.asked:
            self._add_line(one)

    def _add_line(self, one: Asked) -> None:
        name = one.pair.nomination.person.name
        said = one.said
        self.fields[f"reply-{one.name}"] = forms.ChoiceField(
            label=_("对%(name)s的答复") % {"name": name},
            choices=ANSWERS,
            widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
            required=False,
            initial=said.reply if said else None,
        )
        words = {"class": "form-control", "data-column": "text", "aria-label": _("理由")}
        self.fields[f"text-{one.name}"] = forms.CharField(
            label=_("对%(name)s的理由") % {"name": name},
            max_length=MOST_WORDS,
            required=False,
            initial=said.text if said else "",
            widget=forms.TextInput(attrs=words),
        )

    def lines(self) -> Iterator[tuple[Asked, Any, Any]]:
        """(who, field of the reply, field of the reason) for each line of the page."""
        for one in self.asked:
            yield one, self[f"reply-{one.name}"], self[f"text-{one.name}"]

    def clean(self) -> dict[str, Any]:
        """Whoever answers for a unit answers about each of its people, and says why where it objects."""
        data: dict[str, Any] = self.cleaned_data
        if THE_REST in self.data:
            for one in self.asked:
                data[f"reply-{one.name}"] = data.get(f"reply-{one.name}") or self._unsaid(one)
        answered = self.answered
        for one in self.asked:
            self._check(one, answered)
        if not answered:
            self.add_error(None, gettext("请至少答复一个单位的人选；没有异议的，可一次全部同意。"))
        return data

    def _unsaid(self, one: Asked) -> str:
        """A reason without a choice is an objection that was not finished, no consent."""
        return "" if self.cleaned_data.get(f"text-{one.name}") else str(Reply.AGREED)

    def _check(self, one: Asked, answered: set[int]) -> None:
        reply = self.cleaned_data.get(f"reply-{one.name}")
        text = self.cleaned_data.get(f"text-{one.name}")
        if reply == Reply.OBJECTED and not text:
            self.add_error(f"text-{one.name}", gettext("有异议的，请写明理由。"))
        elif not reply and (text or one.consultation.pk in answered):
            self.add_error(f"reply-{one.name}", gettext("请选择“同意”或“有异议”。"))

    @property
    def answered(self) -> set[int]:
        """Consultations for which something was said."""
        return {
            one.consultation.pk
            for one in self.asked
            if self.cleaned_data.get(f"reply-{one.name}") or self.cleaned_data.get(f"text-{one.name}")
        }

    def replies(self) -> list[UnitReply]:
        """What the service takes: units about whose people nothing was said are left for later."""
        found: dict[int, tuple[Consultation, list[PersonOpinion]]] = {}
        for one in self.asked:
            reply = self.cleaned_data[f"reply-{one.name}"]
            if reply:
                opinion = PersonOpinion(
                    one.pair.nomination_id, Reply(reply), self.cleaned_data[f"text-{one.name}"]
                )
                found.setdefault(one.consultation.pk, (one.consultation, []))[1].append(opinion)
        return [UnitReply(consultation, opinions) for consultation, opinions in found.values()]
