"""Whether what was decided still holds when notices are issued and when someone arrives."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from secondment.campaigns.holding import Term, lapses_of_hosts, lapses_of_people, lapses_of_places
from secondment.campaigns.lapses import Lapse
from secondment.campaigns.models import Campaign
from secondment.placements.models import Placement
from secondment.posts.models import Post


def lapses_of(placements: Sequence[Placement]) -> Iterator[Lapse]:
    """What no longer holds of placements, each for its own term."""
    yield from lapses_of_people((one.person, one.home_unit) for one in placements)
    yield from lapses_of_hosts(one.host_unit for one in placements)
    together: defaultdict[tuple[Campaign | None, Term], list[Post]] = defaultdict(list)
    for one in placements:
        together[one.campaign, (one.starts_on, one.ends_on)].append(one.post)
    own = [one.pk for one in placements]
    for (campaign, term), posts in together.items():
        yield from lapses_of_places(campaign, posts, term, but=own)
