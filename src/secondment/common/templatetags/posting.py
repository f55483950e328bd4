"""Built in for every template: the tag `csrf_token` also writes the key that makes a form act once."""

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from secondment.common.submissions import KEY, new_key

register = template.Library()


@register.simple_tag(takes_context=True)
def csrf_token(context: Context) -> SafeString | str:
    """Two hidden inputs: no form of the product can have the one and lack the other."""
    token = context.get("csrf_token")
    if not token:
        return ""
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}"><input type="hidden" name="{}" value="{}">',
        token,
        KEY,
        new_key(),
    )
