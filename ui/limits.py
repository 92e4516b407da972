"""How often one visitor may ask: a bucket that fills slowly, for each page and for each address.

A class of pupils comes from one address, so an address may do much more than a page. Kept in memory
only, for the most recent visitors, and under a keyed hash: addresses themselves are not kept.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

MOST_KEPT = 20_000


class Bucket:
    """For each name at most ``burst`` at once and ``per_minute`` in the long run."""

    def __init__(
        self, per_minute: float, burst: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Begin with full buckets."""
        self.rate, self.burst, self.clock = per_minute / 60, burst, clock
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, name: str) -> bool:
        """Take one from a name's bucket; False when it is empty."""
        with self._lock:
            now = self.clock()
            level, then = self._levels.pop(name, (float(self.burst), now))
            level = min(float(self.burst), level + (now - then) * self.rate)
            allowed = level >= 1
            self._levels[name] = (level - 1 if allowed else level, now)
            while len(self._levels) > MOST_KEPT:
                self._levels.popitem(last=False)
            return allowed


class Visitors:
    """The limits of all visitors of this process."""

    def __init__(self, per_minute: int, address_factor: int = 20) -> None:
        """Allow each page so many messages a minute, and an address ``address_factor`` times as many."""
        self.pages = Bucket(per_minute, per_minute)
        self.addresses = Bucket(per_minute * address_factor, per_minute * address_factor)
        self._key = secrets.token_bytes(16)

    def allow(self, request: Any) -> bool:
        """Whether the visitor of a request may ask once more; calls without a request always may."""
        if request is None:
            return True
        session = str(getattr(request, "session_hash", "") or "")
        address = self._hash(address_of(request))
        return self.addresses.take(address) and (not session or self.pages.take(session))

    def _hash(self, address: str) -> str:
        return hmac.new(self._key, address.encode(), hashlib.sha256).hexdigest()


def address_of(request: Any) -> str:
    """Return where a request comes from: what the proxy in front says, else the other end.

    Only the last entry is the proxy's own; those before it can be made up.
    """
    headers = getattr(request, "headers", None) or {}
    forwarded = str(headers.get("x-forwarded-for") or "").split(",")[-1].strip()
    client = getattr(request, "client", None)
    return forwarded or str(getattr(client, "host", "") or "")
