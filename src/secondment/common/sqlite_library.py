"""Which SQLite library opens the database file; imports nothing of Django, because the choice is made before it loads.

SQLite 3.7.0 to 3.51.2 can lose or damage committed writes when two connections write to one file in WAL mode at the same
instant (the WAL-reset fault); it was fixed in 3.51.3, and in 3.50.7 and 3.44.6 of the older series.
"""

import sys

Version = tuple[int, int, int]
MENDED: Version = (3, 51, 3)
MENDED_SERIES: tuple[Version, ...] = ((3, 50, 7), (3, 44, 6))


def is_fixed(version: Version) -> bool:
    """Whether this version is free of the WAL-reset fault."""
    return version >= MENDED or any(
        version[:2] == series[:2] and version >= series for series in MENDED_SERIES
    )


def use_shipped_library() -> None:
    """Put the library that we ship in the place of the system's, where a package of it exists for this machine."""
    try:
        import pysqlite3
    except ImportError:
        return
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
