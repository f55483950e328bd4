"""Lot numbers (抽签号): what tells people and posts apart where plans tie.

A number is drawn once, when a person is nominated or a post is offered, from what is public at that time. It is kept and
shown, so that anybody can draw again, and a name that is corrected later moves no tie.
"""

from hashlib import blake2b

from secondment.campaigns.models import Campaign
from secondment.people.models import Person
from secondment.posts.models import Post
from secondment.units.models import Unit

DIGITS = 8


def lot_of_person(campaign: Campaign, home_unit: Unit, person: Person) -> str:
    """The number of a person who is nominated."""
    return _lot(campaign, home_unit.name, home_unit.credit_code, person.name, person.born_on)


def lot_of_post(campaign: Campaign, post: Post) -> str:
    """The number of a post that is offered."""
    unit = post.host_unit
    return _lot(campaign, unit.name, unit.region_id, post.code, post.title, post.starts_on)


def _lot(campaign: Campaign, *public: object) -> str:
    text = "|".join(map(str, (campaign.owner_unit.name, campaign.name, *public)))
    digest = blake2b(text.encode(), digest_size=8).digest()
    return f"{int.from_bytes(digest, 'big') % 10**DIGITS:0{DIGITS}d}"
