"""The home unit keeps in touch (联系本人): whatever is a word of its own to the secondee meets it, so nothing more is written."""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from secondment.accounts.choices import Role
from secondment.daily_work.parameters import contact_days
from secondment.daily_work.silence import WORDS
from secondment.obligations.duties import add_duty
from secondment.obligations.rhythms import SinceLast
from secondment.placements.duties import page_of, placement_duty


def words_of_home(keys: Sequence[int]) -> Iterator[tuple[int, dt.date]]:
    """Notices with matters, talks and visits: what the list of cut lines counts, and nothing else."""
    for source in WORDS[Role.HOME_UNIT]:
        yield from source(keys)


CONTACT = placement_duty(
    "home_contact",
    label=_("联系本人"),
    title=gettext_noop("联系%(person)s同志"),
    role=Role.HOME_UNIT,
    rhythm=SinceLast(contact_days),
    page=lambda _period: reverse("daily_work:notice_give"),  # of the quarter that runs
    own_page=page_of,
    records=words_of_home,
)
add_duty(CONTACT)
