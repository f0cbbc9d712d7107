"""What each commit changed in a record, in the fields that people know."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from outcome_graph.errors import RecordError
from outcome_graph.mapping import record_to_plain, triples_to_record
from outcome_graph.pipeline.restoring import RecordRevision, record_history, undo_in_graph
from outcome_graph.rdf import Triple

if TYPE_CHECKING:
    from outcome_graph.pipeline.places import RecordStores

__all__ = ["FieldChange", "RevisionChanges", "record_changes"]

#: Where in the source a fact was read, which moves with every letter before it.
_LEFT_OUT = ("evidence",)
#: Letters of a value that are shown.
_SHOWN = 120


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of a record (as in ``convert --to json``) that a commit changed.

    Parameters:
        before, after: plain values; None where there was none.
    """

    field: str
    before: Any
    after: Any

    def __str__(self) -> str:
        if isinstance(self.before, list) and isinstance(self.after, list):
            gone = [f"− {_shown(v)}" for v in self.before if v not in self.after]
            new = [f"+ {_shown(v)}" for v in self.after if v not in self.before]
            return f"{self.field}: {', '.join([*gone, *new]) or 'another order'}"
        return f"{self.field}: {_shown(self.before)} → {_shown(self.after)}"


@dataclass(frozen=True, slots=True)
class RevisionChanges:
    """A commit and what it changed in a record.

    Parameters:
        fields: None where that cannot be told: before a bulk load, or of what was no whole record.
    """

    revision: RecordRevision
    created: bool
    removed: bool
    fields: tuple[FieldChange, ...] | None

    def as_data(self) -> dict[str, Any]:
        """Return it as plain values."""
        changes = None
        if self.fields is not None:
            changes = [
                {"field": f.field, "before": f.before, "after": f.after} for f in self.fields
            ]
        return {**self.revision.as_data(), "changes": changes}

    def lines(self) -> list[str]:
        """Return what was changed, in words."""
        if self.created:
            return ["new"]
        if self.removed:
            return ["removed"]
        if self.fields is None:
            return ["what was changed cannot be told"]
        return [str(field) for field in self.fields] or ["nothing that a field shows"]


def record_changes(stores: RecordStores, record_id: str) -> list[RevisionChanges]:
    """Return the commits that changed a record with what they changed, oldest first.

    Raises:
        NotFoundError: there never was such a record.
        UsageError: it cannot be the id of a record.
    """
    revisions = record_history(stores, record_id)
    found: dict[int, RevisionChanges] = {}
    graph = stores.minter.record(record_id)
    for internal in (False, True):
        mine = [r for r in revisions if r.internal == internal]
        store = stores.named("internal" if internal else "public") if mine else None
        if store is None:
            continue
        triples: dict[Triple, None] | None = dict.fromkeys(store.graph(graph))
        for revision in reversed(mine):
            after = triples
            triples = undo_in_graph(revision.own, after)
            found[id(revision)] = _compared(revision, triples, after, record_id, stores)
    return [found[id(revision)] for revision in revisions]


def _compared(
    revision: RecordRevision,
    before: Iterable[Triple] | None,
    after: Iterable[Triple] | None,
    record_id: str,
    stores: RecordStores,
) -> RevisionChanges:
    if before is None or after is None:
        return RevisionChanges(revision, False, False, None)
    one, other = (_plain(list(side), record_id, stores) for side in (before, after))
    changed = None
    if one is not None and other is not None:
        names = [*other, *(name for name in one if name not in other)]
        pairs = ((name, one.get(name), other.get(name)) for name in names)
        changed = tuple(FieldChange(*pair) for pair in pairs if pair[1] != pair[2])
    return RevisionChanges(revision, one == {}, other == {}, changed)


def _plain(triples: list[Triple], record_id: str, stores: RecordStores) -> dict[str, Any] | None:
    """Return a version of a record by field; {} where there was none."""
    if not triples:
        return {}
    try:
        record = triples_to_record(triples, record_id, stores.minter)
    except RecordError:
        return None
    plain = record_to_plain(record)
    return dict(_fields({name: v for name, v in plain.items() if name not in _LEFT_OUT}))


def _fields(values: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        if isinstance(value, dict):
            yield from _fields(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value


def _shown(value: Any) -> str:
    if value is None or value == []:
        return "nothing"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"“{text if len(text) <= _SHOWN else text[:_SHOWN] + '…'}”"
