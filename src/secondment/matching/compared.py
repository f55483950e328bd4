"""Two proposals side by side: what changed in all, which people it changed, and every post."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from secondment.campaigns.models import CampaignPost, Nomination
from secondment.campaigns.queries import nominations_named, posts_named
from secondment.common.components import Status
from secondment.common.listing.listing import Column, FilterForm, Listing
from secondment.common.listing.rows import Rows
from secondment.matching.choices import PersonChange
from secondment.matching.figures import DECIMALS, signed_text
from secondment.matching.models import Proposal

ORDER = list(PersonChange)
STATUS: dict[PersonChange, Status] = {
    PersonChange.MOVED: "info",
    PersonChange.OUT: "warn",
    PersonChange.IN: "good",
}
Place = tuple[int, float]


@dataclass(frozen=True)
class ComparedPerson:
    """A person whom two proposals treat differently: the post in each, with the fit in points."""

    pk: int
    nomination: Nomination
    change: PersonChange
    before: CampaignPost | None
    after: CampaignPost | None
    before_score: float | None
    after_score: float | None

    @property
    def gain(self) -> float | None:
        """Points won by the move; none for a person who came in or left."""
        if self.before_score is None or self.after_score is None:
            return None
        return self.after_score - self.before_score


def changed_people(before: Proposal, after: Proposal) -> list[ComparedPerson]:
    """Everybody with another post, or with a post in one proposal only; four queries."""
    one, two = _places(before), _places(after)
    changed = [key for key in {*one, *two} if _post(one.get(key)) != _post(two.get(key))]
    people = nominations_named(changed)
    posts = posts_named({place[0] for held in (one, two) for key in changed if (place := held.get(key))})
    return [_person(people[key], one.get(key), two.get(key), posts) for key in sorted(changed)]


def people_table(before: Proposal, after: Proposal) -> Listing:
    """The people who changed, those who moved first."""
    return Listing(
        key="compared_people",
        title=gettext_lazy("两个方案的变动人员"),
        columns=(
            Column(
                "nomination.person.name",
                gettext_lazy("人选"),
                sort=lambda row: row.nomination.person.name_key,
                phone="title",
            ),
            Column(
                "nomination.home_unit.name",
                gettext_lazy("派出单位"),
                sort=lambda row: row.nomination.home_unit.path,
            ),
            Column(
                "change",
                gettext_lazy("变动"),
                sort=(lambda row: ORDER.index(row.change), lambda row: row.nomination.person.name_key),
                value=lambda row: str(row.change.label),
                status=lambda row: STATUS[row.change],
                phone="aside",
                is_short=True,
            ),
            Column("before", before.name, sort=lambda row: _path(row.before), phone="line"),
            _points("before_score"),
            Column("after", after.name, sort=lambda row: _path(row.after), phone="line"),
            _points("after_score"),
            _gain("gain", lambda row: row.gain),
        ),
        default_sort="change",
        filters=PersonFilter,
        keeps=("with",),
        empty_title=gettext_lazy("两个方案完全一致"),
    )


def posts_table(before: Proposal, after: Proposal) -> Listing:
    """Every post that either proposal fills, changed or not."""
    return Listing(
        key="compared_posts",
        title=gettext_lazy("两个方案的岗位"),
        columns=(
            Column("post", gettext_lazy("岗位"), sort=lambda row: _path(row.post), phone="title"),
            Column("first", before.name, phone="line"),
            _points("first_score"),
            Column("second", after.name, phone="line"),
            _points("second_score"),
            _gain("change", lambda row: row.change if row.is_different else None),
        ),
        default_sort="post",
        filters=PostFilter,
        keeps=("with", "show"),
        empty_title=gettext_lazy("两个方案均未安排人选"),
    )


class PersonFilter(FilterForm):
    """Search by person, unit or post; narrow by kind of change."""

    q = forms.CharField(label=gettext_lazy("姓名、单位、岗位"), required=False)
    change = forms.ChoiceField(
        label=gettext_lazy("变动"),
        choices=[("", gettext_lazy("全部")), *PersonChange.choices],
        required=False,
    )

    def narrow(self, rows: Rows) -> Rows:
        """Rows in which a name contains the text, of the kind of change asked for."""
        text, change = self.cleaned_data["q"].strip(), self.cleaned_data["change"]
        return [row for row in rows if change in ("", row.change) and text in _words(row)]


class PostFilter(FilterForm):
    """Search by post or by the people proposed for it."""

    q = forms.CharField(label=gettext_lazy("姓名、岗位"), required=False)

    def narrow(self, rows: Rows) -> Rows:
        """Rows in which a name contains the text."""
        text = self.cleaned_data["q"].strip()
        return [row for row in rows if text in f"{row.post} {row.first} {row.second}"]


def _places(proposal: Proposal) -> dict[int, Place]:
    """Post and fit by nomination."""
    rows = proposal.pairs.order_by("pk").values_list("nomination_id", "campaign_post_id", "score")
    return {nomination: (post, score) for nomination, post, score in rows}


def _post(place: Place | None) -> int | None:
    return place[0] if place else None


def _person(
    nomination: Nomination, one: Place | None, two: Place | None, posts: dict[int, CampaignPost]
) -> ComparedPerson:
    change = PersonChange.IN if one is None else PersonChange.OUT if two is None else PersonChange.MOVED
    return ComparedPerson(
        nomination.pk,
        nomination,
        change,
        posts[one[0]] if one else None,
        posts[two[0]] if two else None,
        100 * one[1] if one else None,
        100 * two[1] if two else None,
    )


def _points(key: str) -> Column:
    return Column(
        key,
        gettext_lazy("匹配度"),
        sort=lambda row: getattr(row, key),
        align="end",
        decimals=DECIMALS,
        is_short=True,
    )


def _gain(key: str, points: Callable[[Any], float | None]) -> Column:
    """Points won or lost, with their sign; none where there is nothing to compare."""

    def words(row: Any) -> str:
        won = points(row)
        return "" if won is None else signed_text(won / 100)

    return Column(key, gettext_lazy("增减"), sort=points, value=words, align="end", is_short=True)


def _path(post: CampaignPost | None) -> tuple[str, int] | None:
    return None if post is None else (post.post.host_unit.path, post.pk)


def _words(row: ComparedPerson) -> str:
    posts = " ".join(str(one or "") for one in (row.before, row.after))
    return f"{row.nomination} {row.nomination.home_unit} {posts}"
