"""The appointment notice (挂职通知, form F4) for one person, or for an entire campaign with a roster."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from secondment.campaigns.document_names import roster_of, work_of
from secondment.campaigns.models import Campaign
from secondment.documents.official import Annex, Imprint, Letter, chinese_date
from secondment.files.codes.placements import PURPOSES
from secondment.placements.models import Placement
from secondment.units.official_names import office_of, place_and_title, seconded_to
from secondment.units.queries import place_of

LEGAL = "挂职期间不改变与原单位的人事关系，党员组织关系按规定转接。"
HOST_CARE = "请接收单位明确分工、联系领导和带教导师，落实办公和住宿条件；请派出单位保留原职、做好后勤保障。"
ROSTER_LABELS = ("序号", "姓名", "派出单位及职务", "挂任单位及职务", "挂职时间")
ROSTER_WIDTHS = (12.0, 20.0, 49.0, 49.0, 26.0)
# of a roster that names what each person is to gain
WIDTHS_WITH_PURPOSE = (12.0, 20.0, 39.0, 39.0, 24.0, 22.0)
MOST_COPIED = 6
"""Offices above host units that are named one by one; more are copied in as a group."""


@dataclass(frozen=True)
class LetterFacts:
    """What a notice needs besides the placements."""

    number: str
    signed_on: dt.date
    report_by: dt.date
    copies: str = ""
    # offices above host units that are copied in, by host unit
    above: Mapping[int, Sequence[str]] = field(default_factory=dict)
    # of a corrected notice: what it replaces and why
    correction: str = ""


def notice_letter(placement: Placement, facts: LetterFacts) -> Letter:
    """The notice for one person."""
    person, post = placement.person, placement.post
    origin = place_and_title(placement.home_unit, person.post_title)
    host = place_of(placement.host_unit)
    target = seconded_to(placement.host_unit, post.title)
    where = f"{host}挂任{target.removeprefix(host)}"
    term = f"自{chinese_date(placement.starts_on)}至{chinese_date(placement.last_day)}"
    return Letter(
        title=f"关于{person.name}同志挂职的通知",
        number=facts.number,
        addressee=f"{place_of(placement.home_unit)}，{host}",
        paragraphs=(
            f"经研究决定，选派{origin}{person.name}同志到{where}，挂职时间{term}。{_purpose(placement)}",
            LEGAL,
            f"请{person.name}同志于{chinese_date(facts.report_by)}前到接收单位报到。{HOST_CARE}",
            *([facts.correction] if facts.correction else []),
        ),
        closing="特此通知。",
        signer=office_of(placement.owner_unit),
        signed_on=facts.signed_on,
        imprint=_imprint([placement], facts),
    )


def joint_letter(campaign: Campaign, placements: Sequence[Placement], facts: LetterFacts) -> Letter:
    """One notice for many people of `campaign`; the roster is its annex."""
    first = placements[0]
    is_one_term = len({(one.starts_on, one.ends_on) for one in placements}) == 1
    period = f"，挂职时间自{chinese_date(first.starts_on)}至{chinese_date(first.last_day)}"
    names_purpose = any(one.purpose for one in placements)
    labels = (*ROSTER_LABELS, "培养目的") if names_purpose else ROSTER_LABELS
    widths = WIDTHS_WITH_PURPOSE if names_purpose else ROSTER_WIDTHS
    term = f"（名单附后）{period}" if is_one_term else "（名单和各人挂职时间附后）"
    return Letter(
        title=f"关于做好{work_of(campaign.name)}的通知",
        number=facts.number,
        addressee="各有关派出单位、接收单位",
        paragraphs=(
            f"根据{work_of(campaign.name)}安排，经研究决定，选派{first.person.name}等{len(placements)}名同志挂职{term}。",
            LEGAL,
            f"请挂职干部于{chinese_date(facts.report_by)}前到接收单位报到。{HOST_CARE}",
            *([facts.correction] if facts.correction else []),
        ),
        closing="特此通知。",
        signer=office_of(campaign.owner_unit),
        signed_on=facts.signed_on,
        annex=Annex(
            roster_of(campaign.name), labels, _roster(placements, names_purpose=names_purpose), widths
        ),
        imprint=_imprint(placements, facts),
    )


def _purpose(placement: Placement) -> str:
    return f"培养目的：{PURPOSES.chinese(placement.purpose)}。" if placement.purpose else ""


def _roster(placements: Sequence[Placement], *, names_purpose: bool) -> list[list[str]]:
    """One line each; days are named where terms differ."""
    day = "%Y.%m" if len({(one.starts_on, one.ends_on) for one in placements}) == 1 else "%Y.%m.%d"
    return [
        [
            str(number),
            one.person.name,
            place_and_title(one.home_unit, one.person.post_title),
            seconded_to(one.host_unit, one.post.title),
            f"{one.starts_on:{day}}—{one.last_day:{day}}",
            *([PURPOSES.chinese(one.purpose)] if names_purpose else []),
        ]
        for number, one in enumerate(placements, start=1)
    ]


def _imprint(placements: Sequence[Placement], facts: LetterFacts) -> Imprint:
    above = _named(name for one in placements for name in facts.above.get(one.host_unit_id, ()))
    copies = "，".join(filter(None, (facts.copies.strip().rstrip("。"), above)))
    return Imprint(copies, office_of(placements[0].owner_unit), facts.signed_on)


def _named(names: Iterable[str]) -> str:
    """Offices one by one, or as a group where they are many."""
    known = list(dict.fromkeys(names))
    return "、".join(known) if len(known) <= MOST_COPIED else "各接收单位的上级党委、组织部门"
