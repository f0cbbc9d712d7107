"""Commands that end in good order when they are told to stop, and say what they leave behind."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import click

__all__ = ["Stopped", "Stopping", "stoppable"]

_Progress = Callable[[int, int | None], None]
#: What asks a command to stop: Ctrl-C, a supervisor, a terminal that is closed.
_SIGNALS = tuple(getattr(signal, n) for n in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, n))
_DEFAULT = (signal.SIG_DFL, signal.default_int_handler)


class Stopped(click.Abort):
    """The command was told to stop.

    Parameters:
        left: what it leaves behind, in words.
        number: the signal that told it.
    """

    def __init__(self, left: str, number: int) -> None:
        super().__init__(left)
        self.number = number


class Stopping:
    """Notes that the command is to stop, and stops it where nothing is half done.

    Parameters:
        say: told that the command will stop.
    """

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._begun = False
        self.number = int(signal.SIGINT)
        self.asked = False

    def ask(self, number: int, frame: FrameType | None) -> None:
        """Handle a signal: the first one is heeded where that is safe, the next at once."""
        self.number = number
        # Before anything was read there is nothing to be kept whole, and no hurry to wait for.
        if self.asked or not self._begun:
            raise KeyboardInterrupt
        self.asked = True
        self._say("stopping; what is under way is finished first (once more to stop at once)")

    def watching(self, progress: _Progress) -> _Progress:
        """Return a function that tells of progress, and stops the command when it is to."""

        def told(done: int, total: int | None) -> None:
            self._begun = True
            if self.asked:
                raise KeyboardInterrupt
            progress(done, total)

        return told


def _notes(stop: BaseException) -> list[str]:
    """Return what is noted of an interrupt, or of the one that it came in the middle of."""
    found: BaseException | None = stop
    while found is not None:
        if notes := getattr(found, "__notes__", None):
            return list(notes)
        found = found.__context__
    return []


@contextmanager
def stoppable(say: Callable[[str], None]) -> Iterator[Stopping]:
    """Let a command be stopped in good order by signals.

    Raises:
        Stopped: it was; with what the notes of the interrupt say of it.
    """
    stopping = Stopping(say)
    # A signal that is ignored, as under nohup, stays ignored.
    before = {n: signal.getsignal(n) for n in _SIGNALS if signal.getsignal(n) in _DEFAULT}
    for number in before:
        signal.signal(number, stopping.ask)
    try:
        yield stopping
    except KeyboardInterrupt as stop:
        raise Stopped(" ".join(_notes(stop)), stopping.number) from None
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
