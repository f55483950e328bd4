"""What users type on the way to a decision."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from secondment.campaigns.models import CampaignPost, Nomination
from secondment.common.days import DayField
from secondment.decision.services.afterwards import Afterwards
from secondment.decision.services.deciding import DecidedPair, Meeting
from secondment.decision.services.talks import NewTalk
from secondment.decision.services.withdrawing import Withdrawal
from secondment.matching.models import ProposalPair

EXTRA_CHANGES = 3
MOST_POINTS = 500


def own_points(nomination_id: int) -> str:
    """The field of a person's own points of a talk."""
    return f"points-{nomination_id}"


def text_field(label: Any, most: int, **options: Any) -> forms.CharField:
    """Several lines with a counter."""
    widget = forms.Textarea(attrs={"rows": 4, "maxlength": most})
    return forms.CharField(label=label, max_length=most, widget=widget, **options)


class ConsultationForm(forms.Form):
    """By when the units reply."""

    due_on = DayField(label=_("答复期限"), help_text=_("到期未答复的，视为没有异议。"))


class HandlingForm(forms.Form):
    """How an objection was dealt with."""

    handling = text_field(_("处理结论"), 300)


class ReasonForm(forms.Form):
    """Why a step is taken back."""

    reason = text_field(_("退回理由"), 300)


class WithdrawalForm(forms.Form):
    """Why what was posted is taken back."""

    reason = text_field(_("撤回理由"), 300)


class DecisionWithdrawalForm(forms.Form):
    """The meeting that takes a decision back, and why."""

    meeting = forms.CharField(
        label=_("决定撤回的会议"), max_length=100, help_text=_("例如：部务会 2026 年第 13 次会议")
    )
    withdrawn_on = DayField(label=_("撤回日期"))
    reason = text_field(
        _("撤回理由"), 300, help_text=_("只供组织部门和领导查阅，不告知派出单位、接收单位和本人。")
    )

    def answer(self) -> Withdrawal:
        """What the service needs."""
        data = self.cleaned_data
        return Withdrawal(data["meeting"], data["withdrawn_on"], data["reason"])


class NotificationForm(forms.Form):
    """When the notification begins and where people turn to."""

    starts_on = DayField(label=_("公示开始"))
    contact = forms.CharField(
        label=_("受理方式"),
        max_length=200,
        help_text=_("受理部门、电话和通信地址，会印在公示上。"),
    )
    late_reason = forms.CharField(
        label=_("补录说明"),
        max_length=200,
        required=False,
        help_text=_("公示已经张贴、现在补录的必填：张贴的地点和补录的原因。保留在决定页和审计记录中。"),
    )


class ObjectionForm(forms.Form):
    """What was reported; who reported it is not asked."""

    received_on = DayField(label=_("收到日期"))
    nomination = forms.ModelChoiceField(
        Nomination.objects.none(), label=_("涉及人选"), required=False, empty_label=_("不针对个人")
    )
    text = text_field(_("反映情况"), 500, help_text=_("只填写反映的情况，不填写反映人。"))

    def __init__(self, *args: Any, nominations: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["nomination"]
        field.queryset = nominations  # type: ignore[attr-defined]


class ConclusionForm(forms.Form):
    """What was found."""

    conclusion = text_field(_("核实结论"), 500)


class TalksForm(forms.Form):
    """One talk for everyone ticked: the same day and talker; points for all, or a person's own."""

    held_on = DayField(label=_("谈话日期"))
    talker = forms.CharField(label=_("谈话人"), max_length=40)
    points = text_field(_("谈话要点"), MOST_POINTS, required=False)

    def __init__(self, *args: Any, people: Mapping[int, str], **options: Any) -> None:
        super().__init__(*args, **options)
        for key, name in people.items():
            label = _("%(name)s的谈话要点") % {"name": name}
            attributes = {"class": "form-control", "data-column": "points", "aria-label": label}
            self.fields[own_points(key)] = forms.CharField(
                label=label,
                max_length=MOST_POINTS,
                required=False,
                widget=forms.TextInput(attrs=attributes),
            )

    @property
    def common(self) -> list[forms.BoundField]:
        """What is typed once for all."""
        return [self[name] for name in ("held_on", "talker", "points")]

    def talks(self, nomination_ids: Sequence[int]) -> list[NewTalk]:
        """The talk with each of these people."""
        data = self.cleaned_data
        return [
            NewTalk(one, data["held_on"], data["talker"], data[own_points(one)] or data["points"])
            for one in nomination_ids
        ]


class MeetingForm(forms.Form):
    """The meeting that decided."""

    meeting = forms.CharField(
        label=_("会议"), max_length=100, help_text=_("例如：部务会 2026 年第 12 次会议")
    )
    number = forms.CharField(label=_("决定文号"), max_length=60)
    decided_on = DayField(label=_("决定日期"))
    leaders = forms.CharField(
        label=_("作出决定的领导"), max_length=200, help_text=_("应急决定的必填：姓名和职务，用顿号隔开。")
    )
    afterwards_reason = text_field(
        _("事后补办的理由"),
        300,
        help_text=_("哪些步骤来不及、为什么；未完成的步骤按期限列入待办，直到办完。"),
    )

    def __init__(self, *args: Any, is_urgent: bool, is_early: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("leaders", "afterwards_reason"):
            if is_urgent:
                self.fields[name].required = is_early
            else:
                del self.fields[name]

    def afterwards(self) -> Afterwards | None:
        """Who decided at once and why; nothing where every step was taken before."""
        leaders, reason = (self.cleaned_data.get(name, "") for name in ("leaders", "afterwards_reason"))
        return Afterwards(leaders, reason) if leaders or reason else None

    def answer(self) -> Meeting:
        """What the service needs."""
        data = self.cleaned_data
        return Meeting(data["meeting"], data["number"], data["decided_on"])


class CorrectionForm(forms.Form):
    """A recorded decision as it should have been recorded."""

    meeting = forms.CharField(label=_("会议"), max_length=100)
    number = forms.CharField(label=_("决定文号"), max_length=60)
    decided_on = DayField(label=_("决定日期"))
    reason = text_field(_("更正理由"), 300)

    def answer(self) -> Meeting:
        """What the service needs."""
        data = self.cleaned_data
        return Meeting(data["meeting"], data["number"], data["decided_on"])


class MinutesForm(forms.Form):
    """The minutes of an urgent decision."""

    number = forms.CharField(label=_("会议纪要编号"), max_length=60)
    minutes_on = DayField(label=_("会议纪要日期"))
    late_reason = forms.CharField(
        label=_("逾期说明"),
        max_length=200,
        required=False,
        help_text=_("超过期限的必填，保留在决定页和审计记录中。"),
    )


class ChangeForm(forms.Form):
    """A person for whom the decision differs from the proposal."""

    nomination = forms.ChoiceField(label=_("人选"), required=False)
    campaign_post = forms.ChoiceField(label=_("决定岗位"), required=False)
    reason = forms.CharField(label=_("理由"), max_length=300, required=False)

    def __init__(
        self, *args: Any, people: Sequence[tuple[str, str]], posts: Sequence[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["nomination"].choices = [("", _("—")), *people]  # type: ignore[attr-defined]
        self.fields["campaign_post"].choices = [("", _("不派出")), *posts]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A post or a reason without a person is a slip."""
        data: dict[str, Any] = self.cleaned_data
        if not data.get("nomination") and (data.get("campaign_post") or data.get("reason")):
            self.add_error("nomination", _("请选择人选。"))
        return data

    def pair(self) -> DecidedPair | None:
        """The decided pair of a filled row."""
        data = self.cleaned_data
        if not data.get("nomination"):
            return None
        post = data.get("campaign_post")
        return DecidedPair(int(data["nomination"]), int(post) if post else None, data.get("reason", ""))


def change_forms(
    data: Any, nominations: Sequence[Nomination], posts: Sequence[CampaignPost], initial: list[dict[str, Any]]
) -> Any:
    """The rows for changes: what was changed by hand comes filled, empty rows follow."""
    people = [(str(one.pk), f"{one.person.name} · {one.home_unit.name}") for one in nominations]
    places = [(str(one.pk), str(one.post)) for one in posts]
    formset = forms.formset_factory(ChangeForm, extra=EXTRA_CHANGES, max_num=2000)
    return formset(data, initial=initial, form_kwargs={"people": people, "posts": places}, prefix="changes")


def initial_changes(
    pairs: Sequence[ProposalPair], computed: Mapping[int, int], reasons: Mapping[int, str]
) -> list[dict[str, Any]]:
    """One row for each person whom the chosen proposal sends elsewhere than the run did, and who is left out.

    `reasons` are those given when the proposal was changed.
    """
    chosen = {pair.nomination_id: pair.campaign_post_id for pair in pairs}
    return [
        {
            "nomination": str(person),
            "campaign_post": str(chosen.get(person) or ""),
            "reason": reasons.get(person, ""),
        }
        for person in {**chosen, **computed}
        if chosen.get(person) != computed.get(person)
    ]


def decided_pairs(pairs: Sequence[ProposalPair], changes: Sequence[DecidedPair]) -> list[DecidedPair]:
    """The proposal's pairs, except where a change differs; a person changed twice stays twice to be refused."""
    changed = {change.nomination_id for change in changes}
    kept = [
        DecidedPair(pair.nomination_id, pair.campaign_post_id)
        for pair in pairs
        if pair.nomination_id not in changed
    ]
    return [*kept, *changes]


def ticked(values: Sequence[str], allowed: Sequence[int]) -> list[int]:
    """The ticked people who belong to the list."""
    known = {str(one): one for one in allowed}
    return [known[value] for value in dict.fromkeys(values) if value in known]
