"""Keys of rows as an address or a form names them."""

MOST_DIGITS = 19


def number_in(text: str) -> int:
    """The key a text names; 0, which no row has, when it names none that a column could hold."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < MOST_DIGITS else 0
