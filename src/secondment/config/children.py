"""Entry of every process that the server starts: `python -m secondment.config.children LEASH COMMAND …`.

COMMAND is `web LISTENER` or any command of the product; LEASH and LISTENER are inherited descriptors.
"""

import os
import sys
from collections.abc import Sequence

from secondment.config.commands import in_one_sentence, run_command
from secondment.config.leash import hold

WORKER_NICENESS = 10  # long computations give way to pages


def main(words: Sequence[str]) -> int:
    """Run the command for as long as the server lives."""
    leash, command, *rest = words
    hold(int(leash))
    if command == "worker":
        os.nice(WORKER_NICENESS)
    if command != "web":
        return run_command([command, *rest])
    from secondment.config.web import serve_web

    return in_one_sentence(lambda: serve_web(int(leash), int(rest[0])))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
