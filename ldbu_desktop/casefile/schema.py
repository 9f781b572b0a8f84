"""What the tables of our encrypted files are, by version, and how an older one becomes a newer.

A case file:

``piece``   a family without its visits, a visit, or a list of the journal; it is written once and never changed, and
            ``checksum`` tells whether it still is what was written.
``step``    a state of the journal: the piece that all of it hangs on, what the user did, and which pieces the state
            brought (``added``, ``size`` bytes) and no longer has (``replaced``). Undo and redo go from step to step.
``at_step`` the step that is the journal now.
``delivered_visit``, ``sent_resource``   what was sent of a visit: when, and each resource as it was sent last, with the
            key of its record and the number of the delivery.
``delivered_resource``   what an older version remembered of that: a hash of what each resource said. A row goes when
            it is found out what that was.

``log_state`` of the log beside the file: how many transactions there were, and whether the file was closed after the
            last. What a file says of itself and what the window last said (:class:`~.window_lock.WindowLock`) tell
            whether the log has lost something.

A work file, which has a ``log_state`` too:

``correction`` what was done to what was read from files, in the order that it was done.
``saved_case``  the case file that all of it was saved as too, until ``time``.

Records are kept without the parts that have their default, so that a part of the model that is new needs no change of
tables. But a program that does not know it can't read what has it: for that the version is another
(``WITH_NEW_PARTS``).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Schema:
    """The tables of one kind of file.

    ``application_id`` stands in the header of the database; ``migrations`` make version 2 of version 1, version 3 of
    version 2 and so on.
    """

    application_id: int
    first: str
    migrations: tuple[str, ...] = ()

    @property
    def version(self) -> int:
        """The version that all migrations lead to."""
        return 1 + len(self.migrations)


WITH_NEW_PARTS: Final = ""
"""The migration to a version in which pieces may have parts that the version before does not know: nothing to do."""

CHECKSUM: Final = "piece_checksum"
"""SQL's name of :func:`checksum`."""

_LOG_STATE = """
CREATE TABLE log_state (
    one INTEGER PRIMARY KEY CHECK (one = 1), saves INTEGER NOT NULL, is_closed INTEGER NOT NULL);
INSERT INTO log_state VALUES (1, 0, 1);
"""

CASE: Final = Schema(
    0x4C444255,  # LDBU
    """
CREATE TABLE piece (id INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE step (
    number INTEGER PRIMARY KEY, root INTEGER NOT NULL, label TEXT NOT NULL, time TEXT NOT NULL,
    added BLOB NOT NULL, replaced BLOB NOT NULL);
CREATE TABLE at_step (one INTEGER PRIMARY KEY CHECK (one = 1), number INTEGER NOT NULL);
""",
    (
        """
ALTER TABLE step ADD COLUMN size INTEGER NOT NULL DEFAULT 0;
CREATE TABLE delivered_visit (visit TEXT PRIMARY KEY, time TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE delivered_resource (
    visit TEXT NOT NULL, id TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (visit, id)) WITHOUT ROWID;
""",
        """
CREATE TABLE sent_resource (
    visit TEXT NOT NULL, id TEXT NOT NULL, key TEXT NOT NULL, said BLOB NOT NULL, number INTEGER NOT NULL,
    PRIMARY KEY (visit, id)) WITHOUT ROWID;
""",
        WITH_NEW_PARTS,  # 4: names of people, what they are to each other, and findings that were accepted
        """
ALTER TABLE piece ADD COLUMN checksum BLOB NOT NULL DEFAULT x'';
UPDATE piece SET checksum = piece_checksum(data);
"""
        + _LOG_STATE,
    ),
)

WORK: Final = Schema(
    0x4C445755,  # LDWU
    "CREATE TABLE correction (number INTEGER PRIMARY KEY, data BLOB NOT NULL);",
    (
        WITH_NEW_PARTS,  # 2: findings that were accepted
        _LOG_STATE,
        "CREATE TABLE saved_case (one INTEGER PRIMARY KEY CHECK (one = 1), name TEXT NOT NULL, time TEXT NOT NULL);",
    ),
)

SECRET: Final = Schema(
    0x4C444250,  # LDBP
    f"""
CREATE TABLE secret (one INTEGER PRIMARY KEY CHECK (one = 1), data BLOB NOT NULL);
{_LOG_STATE}
""",
)
"""What pseudonyms are made with."""


def checksum(data: bytes) -> bytes:
    """What tells whether a piece is what was written: an encrypted page that is of another day passes for whole."""
    return hashlib.blake2b(data, digest_size=16).digest()


def statements(script: str) -> list[str]:
    """The statements of a script, one by one: all of them run in one transaction."""
    return [statement for statement in script.split(";\n") if statement.strip()]
