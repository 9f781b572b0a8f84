"""Reports put by until all are there, then given back family by family in the order of their timestamps.

They lie in an encrypted file in a private folder; its key is in memory only, so that nobody can read what is left where
the program ends by force. What is held in memory is a few numbers for each report, and one family.
"""

from __future__ import annotations

import secrets
import tempfile
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import suppress
from hashlib import blake2b
from itertools import chain, groupby, pairwise
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec
import sqlcipher3.dbapi2 as sqlcipher

from ldbu_desktop.deliveries.checks.ids import is_universal
from ldbu_desktop.deliveries.model import LOCATION, NO_PLACE, PATIENT, Place, Report
from ldbu_desktop.faults import OutputFault

_encode = msgspec.msgpack.Encoder().encode
_decoder = msgspec.msgpack.Decoder(Report)
_PARTS = 64
"""So many parts are the links of reports kept in: one at a time is in memory when families are found."""
WAITING = 1 << 18
"""Links that wait in memory before they are put by."""
_CACHE = 32 * 1024
"""Kilobytes of the file that are held in memory."""
_AT_ONCE = 200


class ReportIndex:
    """The reports of a history. Closing it removes all that was put by."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="ldbu-", ignore_cleanup_errors=True)
        self._links = [array("q") for _ in range(_PARTS)]
        self._waiting = 0
        self.reports = 0
        self._order = array("q")
        self._nights = array("q")
        try:
            self._database: Any = sqlcipher.connect(
                str(Path(self._folder.name, "reports")), isolation_level=None, check_same_thread=False
            )
            for pragma in (
                "cipher_log_level = NONE",
                f"key = \"x'{secrets.token_hex(32)}'\"",
                "cipher_use_hmac = OFF",
                "journal_mode = OFF",
                "synchronous = OFF",
                "locking_mode = EXCLUSIVE",
                "temp_store = MEMORY",
                f"cache_size = -{_CACHE}",
            ):
                self._database.execute(f"PRAGMA {pragma}")
            self._database.execute(
                "CREATE TABLE report (number INTEGER PRIMARY KEY, time REAL, file TEXT, outer_entry INTEGER,"
                " own BLOB, night INTEGER, said BLOB)"
            )
            self._database.execute("CREATE TABLE link (part INTEGER, pairs BLOB)")
            self._database.execute("BEGIN")
        except sqlcipher.Error as error:
            self.close()
            raise OutputFault("history-no-room", why=type(error).__name__) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Remove what was put by."""
        with suppress(AttributeError, sqlcipher.Error):
            self._database.close()
        self._folder.cleanup()

    def add(self, report: Report) -> None:
        """Put a report by. Raises :class:`OutputFault` where there is no room."""
        number = self.reports
        self.reports += 1
        own = blake2b(report.id.encode(), digest_size=8).digest() if report.id else None
        row = (number, report.time, report.file, report.outer, own, report.night, _encode(report))
        self._execute("INSERT INTO report VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        for link in _links(report):
            digest = int.from_bytes(
                blake2b(link.encode("utf-8", "replace"), digest_size=8).digest(), "big", signed=True
            )
            self._links[digest % _PARTS].extend((digest, number))
            self._waiting += 1
        if self._waiting >= WAITING:
            self._put_links_by()

    def _execute(self, statement: str, values: Sequence[object] = ()) -> Any:
        try:
            return self._database.execute(statement, values)
        except sqlcipher.Error as error:
            raise OutputFault("history-no-room", why=type(error).__name__) from error

    def _put_links_by(self) -> None:
        for part, pairs in enumerate(self._links):
            if pairs:
                self._execute("INSERT INTO link VALUES (?, ?)", (part, pairs.tobytes()))
        self._links = [array("q") for _ in range(_PARTS)]
        self._waiting = 0

    # --- when all are there

    def arrange(self) -> None:
        """Put the reports in order: by time, then by name; those without a time last."""
        ordered = self._execute(
            "SELECT number, night FROM report ORDER BY time IS NULL, time, file, outer_entry, number"
        )
        for number, night in ordered:
            self._order.append(number)
            self._nights.append(night or (self._nights[-1] if self._nights else 0))

    @property
    def begin(self) -> int:
        """The first night; 0 where no report has a time."""
        return next((night for night in self._nights if night), 0)

    @property
    def end(self) -> float:
        """The last time in seconds."""
        (end,) = self._execute("SELECT max(time) FROM report").fetchone()
        return float(end or 0)

    @property
    def last(self) -> Place:
        """Where the last report stands."""
        return self._report(self._order[-1]).place() if self._order else NO_PLACE

    def after(self, night: int) -> Place | None:
        """The first report of a later night."""
        at = bisect_right(self._nights, night)
        return self._report(self._order[at]).place() if at < len(self._order) else None

    def _report(self, number: int) -> Report:
        (said,) = self._execute("SELECT said FROM report WHERE number = ?", (number,)).fetchone()
        return _decoder.decode(said)

    def same_ids(self) -> Iterator[tuple[Report, Report]]:
        """Reports with the id of an earlier one, each with the latest such."""
        rank = {number: at for at, number in enumerate(self._order)} if self._has_same_ids() else {}
        rows = self._execute(
            "SELECT own, number FROM report WHERE own IN"
            " (SELECT own FROM report WHERE own IS NOT NULL GROUP BY own HAVING count(*) > 1)"
        ).fetchall()
        by_id: dict[bytes, list[int]] = {}
        for own, number in rows:
            by_id.setdefault(own, []).append(number)
        for numbers in by_id.values():
            numbers.sort(key=rank.__getitem__)
            for earlier, later in pairwise(numbers):
                yield self._report(earlier), self._report(later)

    def _has_same_ids(self) -> bool:
        (ids, different) = self._execute("SELECT count(own), count(DISTINCT own) FROM report").fetchone()
        return bool(ids != different)

    def families(self) -> Iterator[list[Report]]:
        """The reports that have a citizen or a resource in common, each family in order and numbered in it."""
        self._put_links_by()
        roots = self._roots()
        count = self.reports
        rank_of_root = array("q", bytes(8 * count))
        first = array("q", [-1]) * count
        for rank, number in enumerate(self._order):
            root = roots[number]
            if first[root] < 0:
                first[root] = rank
            rank_of_root[rank] = first[root]
        together = sorted(rank_of_root[rank] * count + rank for rank in range(count))
        for _, ranks in groupby(together, key=lambda one: one // count):
            yield [
                msgspec.structs.replace(report, number=number)
                for number, report in enumerate(self._reports([self._order[one % count] for one in ranks]))
            ]

    def _reports(self, numbers: Sequence[int]) -> Iterator[Report]:
        for at in range(0, len(numbers), _AT_ONCE):
            some = numbers[at : at + _AT_ONCE]
            asked = ",".join("?" * len(some))
            rows = self._execute(f"SELECT number, said FROM report WHERE number IN ({asked})", some)  # noqa: S608
            said = dict(rows.fetchall())
            yield from (_decoder.decode(said[number]) for number in some)

    def _roots(self) -> array[int]:
        """The first of the reports that belong together, for each report."""
        parent = array("q", range(self.reports))

        def root(of: int) -> int:
            while parent[of] != of:
                parent[of] = parent[parent[of]]
                of = parent[of]
            return of

        for part in range(_PARTS):
            seen: dict[int, int] = {}
            for (pairs,) in self._execute("SELECT pairs FROM link WHERE part = ?", (part,)):
                numbers = array("q")
                numbers.frombytes(pairs)
                for digest, number in zip(numbers[::2], numbers[1::2], strict=True):
                    other = seen.setdefault(digest, number)
                    one, two = root(other), root(number)
                    if one != two:
                        parent[max(one, two)] = min(one, two)
        return array("q", (root(number) for number in range(self.reports)))


def _links(report: Report) -> Iterator[str]:
    """What makes reports a family: citizens by CPR number, and ids that should be nobody else's."""
    cprs = {one.cpr for one in report.instances if one.type == PATIENT and one.cpr}
    own = {one.id for one in report.instances if one.type != LOCATION and is_universal(one.id)}
    return chain(cprs, own)
