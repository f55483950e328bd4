"""`python -m secondment.config` is the server; a stop that comes before it has begun ends it without a word."""

import signal
import sys


def start() -> int:
    """Loading takes a moment, and nothing is running yet that would have to be stopped."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from secondment.config.serve import main

    return main()


sys.exit(start())
