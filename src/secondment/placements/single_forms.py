"""What an organisation department types about one person sent without a campaign."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import units_within
from secondment.campaigns.eligibility_rules import ELIGIBILITY_RULES
from secondment.campaigns.models import Programme
from secondment.common.days import DayField, LastDayField
from secondment.people.choices import PersonState, TrainingPurpose
from secondment.people.models import Person
from secondment.people.queries import kept_by
from secondment.placements.choices import WorkMode
from secondment.placements.services.single import Single
from secondment.units.fields import SuggestInput, UnitField
from secondment.units.models import Unit


class PersonField(forms.CharField):
    """A person among `among`, named as the suggestions name them."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", SuggestInput("placements:person_names"))
        options.setdefault("help_text", _("输入姓名，从提示中选择。"))
        super().__init__(**options)
        self.among: QuerySet[Person] = Person.objects.none()

    def clean(self, value: Any) -> Any:
        """The person the text names; a name alone is enough where one person has it."""
        text = super().clean(value)
        if not text:
            return None
        name = text.partition("（")[0].strip()
        named = list(self.among.filter(name=name).select_related("unit")[:50])
        found = [one for one in named if person_label(one) == text] or named
        if len(found) != 1:
            message = (
                _("有 %(n)d 人同名，请从提示中选择。")
                if found
                else _("没有找到“%(name)s”，请先在干部名册中录入。")
            )
            raise forms.ValidationError(message % {"n": len(found), "name": name})
        return found[0]


class SingleForm(forms.Form):
    """One person sent without a campaign."""

    person = PersonField(label=_("挂职干部"), required=False)
    incoming_name = forms.CharField(
        label=_("外来干部姓名"),
        max_length=40,
        required=False,
        help_text=_("外省、中央单位、企业派来、尚未录入名册的，填姓名和派出单位，不填“挂职干部”。"),
    )
    incoming_home = forms.CharField(label=_("外来干部派出单位"), max_length=100, required=False)
    host = UnitField(label=_("接收单位"))
    title = forms.CharField(label=_("挂任职务"), max_length=80)
    programme = forms.ModelChoiceField(Programme.objects.filter(is_active=True), label=_("挂职项目"))
    starts_on = DayField(label=_("挂职开始"))
    ends_on = LastDayField(label=_("挂职结束"), help_text=_("挂职的最后一天；次日返回原单位。"))
    decision_number = forms.CharField(label=_("决定文号"), max_length=60)
    work_mode = forms.ChoiceField(label=_("脱产方式"), choices=WorkMode, initial=WorkMode.FULL)
    purpose = forms.ChoiceField(
        label=_("培养目的"), choices=[("", _("未填")), *TrainingPurpose.choices], required=False
    )
    plan_number = forms.CharField(
        label=_("选派计划文号"), max_length=60, required=False, help_text=_("上挂的必填（规则 H7）。")
    )
    rule = forms.ChoiceField(label=_("批准例外的规则"), required=False)
    document = forms.CharField(
        label=_("批准例外的文号"),
        max_length=60,
        required=False,
        help_text=_("按程序报批的例外，写明规则和文号。"),
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].among = kept_by(user).filter(state=PersonState.ACTIVE)  # type: ignore[attr-defined]
        self.fields["host"].among = named_by_department(user)  # type: ignore[attr-defined]
        rules = [(rule.code, f"{rule.code} {rule.title}") for rule in ELIGIBILITY_RULES]
        self.fields["rule"].choices = [("", _("无")), *rules]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """An exception has a rule and a document; a programme has a version."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        incoming = bool(cleaned.get("incoming_name")), bool(cleaned.get("incoming_home"))
        if "person" in cleaned and (bool(cleaned["person"]), *incoming) not in {
            (True, False, False),
            (False, True, True),
        }:
            self.add_error("person", _("请选择挂职干部；外来干部尚未录入的，填姓名和派出单位。两种填一种。"))
        if bool(cleaned.get("rule")) != bool(cleaned.get("document")):
            self.add_error("document", _("批准的例外须同时写明规则和文号。"))
        programme = cleaned.get("programme")
        if programme and not programme.versions.exists():
            self.add_error("programme", _("该项目尚未发布，请先发布。"))
        return cleaned

    def single(self, bring_in: Callable[[str, str], Person]) -> Single:
        """What the service needs; somebody from outside who is not on record yet is brought in first."""
        data = self.cleaned_data
        return Single(
            data["person"] or bring_in(data["incoming_name"].strip(), data["incoming_home"].strip()),
            data["host"],
            data["title"].strip(),
            data["programme"].versions.order_by("-number").first(),
            data["starts_on"],
            data["ends_on"],
            data["decision_number"],
            data["work_mode"],
            data["purpose"],
            data["plan_number"],
            {data["rule"]: data["document"]} if data["rule"] else {},
        )


def person_label(person: Person) -> str:
    """A person as suggestions name them: namesakes are told apart by unit and birth."""
    born = f"，{person.born_on:%Y.%m}" if person.born_on else ""
    return f"{person.name}（{person.unit.name}{born}）"


def named_by_department(user: User) -> QuerySet[Unit]:
    """Units in use that the organisation department of the account answers for."""
    return units_within(user, Role.ORGANISATION_DEPARTMENT).filter(is_active=True)
