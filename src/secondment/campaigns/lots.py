"""Lot numbers (抽签号): what tells people and posts apart where plans tie.

A number is drawn once, when a person is nominated or a post is offered, from what is public at that time. It is kept and
shown, so that anybody can draw again, and a name that is corrected later moves no tie. Where somebody of the campaign has the
number already (two posts of a unit under one title, without a code), the draw is repeated with 2, 3 … at the end.
"""

from functools import cached_property
from hashlib import blake2b
from itertools import chain, count

from secondment.campaigns.models import Campaign
from secondment.people.models import Person
from secondment.posts.models import Post
from secondment.units.models import Unit

DIGITS = 8


class Lots:
    """Draws the numbers of a campaign, none of them twice."""

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign

    def of_person(self, home_unit: Unit, person: Person) -> str:
        """The number of a person who is nominated."""
        public = (home_unit.name, home_unit.credit_code, person.name, person.born_on)
        return self._draw(self._of_people, public)

    def of_post(self, post: Post) -> str:
        """The number of a post that is offered."""
        unit = post.host_unit
        public = (unit.name, unit.region_id, post.code, post.title, post.starts_on)
        return self._draw(self._of_posts, public)

    @cached_property
    def _of_people(self) -> set[str]:
        return set(self.campaign.nominations.values_list("lot", flat=True))

    @cached_property
    def _of_posts(self) -> set[str]:
        return set(self.campaign.campaign_posts.values_list("lot", flat=True))

    def _draw(self, taken: set[str], public: tuple[object, ...]) -> str:
        parts = (self.campaign.owner_unit.name, self.campaign.name, *public)
        again = ((*parts, n) for n in count(2))
        lot = next(one for one in map(_lot, chain([parts], again)) if one not in taken)
        taken.add(lot)
        return lot


def _lot(parts: tuple[object, ...]) -> str:
    text = "|".join(map(str, parts))
    digest = blake2b(text.encode(), digest_size=8).digest()
    return f"{int.from_bytes(digest, 'big') % 10**DIGITS:0{DIGITS}d}"
