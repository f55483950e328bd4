"""What users type about daily work."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from secondment.accounts.models import User
from secondment.daily_work.choices import UrgentKind
from secondment.daily_work.content import MOST_CHARACTERS, Notice, Presence, Report, RowFault
from secondment.daily_work.desk import Desk, Entry
from secondment.daily_work.models import (
    CAUSE_LENGTH,
    LINE_LENGTH,
    NAME_LENGTH,
    WORDS_LENGTH,
    HostReport,
)
from secondment.daily_work.own_work import own_work_fault
from secondment.daily_work.words import told
from secondment.files.columns.half_days import HALF_DAYS
from secondment.files.faults import CellError
from secondment.placements.models import Placement
from secondment.units.models import Unit

REPORT_TEXTS = HostReport.TEXTS


class HalfDaysField(forms.CharField):
    """Days in halves; the value is the number of half-days."""

    default_error_messages = {"invalid": _("请填0至31之间的天数，半天写0.5。")}

    def __init__(self, **options: Any) -> None:
        attrs = {
            "inputmode": "decimal",
            "maxlength": 6,
            "autocomplete": "off",
            "class": "form-control",
            "size": 4,
        }
        super().__init__(widget=forms.TextInput(attrs=attrs), **options)

    def to_python(self, value: Any) -> Any:
        """The half-days; nothing typed means none."""
        words = super().to_python(value)
        try:
            return HALF_DAYS.read(words) if words else 0
        except CellError:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None


class HostSheetForm(forms.Form):
    """One submission for all secondees of a host unit: the month in post and, where one is due, the report."""

    rest_is_quiet = forms.BooleanField(
        label=_("其余各人本期无新情况"),
        required=False,
        help_text=_("没有填写情况报告的人，一次勾选。连续两期无新情况的，须写明情况。"),
    )

    def __init__(
        self,
        *args: Any,
        presence: Desk,
        report: Desk,
        ready: Sequence[Placement],
        on: dt.date,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.presence, self.report, self.on = presence, report, on
        self.fault_labels: dict[str, str] = {}
        self.confirmed = ready
        self.reported = [one for one in report.placements.values() if one.pk in report.periods]
        if not self.reported:
            del self.fields["rest_is_quiet"]
        for placement in self.confirmed:
            self._add_presence(placement)
        for placement in self.reported:
            self._add_report(placement)

    def _add_presence(self, placement: Placement) -> None:
        standing = self.presence.latest(placement)
        away = self.presence.away.get(placement.pk)
        self._add("half_days_away", placement, HalfDaysField(label=_("离岗天数"), required=False))
        typed = forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"})
        cause = forms.CharField(label=_("离岗原因"), max_length=CAUSE_LENGTH, required=False, widget=typed)
        self._add("cause", placement, cause)
        self._add("presence_seen", placement, _hidden())
        self.initial[_name("half_days_away", placement)] = HALF_DAYS.write(
            standing.half_days_away if standing else away.half_days if away else 0  # type: ignore[attr-defined]  # of this desk's model
        )
        self.initial[_name("cause", placement)] = (
            standing.cause if standing else away.cause if away else ""  # type: ignore[attr-defined]  # as above
        )
        self.initial[_name("presence_seen", placement)] = standing.pk if standing else 0

    def _add_report(self, placement: Placement) -> None:
        standing = self.report.latest(placement)
        tick = forms.CheckboxInput(attrs={"class": "form-check-input"})
        quiet = forms.BooleanField(label=_("无新情况"), required=False, widget=tick)
        self._add("has_no_news", placement, quiet)
        for name in REPORT_TEXTS:
            label = HostReport._meta.get_field(name).verbose_name  # type: ignore[union-attr]  # noqa: SLF001 -- a column
            self._add(name, placement, _text(label))
        self._add("report_seen", placement, _hidden())
        for name in HostReport.CONTENT:
            self.initial[_name(name, placement)] = getattr(standing, name, "")
        self.initial[_name("report_seen", placement)] = standing.pk if standing else 0

    def _add(self, name: str, placement: Placement, field: forms.Field) -> None:
        self.fields[_name(name, placement)] = field
        self.fault_labels[_name(name, placement)] = f"{placement.person.name} {field.label}"

    def presence_entries(self) -> list[Entry]:
        """Every month on the page that was sent, whether something was typed or not."""
        return [
            Entry(one, self._content(Presence, one), seen=self._of("presence_seen", one) or 0)
            for one in self.confirmed
            if self._was_shown("presence_seen", one)
        ]

    def report_entries(self) -> list[Entry]:
        """The reports that were filled in or ticked, and those that one tick declared to be without news."""
        return [
            Entry(one, content, seen=self._of("report_seen", one) or 0)
            for one in self.reported
            if self._was_shown("report_seen", one) and (content := self._report(one)) is not None
        ]

    def _was_shown(self, name: str, placement: Placement) -> bool:
        """Whether the page that was sent had the row: nobody confirms who came in meanwhile."""
        return _name(name, placement) in self.data

    def _report(self, placement: Placement) -> Report | None:
        content: Report = self._content(Report, placement)
        if not content.is_empty or self.report.latest(placement) is not None:
            return content
        return Report(has_no_news=True) if self.cleaned_data.get("rest_is_quiet") else None

    def clean(self) -> dict[str, Any]:
        """Put what is wrong with a row where it was typed."""
        for desk, entries in ((self.presence, self.presence_entries()), (self.report, self.report_entries())):
            for entry in entries:
                for one in desk.faults(entry, self.on):
                    self._add_fault(one, entry.placement)
        return self.cleaned_data

    def _add_fault(self, one: RowFault, placement: Placement) -> None:
        name = _name(one.field, placement)
        self.add_error(name if name in self.fields else None, told(one))

    def _content(self, kind: type[Any], placement: Placement) -> Any:
        return kind(**{name: self._of(name, placement) for name in kind.MODEL.CONTENT})

    def _of(self, name: str, placement: Placement) -> Any:
        """What was typed; what could not be read counts as nothing, and is said by its field."""
        field = self.fields[_name(name, placement)]
        return self.cleaned_data.get(_name(name, placement), field.to_python(None))

    def cells(self, placement: Placement, names: Sequence[str]) -> Iterator[forms.BoundField]:
        """The fields of a row."""
        return (self[name] for name in (_name(one, placement) for one in names) if name in self.fields)


class NoticeForm(forms.Form):
    """Form F9: what the home unit tells."""

    legal_basis = {
        "major_matters": _("挂职干部管理办法：与本人有关的重大事项、重要信息，派出单位应及时告知"),
        "work_requirements": _("规则 H13：挂职期间派出单位不另派工作"),
    }
    has_no_matters = forms.BooleanField(label=_("本季度无事项"), required=False)
    major_matters = forms.CharField(
        label=_("重大事项"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": MOST_CHARACTERS}),
        help_text=_("与本人有关的机构、职务、待遇等变化。"),
    )
    work_requirements = forms.CharField(
        label=_("工作进展要求"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": MOST_CHARACTERS}),
        help_text=_("对挂职工作的要求；不得布置原单位工作。"),
    )
    logistics = forms.CharField(
        label=_("后勤保障"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": MOST_CHARACTERS}),
        help_text=_("补助、保险、体检、探亲等安排。三项合计不超过500字。"),
    )

    home_work_reason = forms.CharField(
        label=_("仍要发送的理由"),
        required=False,
        max_length=WORDS_LENGTH,
        help_text=_("随告知单保存，组织部门和本人可以看到。"),
    )

    def __init__(self, *args: Any, to: Sequence[Placement] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.to = to
        self.asks_reason = bool(self.initial.get("home_work_reason"))

    def clean(self) -> dict[str, Any]:
        """Either texts or nothing to tell, said where it was typed; work of the home unit is said before it is sent."""
        content = self.content()
        for one in content.faults():
            self.add_error(one.field, told(one))
        warnings = [own_work_fault(one, content) for one in self.addressed()]
        warning = next((one for one in warnings if one is not None), None)
        if warning is not None:
            self.add_error(warning.field, told(warning))
        self.asks_reason = warning is not None or bool(content.home_work_reason)
        return self.cleaned_data

    def addressed(self) -> Sequence[Placement]:
        """To whom it goes, as far as is known."""
        return self.to

    def content(self) -> Notice:
        """What the service needs."""
        names = (*Notice.MODEL.TEXTS, "home_work_reason")
        given = {name: self.cleaned_data.get(name, "") for name in names}
        return Notice(has_no_matters=bool(self.cleaned_data.get("has_no_matters")), **given)


class GiveForm(NoticeForm):
    """One text for several secondees."""

    placements = forms.ModelMultipleChoiceField(
        label=_("告知谁"),
        queryset=Placement.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选择一人。")},
    )
    field_order = ["placements"]

    def __init__(self, *args: Any, people: Sequence[Placement], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["placements"]
        field.queryset = Placement.objects.filter(pk__in=[one.pk for one in people])
        field.choices = [(one.pk, f"{one.person.name}（{one.host_unit.name}）") for one in people]
        self.people = {one.pk: one for one in people}

    def addressed(self) -> Sequence[Placement]:
        """Those who are chosen."""
        return [self.people[one.pk] for one in self.cleaned_data.get("placements", ())]


def _name(field: str, placement: Placement) -> str:
    return f"{field}_{placement.pk}"


def _hidden() -> forms.IntegerField:
    return forms.IntegerField(required=False, widget=forms.HiddenInput)


def _text(label: Any) -> forms.CharField:
    attrs = {"rows": 2, "maxlength": MOST_CHARACTERS}
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs=attrs))


class WordsForm(forms.Form):
    """A few words."""

    words = forms.CharField(label=_("说明"), required=False, max_length=WORDS_LENGTH)


class ReplyForm(forms.Form):
    """The secondee's answer to a notice."""

    words = forms.CharField(
        label=_("本人答复"), required=False, max_length=WORDS_LENGTH, help_text=_("可以不填，也不会催办。")
    )


class JudgeForm(forms.Form):
    """Whether support helped, with a few words where it did not."""

    words = forms.CharField(
        label=_("说明"), required=False, max_length=WORDS_LENGTH, help_text=_("没有帮到的，写明还缺什么。")
    )


class NameForm(forms.Form):
    """Who took note, in an office without an account."""

    name = forms.CharField(label=_("签收人姓名"), required=False, max_length=NAME_LENGTH)


class UrgentForm(forms.Form):
    """An urgent matter in one line."""

    placement = forms.ModelChoiceField(
        label=_("挂职干部"), queryset=Placement.objects.none(), empty_label=_("请选择")
    )
    kind = forms.ChoiceField(label=_("类别"), choices=UrgentKind)
    line = forms.CharField(
        label=_("情况"),
        max_length=LINE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": LINE_LENGTH}),
        help_text=_("一句话，不超过100字：什么时间、什么事、现在怎样。加密保存；详情电话报告。"),
        error_messages={"required": _("请用一句话写明情况。")},
    )
    told_by = forms.CharField(
        label=_("来电人"), required=False, max_length=NAME_LENGTH, help_text=_("代接电话的填写，其他不填。")
    )
    discipline = forms.ModelChoiceField(
        label=_("同时报送纪检督查"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("不报送"),
    )

    def __init__(
        self,
        *args: Any,
        people: QuerySet[Placement],
        chosen: Placement | None,
        offices: Sequence[Unit],
        user: User,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["placement"]
        field.queryset = people
        field.label_from_instance = lambda one: f"{one.person.name}（{one.host_unit.name}）"
        field.widget.attrs["data-searchable"] = ""
        if chosen is not None:
            field.widget = forms.HiddenInput()
            self.initial["placement"] = chosen.pk
            if chosen.person.account_id == user.pk:
                del self.fields["told_by"]
        discipline: Any = self.fields["discipline"]
        if offices:
            discipline.queryset = Unit.objects.filter(pk__in=[one.pk for one in offices])
        else:
            del self.fields["discipline"]

    @property
    def values(self) -> dict[str, Any]:
        """What the service needs."""
        return dict(self.cleaned_data)
