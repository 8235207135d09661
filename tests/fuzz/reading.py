"""The forms of a page, as a browser would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Field:
    """One name of a form.

    Attributes:
        name: as it is sent.
        values: that a browser sends when nobody touches the form.
        options: that the page offers.
        is_file: whether files are chosen.
    """

    name: str
    values: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    is_file: bool = False


@dataclass
class PageForm:
    """A form of a page: where it leads (empty: where the page is), how it is sent, and its fields."""

    action: str
    method: str
    fields: dict[str, Field] = field(default_factory=dict)

    def named(self, name: str) -> Field:
        """The field with a name, which may come several times."""
        return self.fields.setdefault(name, Field(name))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self.select: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(PageForm(said.get("action", ""), said.get("method", "get").lower()))
            return
        if tag == "option" and self.select:
            self.select.options.append(said.get("value", ""))
            if "selected" in said:
                self.select.values.append(said.get("value", ""))
        if not self.forms or tag not in ("input", "select", "textarea", "button") or not said.get("name"):
            return
        one = self.forms[-1].named(said["name"])
        kind = said.get("type", "")
        one.is_file = one.is_file or kind == "file"
        if tag == "select":
            self.select = one
        elif kind in ("checkbox", "radio", "submit") or tag == "button":
            one.options.append(said.get("value", "on"))
            one.values += [said.get("value", "on")] * ("checked" in said)
        elif kind != "file":
            one.values.append(said.get("value", "текст" if tag == "textarea" else ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = None
        if tag == "form":
            self.closed = True


def forms_of(page: str) -> list[PageForm]:
    """All forms of a page."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms
