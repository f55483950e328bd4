"""How official documents write dates, and how wide text runs."""

import datetime as dt


def chinese_date(day: dt.date) -> str:
    """A date as documents write it: 2026年11月23日, without leading zeros (GB/T 9704-2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def width(text: str) -> float:
    """Width of a line in characters: Latin letters and digits take half a character."""
    return sum(0.5 if letter.isascii() else 1.0 for letter in text)
