"""Forms as hypothesis draws them: any text a file can hold."""

from dataclasses import fields
from typing import Any

from hypothesis import strategies as st

from secondment.people.files.appointment_forms.cleaning import clean_text
from secondment.people.files.appointment_forms.form import (
    FULL_TAG_ORDER,
    TEXT_TAGS,
    AppointmentForm,
    FamilyMember,
    UnknownTag,
)

LATER_TAGS = ("XinBiaoQian", "BeiZhu")
in_gbk = st.text(
    st.sampled_from(list("示例甲乙丙的年度，。；（）—、&<>\"' \t\n　x09.-]#@")), max_size=30
).map(clean_text)
in_xml = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn"], include_characters="\n\t"),
    max_size=30,
).map(clean_text)


def members(texts: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[FamilyMember, ...]]:
    member = st.builds(FamilyMember, **{item.name: texts for item in fields(FamilyMember)})
    return st.lists(member.filter(lambda drawn: drawn != FamilyMember()), max_size=12).map(tuple)


@st.composite
def forms(draw: st.DrawFn, *, texts: st.SearchStrategy[str] = in_xml) -> AppointmentForm:
    """A form with some fields filled, later versions' tags between the known ones, and a photo."""
    values: dict[str, Any] = draw(st.dictionaries(st.sampled_from(sorted(TEXT_TAGS.values())), texts))
    later = draw(
        st.lists(
            st.builds(UnknownTag, st.sampled_from(LATER_TAGS), st.just(()), texts),
            max_size=2,
            unique_by=lambda item: item.tag,
        )
    )
    order = draw(st.permutations([*FULL_TAG_ORDER, *(item.tag for item in later)]))
    return AppointmentForm(
        **values,
        family=draw(members(texts)),
        photo=draw(st.binary(max_size=40)),
        unknown=tuple(sorted(later, key=lambda item: order.index(item.tag))),
        tag_order=tuple(order),
    )
