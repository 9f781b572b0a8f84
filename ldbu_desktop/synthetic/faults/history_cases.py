"""Faults in deliveries over time: the sample history of a code, told of other people under other ids, on other days."""

from __future__ import annotations

import json
import re
import zipfile
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple
from uuid import NAMESPACE_OID

import msgspec

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.bundles.identity import name_id
from ldbu_desktop.growth.child import sex_of
from ldbu_desktop.journal.identity import birth_date
from ldbu_desktop.synthetic.cpr_numbers import CprNumbers
from ldbu_desktop.synthetic.faults.model import Planted

_DAY = re.compile(r"\b(20[12]\d)-(\d\d)-(\d\d)(?=[T\"])")


class HistoryPlace(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the fault of a sample history is: reports from 1; any of ``later``, or the last
    of all where there is none."""

    earlier: int
    later: tuple[int, ...]
    also: tuple[str, ...] = ()


class HistoryCase(NamedTuple):
    """A history with a planted fault: its reports by the names of their files."""

    planted: Planted
    reports: dict[str, bytes]


@cache
def history_places() -> dict[str, HistoryPlace]:
    """Where the faults of the sample histories are, by code; read once."""
    return msgspec.json.decode(resource("synthetic", "history_places.json").read_bytes(), type=dict[str, HistoryPlace])


def history_case(code: str, numbers: CprNumbers, on: date, *seed: object) -> HistoryCase:
    """The sample history of a code, which ends before a day."""
    with zipfile.ZipFile(resource("samples", "historier", f"{code}.zip")) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    days = [date(*map(int, found)) for text in texts.values() for found in _DAY.findall(text)]
    shift = timedelta(days=(on - max(days)).days // 7 * 7 - 7)
    names: dict[str, str] = {}
    word = "|".join(map(str, seed))
    for text in texts.values():
        report: dict[str, Any] = json.loads(text)
        for entry in (report, *(entry["resource"] for entry in report["entry"])):
            if len(entry["id"]) == _UUID_LENGTH:
                names[entry["id"]] = name_id(NAMESPACE_OID.bytes, f"{word}|{entry['id']}")
            for one in entry.get("identifier", ()) if entry["resourceType"] == "Patient" else ():
                birth, sex = birth_date(one["value"]), sex_of(one["value"])
                if one["value"] not in names and birth is not None and sex is not None:
                    names[one["value"]] = numbers.next(birth + shift, sex)[1]
    found = history_places()[code]
    made = {}
    for name, text in texts.items():
        for old, new in names.items():
            text = text.replace(old, new)
        made[_report(code, name)] = _DAY.sub(
            lambda day: (date(*map(int, day.groups())) + shift).isoformat(), text
        ).encode()
    earlier, *later = (f"{code}-{number}.json" for number in (found.earlier, *found.later))
    return HistoryCase(
        Planted(code, later[0] if later else earlier, earlier=earlier, later=tuple(later), also=found.also), made
    )


_UUID_LENGTH = 36


def _report(code: str, name: str) -> str:
    """The name of a report of a case, by its name in the sample."""
    return f"{code}-{name.rpartition('-')[2]}"
