"""Access tokens: who may write over HTTP. A file of hashes beside the store.

A token is a secret of 256 random bits. Only its SHA-256 is kept, which is enough: a secret that
nobody can guess needs no slow hash. The file is readable by its owner alone (mode 0600), replaced
as a whole, and looked at again by a running server when it has changed.
"""

from __future__ import annotations

import datetime
import fcntl
import hashlib
import hmac
import json
import os
import re
import secrets
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from outcome_graph.errors import NotFoundError, StoreError, UsageError
from outcome_graph.settings import Settings

__all__ = ["ROLES", "Token", "TokenBook", "tokens_file"]

#: Roles, each of which may do what those before it may.
ROLES = ("read", "steward", "admin")
_SECRET_BYTES = 32
_NAME = re.compile(r"[\w][\w .@+-]{0,63}")
_PREFIX = "og_"
#: More than this is no token of ours, and is not even hashed.
_LONGEST_SECRET = 200


@dataclass(frozen=True, slots=True)
class Token:
    """One token, without its secret.

    Parameters:
        name: what the journal and `token list` call it.
        role: one of `ROLES`.
        digest: SHA-256 of the secret, hexadecimal.
        created: when it was made, ISO 8601 in UTC.
        expires: when it ends, likewise; None for never.
    """

    name: str
    role: str
    digest: str
    created: str
    expires: str | None = None

    @property
    def expired(self) -> bool:
        """Whether its time is over."""
        return self.expires is not None and self.expires <= _text(_now())

    def allows(self, role: str) -> bool:
        """Tell whether the token may do what a role may."""
        return ROLES.index(self.role) >= ROLES.index(role)


def tokens_file(settings: Settings) -> Path | None:
    """Return the file of tokens of a store; None for a remote engine when none is named."""
    if settings.tokens_file:
        return Path(settings.tokens_file)
    if settings.store.startswith(("http://", "https://")):
        return None
    return Path(settings.store) / "tokens.json"


class TokenBook:
    """The tokens in a file; thread-safe, and shared safely with other processes.

    Parameters:
        path: the file; it need not exist.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._seen: tuple[int, int, int] | None = None
        self._tokens: tuple[Token, ...] = ()

    def tokens(self) -> tuple[Token, ...]:
        """Return all tokens, oldest first; the file is read when it has changed.

        Raises:
            StoreError: the file cannot be read, or is none of ours.
        """
        with self._lock:
            try:
                found = self.path.stat()
            except (FileNotFoundError, NotADirectoryError):
                self._seen, self._tokens = None, ()
                return ()
            except OSError as error:
                raise StoreError(f"The tokens in {self.path} cannot be read: {error}.") from error
            mark = (found.st_ino, found.st_mtime_ns, found.st_size)
            if mark != self._seen:
                self._tokens = _read(self.path)
                self._seen = mark
            return self._tokens

    def find(self, secret: str) -> Token | None:
        """Return the token with a secret, None when there is none or its time is over.

        All digests are compared, each in constant time, so that the time tells nothing.
        """
        if len(secret) > _LONGEST_SECRET:
            return None
        digest = _digest(secret)
        found = None
        for token in self.tokens():
            if hmac.compare_digest(token.digest, digest):
                found = token
        return None if found is None or found.expired else found

    def create(
        self, role: str, *, name: str | None = None, days: float | None = None
    ) -> tuple[Token, str]:
        """Make a token; return it and its secret, which is not kept.

        Parameters:
            role: one of `ROLES`.
            name: letters, digits, spaces and ``.@+-_``; None for the role with a number.
            days: how long it is good for; None for ever.

        Raises:
            UsageError: unknown role, a name that is taken or malformed, no time.
            StoreError: the file cannot be written.
        """
        if role not in ROLES:
            raise UsageError(f"The role is one of {', '.join(ROLES)}, not {role!r}.")
        if days is not None and not 0 < days <= 36_500:
            raise UsageError("A token expires after 1 to 36500 days.")
        if name is not None and not _NAME.fullmatch(name):
            raise UsageError(
                "A token's name has up to 64 letters, digits, spaces and . @ + - _, and begins "
                f"with a letter or digit; not {name[:80]!r}."
            )
        secret = _PREFIX + secrets.token_urlsafe(_SECRET_BYTES)
        now = _now()
        ends = None if days is None else _text(now + datetime.timedelta(days=days))
        with self._changing() as tokens:
            taken = {token.name for token in tokens}
            if name in taken:
                raise UsageError(f"There is a token named {name!r} already; choose another name.")
            free = name or next(
                n for i in range(1, len(taken) + 2) if (n := f"{role}-{i}") not in taken
            )
            token = Token(free, role, _digest(secret), _text(now), ends)
            tokens.append(token)
        return token, secret

    def revoke(self, name: str) -> Token:
        """Take a token away.

        Raises:
            NotFoundError: there is none of this name.
        """
        with self._changing() as tokens:
            for token in tokens:
                if token.name == name:
                    tokens.remove(token)
                    return token
            raise NotFoundError(f"There is no token named {name!r}. See: outcome-graph token list")

    @contextmanager
    def _changing(self) -> Iterator[list[Token]]:
        """Give the tokens to change; what is left of them is written when nothing was raised."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            folder = os.open(self.path.parent, os.O_RDONLY | os.O_DIRECTORY)
        except OSError as error:
            raise StoreError(f"The tokens cannot be kept in {self.path}: {error}.") from error
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            tokens = list(_read(self.path)) if self.path.exists() else []
            yield tokens
            _write(self.path, tokens)
            os.fsync(folder)
        finally:
            os.close(folder)


def _read(path: Path) -> tuple[Token, ...]:
    try:
        facts: dict[str, Any] = json.loads(path.read_bytes())
        tokens = tuple(Token(**item) for item in facts["tokens"])
        if any(t.role not in ROLES or not isinstance(t.digest, str) for t in tokens):
            raise ValueError("an unknown role")
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise StoreError(f"The tokens in {path} cannot be read: {error}.") from error
    except (ValueError, TypeError, KeyError) as error:
        raise StoreError(
            f"{path} is no file of access tokens. Move it away and make new tokens with: "
            "outcome-graph token create --role ROLE"
        ) from error
    return tokens


def _write(path: Path, tokens: list[Token]) -> None:
    text = json.dumps({"tokens": [asdict(token) for token in tokens]}, indent=2) + "\n"
    try:
        # mkstemp makes files that only their owner may read.
        descriptor, name = tempfile.mkstemp(prefix=".tokens-", dir=path.parent)
        try:
            with os.fdopen(descriptor, "w") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        finally:
            with suppress(FileNotFoundError):
                Path(name).unlink()
    except OSError as error:
        raise StoreError(f"The tokens cannot be written to {path}: {error}.") from error


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def _text(time: datetime.datetime) -> str:
    return time.isoformat(timespec="seconds").replace("+00:00", "Z")
