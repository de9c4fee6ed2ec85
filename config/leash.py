"""Run a Python program that ends when whoever started it does, however that one ended.

`python -m config.leash SCRIPT ARGUMENT…` or `python -m config.leash -m MODULE ARGUMENT…`, as the
leader of a process group, with one end of a pipe as standard input. The kernel closes the other
end when its holder dies, by SIGKILL too; the program is then asked to end, and soon made to.
"""

import os
import runpy
import signal
import sys
import threading
import time

GRACE = 4
"""Seconds that a program is given after SIGTERM."""


def watch() -> None:
    """Wait for the end of standard input, then end this process and its group."""
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os.killpg(0, signal.SIGKILL)


def run(arguments: list[str]) -> None:
    """Run the program in this process, so that no wrapper can be killed beside it."""
    if arguments[0] == "-m":
        sys.argv = arguments[1:]
        runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
    else:
        sys.argv = arguments
        runpy.run_path(arguments[0], run_name="__main__")


if __name__ == "__main__":
    threading.Thread(target=watch, daemon=True).start()
    run(sys.argv[1:])
