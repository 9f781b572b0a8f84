"""What was delivered of a journal, as far as it matters to an operation on it."""

from __future__ import annotations

from typing import Protocol

from ldbu_desktop.journal.model import Record


class Delivered(Protocol):
    """Tells what whoever receives deliveries has of a journal as it is before an operation."""

    def has_visit(self, key: str) -> bool:
        """Whether a visit was delivered, by its key."""
        ...

    def was_sent(self, record: Record) -> bool:
        """Whether a record was ever sent."""
        ...

    def stands(self, record: Record) -> bool:
        """Whether a record was sent, and not withdrawn in a later delivery."""
        ...


class NothingDelivered:
    """Of a journal that was never delivered."""

    def has_visit(self, _key: str) -> bool:
        """No visit was."""
        return False

    def was_sent(self, _record: Record) -> bool:
        """No record was."""
        return False

    def stands(self, _record: Record) -> bool:
        """Nothing does."""
        return False
