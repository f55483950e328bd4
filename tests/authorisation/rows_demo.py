"""What the demo shows of its own: in any other installation nothing is there, whoever asks."""

from tests.authorisation.matrix import Row
from tests.authorisation.rows_measurement import run

ROWS = {"demo:truth": Row(kwargs=run)}
