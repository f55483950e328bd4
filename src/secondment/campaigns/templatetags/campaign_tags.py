"""The bar of steps that every page of a campaign shows: `{% load campaign_tags %}{% campaign_bar campaign "matching" %}`."""

from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils import timezone

from secondment.campaigns.models import Campaign
from secondment.campaigns.steps import bar_of
from secondment.units.official_names import place_and_title
from secondment.units.queries import place_of

register = template.Library()
register.filter("place_of", place_of)
register.filter("place_and_title", place_and_title)


@register.inclusion_tag("campaigns/_bar.html", takes_context=True)
def campaign_bar(context: RequestContext, campaign: Campaign, here: str = "") -> dict[str, Any]:
    """Where the campaign stands, as its reader sees it; `here` is the step whose page this is."""
    user: Any = context["request"].user
    today = timezone.localdate()  # noqa: TID251 -- a part of the page, drawn for the day on which it is read
    return {"steps": bar_of(user, campaign, today, here)}
