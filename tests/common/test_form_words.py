"""A form without words of its own names what is wrong and what to do, in plain Chinese."""

from django import forms

from secondment.units.models import Unit


class Plain(forms.Form):
    name = forms.CharField(max_length=3)
    kind = forms.ChoiceField(choices=[("a", "甲")])
    kinds = forms.MultipleChoiceField(choices=[("a", "甲")])
    unit = forms.ModelChoiceField(Unit.objects.none())
    units = forms.ModelMultipleChoiceField(Unit.objects.none())


class Numbers(forms.Form):
    n = forms.IntegerField(min_value=0, max_value=31)
    amount = forms.DecimalField(min_value=0, decimal_places=2)


def test_what_is_missing() -> None:
    assert {words for one in Plain({}).errors.values() for words in one} == {"这一项必填，请填写。"}


def test_what_is_too_long_or_not_offered(db: None) -> None:
    given = {"name": "四个字呀", "kind": "b", "kinds": ["b"], "unit": "1", "units": ["1"]}
    not_offered = ["这一项不在可选范围内，请从列出的各项中选择。"]
    assert dict(Plain(given).errors) == {
        "name": ["有4个字，请缩短到3个字以内。"],
        "kind": not_offered,
        "kinds": not_offered,
        "unit": not_offered,
        "units": not_offered,
    }


def test_what_just_fits() -> None:
    assert "name" not in Plain({"name": "三个字"}).errors


def test_numbers_out_of_bounds() -> None:
    assert dict(Numbers({"n": "32", "amount": "1.005"}).errors) == {
        "n": ["数值太大，请填写不大于31的数。"],
        "amount": ["小数位数太多，请保留到2位以内。"],
    }
    assert Numbers({"n": "-1", "amount": "1"}).errors["n"] == ["数值太小，请填写不小于0的数。"]
    assert not Numbers({"n": "31", "amount": "0.05"}).errors
