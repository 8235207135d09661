"""The tag that every form of the portal carries; loaded into every template."""

from django import template
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from revisions.sent_once import FIELD, TYPED, new_token

register = template.Library()


@register.simple_tag(takes_context=True)
def form_token(context: Context, *, typed: bool = False) -> SafeString:
    """The hidden fields of a form: Django's token against forgery, and ours against sending the form twice.

    Args:
        context: of the template.
        typed: whether somebody types into it, so that the same words sent again are a mistake.
    """
    against_forgery = CsrfTokenNode().render(context)
    fields = format_html('{}<input type="hidden" name="{}" value="{}">', against_forgery, FIELD, new_token())
    return format_html('{}<input type="hidden" name="{}" value="on">', fields, TYPED) if typed else fields
