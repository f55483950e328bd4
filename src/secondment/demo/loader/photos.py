"""Photos of those who are, were or may soon be in post."""

import datetime as dt

from secondment.accounts.models import User
from secondment.demo.facts import Demo
from secondment.demo.first_secretaries import KEY
from secondment.demo.photos import portrait
from secondment.people.models import Person
from secondment.people.services.photos import store_photo


def load_photos(demo: Demo, people: dict[str, Person], *, by: User, at: dt.datetime) -> int:
    """Give a photo to the nominees of the small campaigns and to the planted cases; returns how many."""
    wanted = {one.person for one in demo.planted}
    for campaign in demo.campaigns:
        if campaign.key != KEY:
            wanted |= {one.person for one in campaign.nominations}
    chosen = [person for person in demo.people if person.key in wanted]
    for number, person in enumerate(chosen):
        people[person.key].photo = store_photo(portrait(person.sex, number), by=by, at=at)
    Person.objects.bulk_update((people[one.key] for one in chosen), ["photo"], batch_size=500)
    return len(chosen)
