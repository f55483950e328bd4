"""What the reading process may use."""

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Limits:
    """Address space, processor time, time on the clock and length of the answer; files and network are closed."""

    memory_bytes: int
    cpu_seconds: int
    wall_seconds: int
    answer_bytes: int


# A list that someone waits for, a national roster or an archive in a background job, one picture.
LIST = Limits(1_000 * MEGABYTE, 20, 60, 100 * MEGABYTE)
BULK = Limits(4_000 * MEGABYTE, 300, 1_200, 2_000 * MEGABYTE)
PICTURE = Limits(1_000 * MEGABYTE, 10, 30, 20 * MEGABYTE)
