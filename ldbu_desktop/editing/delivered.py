"""What was delivered of a journal, as far as it matters to an operation on it."""

from __future__ import annotations

from typing import NamedTuple


class Received(NamedTuple):
    """What was delivered, by the ids of resources: ``sent`` ever, and ``settled`` what still says what it said then."""

    sent: frozenset[str] = frozenset()
    settled: frozenset[str] = frozenset()

    def stands(self, resource: str, *, is_withdrawn: bool) -> bool:
        """Whether a resource stands where it was received: it was sent, and not withdrawn in a later delivery."""
        return resource in self.sent and not (is_withdrawn and resource in self.settled)
