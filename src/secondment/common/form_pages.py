"""The forms of a page that was drawn: what each field is called, what it holds and what it may hold."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

UNTYPED = frozenset({"submit", "button", "image", "reset"})


@dataclass
class PageField:
    """One name of a form; `shown` gives the words for values that are chosen from a list."""

    kind: str
    label_ids: list[str] = field(default_factory=list)
    legend: str = ""
    values: list[str] = field(default_factory=list)
    shown: dict[str, str] = field(default_factory=dict)
    label: str = ""


PageForm = dict[str, PageField]


class FormReader(HTMLParser):
    """Reads every posting form of a page; `forms` is complete after `close`."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self.labels: dict[str, str] = {}
        self._legends: list[str] = []
        self._words: list[str] | None = None
        self._label_id = ""
        self._field: PageField | None = None
        self._option: tuple[str, bool] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where fields, their names and their words begin."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append({})
        elif tag == "fieldset":
            self._legends.append("")
        elif tag in ("label", "legend"):
            self._words, self._label_id = [], given.get("for", "")
        elif tag == "input":
            self._input(given)
        elif tag in ("textarea", "select"):
            kind = "many" if "multiple" in given else tag
            self._field = self._named(given, kind)
            self._words = [] if tag == "textarea" else self._words
        elif tag == "option":
            self._words, self._option = [], (given.get("value", ""), "selected" in given)

    def handle_endtag(self, tag: str) -> None:
        """Collect the text between the tags."""
        if tag == "fieldset" and self._legends:
            self._legends.pop()
        elif tag == "select" and self._field is not None:
            if self._field.kind == "select" and not self._field.values:
                self._field.values = list(self._field.shown)[:1]
            self._field = None
        elif tag in ("label", "legend", "textarea", "option") and self._words is not None:
            self._take(tag, "".join(self._words))
            self._words = None

    def handle_data(self, data: str) -> None:
        """Words of a label, an option or a text area."""
        if self._words is not None:
            self._words.append(data)

    def close(self) -> None:
        """Give every field its label, every choice its words."""
        super().close()
        for form in self.forms:
            for one in form.values():
                self._name(one)

    def _input(self, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind in UNTYPED:
            return
        found = self._named(given, kind)
        value = given.get("value", "on" if kind == "checkbox" else "")
        if kind not in ("checkbox", "radio") or "checked" in given:
            found.values.append(value)
        if kind in ("checkbox", "radio"):
            found.shown[value] = given.get("id", "")

    def _named(self, given: dict[str, str], kind: str) -> PageField:
        form = self.forms[-1] if self.forms else {}
        found = form.setdefault(given.get("name", ""), PageField(kind, legend=self._legend()))
        found.label_ids.append(given.get("id", ""))
        return found

    def _legend(self) -> str:
        return self._legends[-1] if self._legends else ""

    def _take(self, tag: str, words: str) -> None:
        text = " ".join(words.split()).rstrip("* ")
        if tag == "label":
            self.labels[self._label_id] = text
        elif tag == "legend" and self._legends:
            self._legends[-1] = text
        elif tag == "textarea" and self._field is not None:
            self._field.values, self._field = [words.removeprefix("\n")], None
        elif tag == "option" and self._field is not None and self._option is not None:
            value, is_chosen = self._option
            self._field.shown[value] = text
            if is_chosen:
                self._field.values.append(value)

    def _name(self, one: PageField) -> None:
        is_group = one.kind == "radio" or (one.kind == "checkbox" and len(one.shown) > 1)
        own = next((self.labels[key] for key in one.label_ids if key and self.labels.get(key)), "")
        one.label = one.legend if is_group else own or one.legend
        if one.kind in ("radio", "checkbox"):
            one.shown = {value: self.labels.get(key, "") or value for value, key in one.shown.items()}
        if is_group and one.kind == "checkbox":
            one.kind = "many"
