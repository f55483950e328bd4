"""Filters of this room: codes and column names as people read them."""

from django import template

from secondment.common.listing.view import ListingView
from secondment.people.labels import specialty_label
from secondment.people.search_summary import SearchSummary
from secondment.people.services.imports.differences import label_of

register = template.Library()


@register.filter
def specialty(tag: str) -> str:
    """The words of a specialty tag."""
    return specialty_label(tag)


@register.filter
def person_field(name: str) -> str:
    """The words of a column of a person."""
    return label_of(name)


@register.simple_tag
def person_search(listing: ListingView) -> SearchSummary:
    """What a list of persons was narrowed by."""
    return SearchSummary(listing)
