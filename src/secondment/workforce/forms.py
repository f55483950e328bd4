"""What is typed in this room."""

from django import forms
from django.utils.translation import gettext_lazy as _

from secondment.workforce.measures import MEASURES
from secondment.workforce.models import NAME_LENGTH, QUERY_LENGTH
from secondment.workforce.questions import QUESTIONS
from secondment.workforce.words import name_of

UNIT = "unit"
PAGES = frozenset(
    {"overview", "cross", "trend", "completeness", *(f"question:{one.key}" for one in QUESTIONS)}
)


class SaveViewForm(forms.Form):
    """A name for the analysis on the page."""

    name = forms.CharField(label=_("名称"), max_length=NAME_LENGTH)
    page = forms.CharField(max_length=40, widget=forms.HiddenInput)
    query = forms.CharField(max_length=QUERY_LENGTH, required=False, widget=forms.HiddenInput)

    def clean_page(self) -> str:
        """A page that can be kept."""
        page: str = self.cleaned_data["page"]
        if page not in PAGES:
            raise forms.ValidationError(_("这个页面不能保存。"))
        return page


def dimension_choices() -> list[tuple[str, str]]:
    """Every dimension, in the words of the page."""
    return [(UNIT, str(_("单位"))), *((key, name_of(one.dimension)) for key, one in MEASURES.items())]


class TrendForm(forms.Form):
    """One dimension."""

    rows = forms.ChoiceField(label=_("维度"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own
        self.fields["rows"].choices = dimension_choices()  # type: ignore[attr-defined]  # a choice field


class CrossForm(forms.Form):
    """Two or three dimensions."""

    rows = forms.ChoiceField(label=_("行"))
    columns = forms.ChoiceField(label=_("列"))
    layers = forms.ChoiceField(label=_("分表"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own
        choices = dimension_choices()
        for name in ("rows", "columns"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # both are choice fields
        self.fields["layers"].choices = [("", _("不分")), *choices]  # type: ignore[attr-defined]  # as above

    @property
    def keys(self) -> list[str]:
        """The dimensions chosen."""
        return [self.cleaned_data[name] for name in ("rows", "columns", "layers") if self.cleaned_data[name]]

    def clean(self) -> dict[str, str]:
        """No dimension twice."""
        data = super().clean() or self.cleaned_data
        chosen = [value for value in (data.get("rows"), data.get("columns"), data.get("layers")) if value]
        if len(set(chosen)) < len(chosen):
            raise forms.ValidationError(_("行、列、分表请选不同的维度。"))
        return data
