"""Vectors of the official sentences, kept between commands.

To encode them takes eight seconds of processor time, to read them a few milliseconds. They lie in
the user's cache folder (``XDG_CACHE_HOME``, else ``~/.cache``), in a file that is named by the
model's bytes and the sentences: another model or vocabulary has another. A file that is damaged is
made anew; where nothing can be written, they are encoded each time.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

__all__ = ["kept_vectors"]

#: Another when `SentenceModel` computes otherwise.
_FORM = b"1"
_DIGEST_BYTES = 32


def kept_vectors(
    model: Path, sentences: Sequence[str], encode: Callable[[Sequence[str]], Any]
) -> Any:
    """Return the vectors of sentences, as an array, from the cache or else made and kept there.

    Parameters:
        model: the folder of the model.
        sentences: what to encode.
        encode: makes the vectors.
    """
    try:
        path = _folder() / f"sentences-{_key(model, sentences)}"
    except (OSError, RuntimeError):
        return encode(sentences)
    vectors = _read(path, len(sentences))
    if vectors is None:
        vectors = encode(sentences)
        with contextlib.suppress(OSError):
            _write(path, vectors)
    return vectors


def _folder() -> Path:
    """Return the folder; a home that is nobody's is a RuntimeError."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "outcome-graph"


def _key(model: Path, sentences: Sequence[str]) -> str:
    digest = hashlib.sha256(_FORM)
    for name in ("config.json", "tokenizer.json", "model.safetensors"):
        with (model / name).open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    for sentence in sentences:
        digest.update(hashlib.sha256(sentence.encode()).digest())
    return digest.hexdigest()[:32]


def _read(path: Path, count: int) -> Any:
    """Return the vectors of a file, None when there is none or it is not as it was written."""
    import numpy

    try:
        content = path.read_bytes()
        digest, array = content[:_DIGEST_BYTES], content[_DIGEST_BYTES:]
        if hashlib.sha256(array).digest() != digest:
            return None
        vectors = numpy.load(io.BytesIO(array), allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    return vectors if vectors.ndim == 2 and len(vectors) == count else None


def _write(path: Path, vectors: Any) -> None:
    """Write a file whole or not at all."""
    import numpy

    buffer = io.BytesIO()
    numpy.save(buffer, vectors, allow_pickle=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".sentences-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(buffer.getvalue()).digest() + buffer.getvalue())
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
