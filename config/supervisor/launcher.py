"""Run a program that cannot outlive whoever started it, if asked as another user.

Used as ``python -I -S launcher.py PARENT SIGNAL UID GID PROGRAM…``; the kernel sends SIGNAL to the program when its
parent dies, even by ``kill -9``. The order matters: changing the user clears the parent-death signal (prctl(2)), and a
parent that died before the call would never be noticed. Signals go back to their defaults, for a shell that starts a
job in the background lets it ignore Ctrl-C, and what is ignored is inherited.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
PARENT_IS_GONE = 3


def main(parent: str, death_signal: str, uid: str, gid: str, *program: str) -> None:
    """Take the program's place. This function will not return."""
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    if int(uid) != os.geteuid():
        os.setgroups([])
        os.setgid(int(gid))
        os.setuid(int(uid))
    if ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0) != 0 or os.getppid() != int(parent):
        os._exit(PARENT_IS_GONE)
    os.execv(program[0], program)  # noqa: S606 - no shell is wanted


if __name__ == "__main__":
    main(*sys.argv[1:])
