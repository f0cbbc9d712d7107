"""Making a change the next revision, whoever else writes meanwhile."""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Callable

from outcome_graph.errors import StoreBusyError, StoreError, TooLargeError, UncertainError
from outcome_graph.store.base import JournalEntry
from outcome_graph.store.patch import entry_for
from outcome_graph.store.remote_journal import Change, RemoteJournal, State, update_text

__all__ = ["Committer"]

#: Times a commit is worked out anew because another process was quicker.
_TRIES = 30
#: Looks whether an update whose answer was lost has been carried out, and seconds between them.
_LOOKS, _LOOK_PAUSE = 4, 0.5


class Committer:
    """Commits to one engine; one thread at a time.

    Parameters:
        journal: reads the journal.
        update: runs an update on the engine, once.
        update_bytes: size of one update request.
        where: the engine, for messages.
    """

    def __init__(
        self, journal: RemoteJournal, update: Callable[[str], None], update_bytes: int, where: str
    ) -> None:
        self._journal, self._update = journal, update
        self._update_bytes = update_bytes
        self._where = where

    def commit(
        self,
        work_out: Callable[[State], Change],
        reason: str,
        agent: str,
        sources: tuple[str, ...] = (),
        group: str = "",
    ) -> int:
        """Make a change the next revision, however often it must be worked out for that.

        Parameters:
            work_out: works the change out for a state of the store.
            reason, agent, sources, group: for the journal.

        Returns:
            The new revision, or the present one when nothing changes.

        Raises:
            StoreBusyError: others were quicker each time; nothing was changed.
            TooLargeError: it does not fit into one request; nothing was changed.
            StoreError: the engine failed, or the store in it is gone.
        """
        for attempt in range(_TRIES):
            state = self._journal.state()
            if state is None:
                raise StoreError(
                    f"The store in the engine at {self._where} is gone. "
                    "Restore the engine's backup, or make a new store with init."
                )
            change = work_out(state)
            if not change.patch:
                return state.revision
            entry = entry_for(
                change.patch,
                state.revision + 1,
                reason=reason,
                agent=agent,
                sources=sources,
                group=group,
            )
            if self._written(state, entry, change):
                return entry.revision
            time.sleep(random.uniform(0, 0.02 * (attempt + 1)))  # noqa: S311 - to spread tries
        raise StoreBusyError(
            "Other processes write to this store all the time; nothing was changed. Try again.", 5
        )

    def _written(self, state: State, entry: JournalEntry, change: Change) -> bool:
        """Send a change; tell whether it was made. False: another process was quicker."""
        token = secrets.token_hex(16)
        text = update_text(state, entry, change, token)
        if (size := len(text.encode())) > self._update_bytes:
            raise TooLargeError(
                f"This change is an update of {size:,} bytes; one request to the engine may have "
                f"{self._update_bytes:,}. Change fewer graphs at once, or raise "
                "OUTCOME_GRAPH_MAX_UPDATE_BYTES as far as the engine allows."
            )
        try:
            self._update(text)
        except UncertainError as error:
            return self._happened(entry.revision, token, error)
        return self._journal.has(entry.revision, token)

    def _happened(self, revision: int, token: str, lost: UncertainError) -> bool:
        """After an update whose answer was lost: look whether it was carried out."""
        for look in range(_LOOKS):
            if look:
                time.sleep(_LOOK_PAUSE)
            try:
                if self._journal.has(revision, token):
                    return True
            except StoreError:
                continue
        raise StoreError(
            f"{lost.message} As far as can be seen nothing was changed; look at the history before "
            "trying again."
        ) from lost
