"""What the person sees: words and time for every step, and no address before the one to open."""

import asyncio
import io
import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

LOCAL_ADDRESS = re.compile(r"://(127\.0\.0\.1|localhost|\[::1\])")
REFRESH_S = 0.25


class Terminal:
    """Lines that stay, and on a real terminal one line below them that tells what is going on now."""

    def __init__(self, stream: TextIO | None = None) -> None:
        """Write to `stream`, by default the standard output."""
        self._stream = stream or sys.stdout
        if isinstance(self._stream, io.TextIOWrapper):
            self._stream.reconfigure(errors="replace")
        self._is_live = self._stream.isatty()
        self._now: list[tuple[str, float]] = []
        self._held_back: list[str] | None = []

    def say(self, line: str = "") -> None:
        """Print one line; one with an address of this machine waits until :meth:`may_tell_addresses`."""
        if self._held_back is not None and LOCAL_ADDRESS.search(line):
            self._held_back.append(line)
            return
        erase = "\r\033[K" if self._is_live else ""
        self._write(f"{erase}{line}\n")

    def may_tell_addresses(self) -> None:
        """Print from now on what holds an address, and what was held back."""
        waiting, self._held_back = self._held_back or [], None
        for line in waiting:
            self.say(line)

    @contextmanager
    def step(self, words: str) -> Iterator[None]:
        """Tell that something is going on, and how long it took when it is done."""
        entry = (words, time.monotonic())
        self._now.append(entry)
        if not self._is_live:
            self.say(f"  … {words}")
        try:
            yield
        finally:
            self._now.remove(entry)
        self.say(f"  ✓ {words:<52} {time.monotonic() - entry[1]:6.1f} s")

    async def keep_live(self) -> None:
        """Refresh the line below, for ever; does nothing where the output is a file."""
        while self._is_live:
            if self._now:
                words = ", ".join(f"{words} ({time.monotonic() - begun:.0f} s)" for words, begun in self._now)
                self._write(f"\r\033[K  … {words}"[:110])
            await asyncio.sleep(REFRESH_S)

    def _write(self, text: str) -> None:
        """Write, or go on in silence where nobody reads any more: `make run | tee` loses tee first at Ctrl-C."""
        try:
            self._stream.write(text)
            self._stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._stream.fileno())
            self._is_live = False
