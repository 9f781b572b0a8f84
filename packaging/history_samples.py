"""Writes ``resources/samples/historier`` anew: a history that is right, and one with a fault for every code.

Nobody in them is anybody. Each is a zip file of its reports, called after its code.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

import msgspec

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.synthetic.faults.history_cases import HistoryPlace
from tests.delivery_histories.faults import FAULTY
from tests.delivery_histories.journal import Delivering, Json, written
from tests.delivery_histories.stories import late_observation, plan_ended, value_corrected

FOLDER = resource("samples") / "historier"
AT_THE_END = frozenset(("history-never-finished",))
"""Codes that are told at the last report of a whole history, whichever it is."""
PLACES = resource("synthetic") / "history_places.json"
_SEED = 7
_TIME = (2024, 1, 1, 0, 0, 0)


def write(path: Path, reports: Sequence[Json]) -> None:
    """A zip file of reports, the same bytes each time."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, report in enumerate(reports, 1):
            name = zipfile.ZipInfo(f"rapport-{number}.json", _TIME)
            name.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(name, written(report))


def main() -> None:
    """All of them."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.zip"):
        old.unlink()
    reports: list[Json] = []
    for story in (value_corrected, plan_ended, late_observation):
        journal = Delivering(_SEED + len(reports))
        story(journal)
        reports += journal.reports
    write(FOLDER / "ren.zip", reports)
    places: dict[str, HistoryPlace] = {}
    for faulty in FAULTY:
        journal = Delivering(_SEED)
        planted = faulty(journal)
        if planted.code not in places:
            write(FOLDER / f"{planted.code}.zip", journal.reports)
            later = tuple(number + 1 for number in planted.later) if planted.code not in AT_THE_END else ()
            places[planted.code] = HistoryPlace(planted.earlier + 1, later, tuple(sorted(planted.also)))
    PLACES.write_bytes(msgspec.json.format(msgspec.json.encode(places), indent=1) + b"\n")


if __name__ == "__main__":
    main()
