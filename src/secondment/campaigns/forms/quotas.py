"""The editor of quotas: a line for each unit that has one, units and groups of units to add, a block copied from Excel."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from secondment.campaigns.models import Quota
from secondment.campaigns.services.quotas import QuotaLine
from secondment.common.file_faults import told_whole
from secondment.files.faults import CellError
from secondment.units.fields import UnitMultipleChoiceField
from secondment.units.groups import groups_among, units_of_groups
from secondment.units.models import Unit
from secondment.units.queries import find_unit

MOST_ASKED = 10_000
MOST_PASTED = 500  # lines
MOST_TOLD = 10  # faults of pasted lines


class QuotaForm(forms.Form):
    """Figures of every home unit that has a quota, and units to add."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, quotas: list[Quota], units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.quotas, self.units = quotas, units
        self.others = others = units.exclude(pk__in=[quota.home_unit_id for quota in quotas])
        for quota in quotas:
            self.fields[f"asked-{quota.home_unit_id}"] = self._figure(_("推荐名额"), quota.n_asked, "asked")
            self.fields[f"cap-{quota.home_unit_id}"] = self._figure(_("最多派出"), quota.release_cap, "cap")
        groups = [
            (one.key, gettext("%(group)s（%(n)d）") % {"group": one.label, "n": n})
            for one, n in groups_among(others)
        ]
        self.fields["groups"] = forms.MultipleChoiceField(
            label=_("成组增加"),
            choices=groups,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("该组尚无名额的全部单位，各得下面填写的名额。"),
        )
        self.fields["units"] = UnitMultipleChoiceField(
            label=_("增加派出单位"), queryset=others.select_related("parent"), required=False
        )
        self.fields["n_asked"] = self._figure(_("每个新增单位的推荐名额"), 1)
        self.fields["pasted"] = forms.CharField(
            label=_("从 Excel 粘贴"),
            required=False,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text=_(
                "复制单位名称、推荐名额、最多派出三列，粘贴在此，一行一个单位。未填的列：已有名额的单位不变，新增单位用上面填写的名额。"
            ),
        )
        if not groups:
            del self.fields["groups"]

    @staticmethod
    def _figure(label: Any, initial: int | None, column: str = "") -> forms.IntegerField:
        attributes = {"class": "form-control", "aria-label": label}
        if column:
            attributes["data-column"] = column
        widget = forms.NumberInput(attrs=attributes)
        return forms.IntegerField(
            label=label, initial=initial, min_value=0, max_value=MOST_ASKED, required=False, widget=widget
        )

    def rows(self) -> list[tuple[Quota, Any, Any]]:
        """(quota, field asked, field cap) for each line of the page."""
        return [
            (quota, self[f"asked-{quota.home_unit_id}"], self[f"cap-{quota.home_unit_id}"])
            for quota in self.quotas
        ]

    def clean_pasted(self) -> list[QuotaLine]:
        """The lines of the block; each fault names its line."""
        lines = [line for line in self.cleaned_data["pasted"].splitlines() if line.strip()]
        if len(lines) > MOST_PASTED:
            raise forms.ValidationError(
                gettext("一次最多粘贴 %(n)d 行，请分次粘贴或上传文件。") % {"n": MOST_PASTED}
            )
        found: dict[int, QuotaLine] = {}
        faults = []
        for number, line in enumerate(lines, start=1):
            try:
                one = self._pasted_line(line)
            except (CellError, ValueError) as error:
                text = told_whole(error.fault) if isinstance(error, CellError) else str(error)
                faults.append(gettext("第 %(n)d 行：%(text)s") % {"n": number, "text": text})
                continue
            if one.home_unit.pk in found:
                text = gettext("“%(unit)s”重复，请只保留一行。") % {"unit": one.home_unit}
                faults.append(gettext("第 %(n)d 行：%(text)s") % {"n": number, "text": text})
            found[one.home_unit.pk] = one
        if faults:
            raise forms.ValidationError(faults[:MOST_TOLD])
        return list(found.values())

    def _pasted_line(self, line: str) -> QuotaLine:
        """One unit; `CellError` for its name, `ValueError` for a figure."""
        name, *figures = [cell.strip() for cell in line.split("\t")]
        if any(figures[2:]):
            raise ValueError(gettext("多于三列，请只粘贴单位名称、推荐名额、最多派出。"))
        unit = find_unit(name, self.units)
        asked, cap = map(_number, [*figures, "", ""][:2])
        standing = self._standing(unit)
        if asked is None and cap is None and f"asked-{unit.pk}" in self.fields:
            raise ValueError(gettext("“%(unit)s”已有名额，请写明推荐名额或最多派出。") % {"unit": unit})
        return QuotaLine(unit, standing[0] if asked is None else asked, standing[1] if cap is None else cap)

    def _standing(self, unit: Unit) -> tuple[int, int | None]:
        """What the cells of a unit say that are not pasted: its own line, or that of units to be added."""
        if f"asked-{unit.pk}" not in self.fields:
            return self.cleaned_data.get("n_asked") or 0, None
        return self.cleaned_data.get(f"asked-{unit.pk}") or 0, self.cleaned_data.get(f"cap-{unit.pk}")

    def lines(self) -> list[QuotaLine]:
        """What the service takes; a unit whose place is left empty loses its quota, a pasted line counts before all others."""
        data = self.cleaned_data
        made = {line.home_unit.pk: line for line in self._kept()}
        chosen = [*data["units"], *units_of_groups(self.others, data.get("groups", ()))]
        for unit in chosen:
            made.setdefault(unit.pk, QuotaLine(unit, data["n_asked"] or 0))
        made.update({line.home_unit.pk: line for line in data["pasted"]})
        return list(made.values())

    def _kept(self) -> Iterator[QuotaLine]:
        for quota in self.quotas:
            asked = self.cleaned_data[f"asked-{quota.home_unit_id}"]
            if asked is not None:
                yield QuotaLine(quota.home_unit, asked, self.cleaned_data[f"cap-{quota.home_unit_id}"])


def _number(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and int(text) <= MOST_ASKED):
        raise ValueError(
            gettext("“%(text)s”不是 0—%(most)d 的整数，请改正。") % {"text": text, "most": MOST_ASKED}
        )
    return int(text)
