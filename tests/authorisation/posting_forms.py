"""The forms of a page that post, for the question whether each carries the key that makes it act once."""

from html.parser import HTMLParser


class Forms(HTMLParser):
    """The names of the inputs of each posting form of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[list[str]] = []
        self.is_posting = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.is_posting = (given.get("method") or "").lower() == "post"
            if self.is_posting:
                self.found.append([])
        elif tag == "input" and self.is_posting and self.found:
            self.found[-1].append(given.get("name") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.is_posting = False


def forms_of(page: str) -> list[list[str]]:
    parser = Forms()
    parser.feed(page)
    return parser.found
