"""Tags of the page skeleton: what a page declares once and several places of it show."""

from django import template
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_block_tag
def captured(content: SafeString) -> SafeString:
    """What stands between the tags, without the white space around it: `{% captured as name %} … {% endcaptured %}`.

    A block of `base.html` that pages fill can so be asked whether it is filled, and be shown in several places.
    """
    return SafeString(content.strip())  # rendered by the template: whatever came from people is escaped already
