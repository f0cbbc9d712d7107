"""Refused originals, kept with the reasons for later: ``--on-invalid quarantine``."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

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

    Parameters:
        folder: the folder; made on first use.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, source: SourceFile, refusal: Refusal) -> Refusal:
        """Keep a refused source with its reasons; return the refusal, marked as kept.

        Raises:
            StoreError: it cannot be written.
        """
        place = self.folder / source.sha256
        report = {
            "source": source.name,
            "record": refusal.id,
            "reasons": list(refusal.reasons),
            "report": json.loads(refusal.report.render("json")) if refusal.report else None,
        }
        try:
            place.mkdir(parents=True, exist_ok=True)
            (place / "original").write_bytes(source.data)
            text = json.dumps(report, ensure_ascii=False, indent=2)
            (place / "report.json").write_text(text + "\n", "utf-8")
        except OSError as error:
            raise StoreError(
                f"The quarantine {place} cannot be written: {error.strerror}."
            ) from error
        return replace(refusal, quarantined=True)
