"""Twenty ballots over a line that is slow, late and cut now and then: each is counted once and weighs little.

Eight times as quick as the line of the whole run, `reliability.ballots`, which is 64 kbit/s and 800 ms late.
"""

from pathlib import Path

import pytest
from reliability.bad_line import BadLine
from reliability.ballots import vote_all
from reliability.servers import running
from reliability.votes import closed, slips

pytestmark = [pytest.mark.slow, pytest.mark.server]
WHOLE = 60_000


def test_each_is_counted_once(prepared_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with running(prepared_data, None, SECONDMENT_DEMO="0") as server:
        server.wait_until_up()
        server.begin()
        found = slips(prepared_data, 1, 20)
        line = BadLine(server.port, bits=512_000, delay=0.1)
        voters = vote_all(found, line.port, pause=0.1)
        line.close()
        said = server.said
    counted = closed(prepared_data)
    assert line.n_cut >= 10
    assert counted["sealed"] == counted["counted"] == 20
    assert all(len(voter.receipts) == 1 for voter in voters)
    assert sorted(receipt for voter in voters for receipt in voter.receipts) == counted["receipts"]
    assert line.n_bytes / 20 <= WHOLE
    assert "/vote/" not in said  # neither page nor code nor address
    assert not any(slip.code in said for slip in found)
