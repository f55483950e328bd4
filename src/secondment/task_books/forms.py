"""What is typed about task books, the division of work and recusal."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from secondment.common.days import DayField
from secondment.placements.models import Placement
from secondment.task_books.choices import Power, Proposer
from secondment.task_books.content import faults_of
from secondment.task_books.models import CONTENT, MOST_TASKS, POWERS, Task, TaskContent, TaskProposal
from secondment.task_books.services import Division

ROWS_SHOWN = 3
TEXT_LENGTH = 200
TYPED = [name for name in CONTENT if name not in POWERS]


class TaskForm(forms.ModelForm[Task]):
    """One task that can be measured."""

    powers = forms.MultipleChoiceField(
        label=_("涉及的审批权"),
        choices=Power.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("须与分工一致；不涉及的不选。"),
    )
    line = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Task
        fields = TYPED
        field_classes = {"due_on": DayField}
        widgets = {
            "name": forms.TextInput(attrs={"placeholder": _("例如：土地流转")}),
            "target": forms.TextInput(attrs={"placeholder": _("例如：新增流转面积800亩")}),
            "way": forms.TextInput(attrs={"placeholder": _("例如：看合同和台账，村委会验收")}),
            "partner": forms.TextInput(attrs={"placeholder": _("配合的任务写明配合谁")}),
            "weight": forms.NumberInput(attrs={"min": 0, "max": 100}),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("target", "weight", "kind", "field", "proposer"):
            self.fields[name].required = False
        self.initial["weight"] = self.initial.get("weight") or None
        # choices with a default: a row in which nothing was typed stays empty
        for name in ("kind", "field", "proposer"):
            self.fields[name].initial = Task._meta.get_field(name).default  # type: ignore[union-attr]  # noqa: SLF001 -- a column

    def task(self) -> Task:
        """The task that was typed."""
        task = self.instance
        for name in ("kind", "field", "proposer"):
            if not getattr(task, name):
                setattr(task, name, self.fields[name].initial)
        task.weight = task.weight or 0
        for name in POWERS:
            setattr(task, name, name in self.cleaned_data.get("powers", ()))
        task.line = self.cleaned_data.get("line") or 0
        return task


def initial_of(task: TaskContent) -> dict[str, Any]:
    """What a row of the form begins with."""
    values = {name: getattr(task, name) for name in TYPED}
    powers = [name for name in POWERS if getattr(task, name)]
    return {**values, "powers": powers, "line": getattr(task, "line", None)}


class BaseTaskFormSet(BaseFormSet[TaskForm]):
    """Tasks in the order shown; faults stand where they were typed."""

    placements: Sequence[Placement] = ()
    lines: Collection[int] = ()

    def add_fields(self, form: TaskForm, index: int | None) -> None:
        """Say in our words what the box for removal does."""
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("移除这一项")

    @property
    def filled(self) -> list[TaskForm]:
        """The rows that were filled in and not removed."""
        return [
            form
            for form in self.forms
            if form.cleaned_data.get("name") and not form.cleaned_data.get("DELETE")
        ]

    def tasks(self) -> list[Task]:
        """The tasks; a line that the task book never had, or has twice, counts as new."""
        tasks, seen = [form.task() for form in self.filled], set()
        for one in tasks:
            if one.line not in self.lines or one.line in seen:
                one.line = 0
            seen.add(one.line)
        return tasks

    def clean(self) -> None:
        """What no draft may have, for every one of the people it is written for."""
        if any(self.errors):
            return
        rows, tasks = self.filled, self.tasks()
        said: set[tuple[int | None, str]] = set()
        for placement in self.placements:
            for fault in faults_of(tasks, placement):
                if (fault.place, fault.field) in said:
                    continue
                said.add((fault.place, fault.field))
                if fault.place is None:
                    raise forms.ValidationError(fault.text)
                rows[fault.place].add_error(fault.field, fault.text)


TaskFormSet = formset_factory(
    TaskForm,
    formset=BaseTaskFormSet,
    extra=0,
    max_num=MOST_TASKS,
    absolute_max=MOST_TASKS,
    validate_max=True,
    can_delete=True,
)


def task_formset(
    data: Any = None,
    *,
    tasks: Sequence[TaskContent] = (),
    placements: Sequence[Placement] = (),
    lines: Any = (),
) -> Any:
    """The task rows of a draft: what is there, filled up to three."""
    formset: Any = TaskFormSet(data, prefix="tasks", initial=[initial_of(one) for one in tasks])
    formset.extra = max(0, ROWS_SHOWN - len(tasks))
    formset.placements, formset.lines = placements, lines
    return formset


class DraftForm(forms.Form):
    """The version of the draft that was shown; 0 where there was none."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    """Why; read by the other side."""

    reason = forms.CharField(
        max_length=TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 3, "maxlength": TEXT_LENGTH})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, label: Any, help_text: Any = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].label, self.fields["reason"].help_text = label, help_text


class ProposalForm(forms.ModelForm[TaskProposal]):
    """What the secondee would like to do."""

    class Meta:
        model = TaskProposal
        fields = ["name", "kind", "field", "partner", "target", "due_on"]
        field_classes = {"due_on": DayField}
        help_texts = {
            "due_on": _("可以不填，由接收单位商定。"),
            "partner": _("配合的任务写明配合谁。"),
        }


class DivisionForm(forms.Form):
    """The written division of work."""

    legal_basis = {
        "duties": _("报到后规定期限内（一般15日）明确"),
        "not_given": _("没有写明授予的审批权，挂职干部不行使"),
    }
    duties = forms.CharField(
        label=_("分工"), max_length=500, widget=forms.Textarea(attrs={"rows": 4, "maxlength": 500})
    )
    powers = forms.MultipleChoiceField(
        label=_("分工授予的审批权"),
        choices=Power.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("不授予的不选。"),
    )
    not_given = forms.CharField(
        label=_("明确不授予的权限"),
        max_length=TEXT_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": TEXT_LENGTH}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def division(self) -> Division:
        """What the service needs."""
        data = self.cleaned_data
        powers = {name: name in data["powers"] for name in POWERS}
        return Division(data["duties"], not_given=data["not_given"], **powers)


class RecusalForm(forms.Form):
    """What the secondee stays out of, and the family facts behind it."""

    legal_basis = {"matters": _("公务员法第七十六条：涉及本人或亲属利害关系的，应当回避")}
    matters = forms.CharField(
        label=_("需要回避的事项"),
        max_length=TEXT_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": TEXT_LENGTH}),
        help_text=_("接收单位据此安排工作，例如：某合作社的项目审批。没有的留空，即为无需申报。"),
    )
    facts = forms.CharField(
        label=_("有关亲属情况"),
        max_length=TEXT_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": TEXT_LENGTH, "autocomplete": "off"}),
        help_text=_("加密保存，只有组织部门可以查看，每次查看都有记录。"),
    )


def proposal_of(form: ProposalForm, placement: Placement) -> TaskProposal:
    """The proposal that was typed."""
    proposal = form.instance
    proposal.placement, proposal.proposer = placement, Proposer.SECONDEE
    return proposal
