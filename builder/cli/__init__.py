"""What is asked on the command line, what is printed, and the exit code."""

import gc


def collect_rarely() -> None:
    """Let the garbage collector look less often: a command makes values by the hundred thousand and hardly a cycle.

    Its looks took a tenth of a build's processor time, and of cleaning saved pages a fifth; workers inherit this. Each
    of those that came after a hundred thousand values still took 15 ms of the 3 s for a thousand articles.
    """
    gc.set_threshold(500_000, 20, 100)
