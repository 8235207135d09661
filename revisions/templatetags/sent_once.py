"""The tag that every form of the portal carries; loaded into every template."""

from django import template
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from revisions.sent_once import FIELD, new_token

register = template.Library()


@register.simple_tag(takes_context=True)
def form_token(context: Context) -> SafeString:
    """The hidden fields of a form: Django's token against forgery, and ours against sending the form twice."""
    against_forgery = CsrfTokenNode().render(context)
    return format_html('{}<input type="hidden" name="{}" value="{}">', against_forgery, FIELD, new_token())
