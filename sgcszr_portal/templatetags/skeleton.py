"""Tags of the page skeleton and of its components: each is drawn in one place, and most are filled between two tags."""

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from russian.templatetags.russian import grouped

register = template.Library()


@register.simple_block_tag
def captured(content: SafeString) -> SafeString:
    """What stands between the tags, without the white space around it: `{% captured as name %} … {% endcaptured %}`.

    A block of `base.html` that pages fill can so be asked whether it is filled, and be shown in several places.
    """
    return SafeString(content.strip())  # rendered by the template: whatever came from people is escaped already


@register.simple_tag
def badge(tone: str, label: str) -> SafeString:
    """A state in a word: `{% badge letter.badge.tone letter.badge.label %}`.

    It stands in every row of long lists, where a fragment would cost more than all the rest of the row.

    Args:
        tone: a class of badges.css, as `ToneChoices` has them.
        label: the word.
    """
    return format_html('<span class="badge badge--{}">{}</span>', tone, label)


@register.simple_block_tag
def fact(content: SafeString, term: str) -> SafeString:
    """A row of a definition list: `{% fact "Срок" %}1 декабря 2024 г.{% endfact %}`."""
    return render_to_string("_fact.html", {"term": term, "content": content})


@register.simple_block_tag
def timeline_item(content: SafeString, when: str, by: str = "") -> SafeString:
    """An item of a list of events: `{% timeline_item entry.happened_on|long_date %} … {% endtimeline_item %}`.

    Args:
        content: what happened.
        when: the day or moment, in words.
        by: whose doing it was; empty where that is not told.
    """
    return render_to_string("_timeline_item.html", {"when": when, "by": by, "content": content})


@register.simple_tag
def figure(number: int, url: str) -> SafeString:
    """A number that opens the rows that it counts: `{% figure coverage.total list_url %}`. Nothing opens for a zero.

    The crawler in `tests/sgcszr_portal/figures/` follows them all, by `data-figure`.

    Args:
        number: how many rows there are.
        url: of the list of exactly these rows.
    """
    if not number:
        return format_html("<span data-figure>{}</span>", number)
    return format_html('<a href="{}" data-figure>{}</a>', url, grouped(number))


@register.simple_block_tag
def stat(content: SafeString, number: int, url: str, of: int | None = None, of_url: str = "") -> SafeString:
    """A figure and what it counts: `{% stat total list_url %}городов в перечне{% endstat %}`.

    Args:
        content: what is counted.
        number, url: as of `figure`.
        of, of_url: of how many, where that is told: «3 из 20».
    """
    return render_to_string(
        "_stat.html", {"number": number, "url": url, "of": of, "of_url": of_url, "content": content}
    )


@register.simple_block_tag
def nothing_yet(content: SafeString) -> SafeString:
    """What stands in the place of an empty list."""
    return render_to_string("_nothing_yet.html", {"content": content})
