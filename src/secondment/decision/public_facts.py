"""What the public notification carries of a person, and nothing else: for the notification and for result pages."""

from dataclasses import dataclass

from secondment.campaigns.models import Nomination
from secondment.files.codes.education import level_text
from secondment.files.codes.political_status import short_of
from secondment.units.official_names import place_and_title


@dataclass(frozen=True)
class PublicFacts:
    """One line of the notification, without the post; words are Chinese, as they were posted."""

    name: str
    sex: str
    born: str
    education: str
    political_status: str
    post: str

    @property
    def words(self) -> str:
        """Everything but the name, in one line."""
        return "，".join(
            filter(None, (self.sex, self.born, self.education, self.political_status, self.post))
        )


def public_facts(nomination: Nomination) -> PublicFacts:
    """The facts of a nominee; the person and the home unit with its parent are read with the nomination."""
    person = nomination.person
    return PublicFacts(
        name=person.name,
        sex=person.get_sex_display(),
        born=f"{person.born_on:%Y.%m}" if person.born_on else "",
        education=level_text(person.education_code),
        political_status=short_of(person.political_status),
        post=place_and_title(nomination.home_unit, person.post_title),
    )
