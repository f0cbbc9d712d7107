"""Refused originals, kept with the reasons for later: ``--on-invalid quarantine``."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from outcome_graph.draft import SourceFile
from outcome_graph.errors import StoreError, UsageError
from outcome_graph.pipeline.beside import quarantine_folder
from outcome_graph.pipeline.summary import Refusal
from outcome_graph.settings import Settings

__all__ = ["Quarantine", "quarantine_for"]


def quarantine_for(settings: Settings, on_invalid: str) -> Quarantine | None:
    """Return where a load keeps what it refuses; None where it leaves that out.

    Parameters:
        on_invalid: "quarantine" or "reject".

    Raises:
        UsageError: it is neither, or there is no place to keep anything.
    """
    if on_invalid not in ("reject", "quarantine"):
        raise UsageError(f"on-invalid is reject or quarantine, not {on_invalid[:40]!r}.")
    return Quarantine(quarantine_folder(settings)) if on_invalid == "quarantine" else None


class Quarantine:
    """A folder beside the store: ``quarantine/{sha256}/original`` and ``report.json``.

    One of a load: what a source was refused for before is replaced. The report has every record of
    the source that was refused; it is written again each time that they have doubled, and at last
    when this is closed, so that a load that breaks off leaves a report too.

    Parameters:
        folder: the folder; made on first use.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._kept: dict[str, _Kept] = {}

    def keep(self, source: SourceFile, refusal: Refusal) -> Refusal:
        """Keep a refused source with its reasons; return the refusal, marked as kept.

        Raises:
            StoreError: it cannot be written.
        """
        kept = self._kept.get(source.sha256)
        if kept is None:
            kept = self._kept[source.sha256] = _Kept(source.name)
            self._write(source.sha256, "original", source.data)
        kept.refused.append(
            {
                "record": refusal.id,
                "reasons": list(refusal.reasons),
                "report": json.loads(refusal.report.render("json")) if refusal.report else None,
            }
        )
        if len(kept.refused) >= 2 * kept.written:
            self._report(source.sha256, kept)
        return replace(refusal, quarantined=True)

    def close(self) -> None:
        """Write what was not written yet.

        Raises:
            StoreError: it cannot be written.
        """
        for sha256, kept in self._kept.items():
            if len(kept.refused) > kept.written:
                self._report(sha256, kept)

    def _report(self, sha256: str, kept: _Kept) -> None:
        reasons = [reason for refused in kept.refused for reason in refused["reasons"]]
        report = {"source": kept.source, "reasons": reasons, "refused": kept.refused}
        text = json.dumps(report, ensure_ascii=False, indent=2)
        self._write(sha256, "report.json", f"{text}\n".encode())
        kept.written = len(kept.refused)

    def _write(self, sha256: str, name: str, data: bytes) -> None:
        place = self.folder / sha256
        try:
            place.mkdir(parents=True, exist_ok=True)
            (place / name).write_bytes(data)
        except OSError as error:
            raise StoreError(
                f"The quarantine {place} cannot be written: {error.strerror}."
            ) from error


@dataclass(slots=True)
class _Kept:
    """A source that is kept: its name, what was refused of it, how much of that is written."""

    source: str
    refused: list[dict[str, Any]] = field(default_factory=list)
    written: int = 0
