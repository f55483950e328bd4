"""A calendar as a file (RFC 5545), for the calendar programs of desks and phones; pure text."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

PRODUCT = "-//secondment//todo//ZH"
LONGEST_LINE = 75  # octets, section 3.1
ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True)
class Event:
    """Something on a day, or on several that follow."""

    key: str
    day: dt.date
    title: str
    text: str = ""
    n_days: int = 1


def calendar_file(name: str, events: Iterable[Event], at: dt.datetime) -> bytes:
    """All-day events of one calendar; `at` is the instant at which it was made."""
    stamp = f"{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        *(line for one in events for line in _event(one, stamp)),
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _event(event: Event, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.key}@secondment"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.day + dt.timedelta(days=event.n_days):%Y%m%d}"
    yield f"SUMMARY:{_escaped(event.title)}"
    if event.text:
        yield f"DESCRIPTION:{_escaped(event.text)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    return text.translate(ESCAPES)


def _folded(line: str) -> Iterator[str]:
    """A long line in parts, none of which cuts a character in two."""
    part, room = "", LONGEST_LINE
    for sign in line:
        n = len(sign.encode())
        if n > room:
            yield part
            part, room = " ", LONGEST_LINE - 1
        part, room = part + sign, room - n
    yield part
