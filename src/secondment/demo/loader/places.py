"""What is known of some host units, by bulk: one with every heading, others with a beginning, others with nothing."""

import datetime as dt

from secondment.accounts.models import User
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.places.choices import Category, Heading
from secondment.places.models import Place, PlaceCategory, PlaceContact, PlacePromise, PlaceText

KNOWN_EVERY = 3
TEXTS: dict[str, str] = {
    Heading.PEOPLE: "常住312户、846人，党员41名；会养蜂的能人2名，低收入户12户。",
    Heading.LAND: "山区，耕地610亩，林地4300亩，距镇政府9公里。",
    Heading.THINGS: "集体有老粮库一处、冷库一座，饮水管网2009年建成，部分老化。",
    Heading.EVENTS: "正在办：饮水管网改造、支部换届后的班子磨合。",
    Heading.SITUATION: "两个自然村合并，议事时注意两边都请到。",
    Heading.SCENERY: "古道、梯田和百年核桃林，秋季有游客。",
}
CONTACTS = (
    ("郑示例", "党支部书记", "大事小情先找他"),
    ("何示例", "会计", "台账和集体资产"),
    ("宋示例", "老支书", "村史和各家情况"),
)
PROMISES = (("协调把村口便桥加宽", "村民代表会"), ("为合作社联系一名农技专家", "合作社理事长"))


def load_places(*, by: User, on: dt.date, at: dt.datetime) -> None:
    """Every third host unit has something, of these every third has everything."""
    placements = list(Placement.objects.filter(state=PlacementState.IN_POST).order_by("pk"))
    units = list(dict.fromkeys(one.host_unit_id for one in placements))[::KNOWN_EVERY]
    places = Place.objects.bulk_create(Place(unit_id=unit) for unit in units)
    texts, contacts = [], []
    for at_place, place in enumerate(places):
        known = list(TEXTS) if at_place % KNOWN_EVERY == 0 else list(TEXTS)[:2]
        texts += [PlaceText(place=place, heading=one, text=TEXTS[one], by=by, at=at) for one in known]
        contacts += [
            PlaceContact(place=place, name=name, post=post, matter=matter, by=by, at=at)
            for name, post, matter in CONTACTS
        ]
    PlaceText.objects.bulk_create(texts)
    PlaceContact.objects.bulk_create(contacts)
    PlaceCategory.objects.bulk_create(
        PlaceCategory(
            place=place,
            kind=Category.BEHIND,
            entered_on=on - dt.timedelta(days=700),
            entry_document="关于确定发展落后村的通知",
            by=by,
            at=at,
        )
        for place in places[::2]
    )
    PlacePromise.objects.bulk_create(
        PlacePromise(placement=one, text=text, to_whom=to_whom, by=by, at=at)
        for one in placements[::KNOWN_EVERY]
        for text, to_whom in PROMISES
    )
