"""What a refusal holds for can be told of any visit, whatever its report said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from msgspec.structs import replace

from ldbu_desktop.journal.model import Carried, Entry, Family, Journal, Refusal, Visit
from ldbu_desktop.journal.refusals import digest, sealed

FAMILY = Family("F", ())
VISIT = Visit("K1")


@pytest.mark.parametrize(
    "visit",
    [
        replace(VISIT, start=Entry(datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))))),
        replace(VISIT, end=Entry(datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-12))))),
        replace(VISIT, type=Entry(None, "half a character \ud83d")),
    ],
)
def test_any_year_and_any_text_can_be_told(visit: Visit) -> None:
    assert digest(FAMILY, visit) == digest(FAMILY, visit)
    assert digest(FAMILY, visit) != digest(FAMILY, VISIT)


def test_a_refusal_is_sealed_and_nothing_else() -> None:
    refused = replace(VISIT, refusal=Refusal(()))
    (family,) = sealed(Journal((replace(FAMILY, visits=(refused, VISIT)),))).families
    assert family.visits == (replace(VISIT, refusal=Refusal((), digest(FAMILY, VISIT))), VISIT)
    untouched = Journal((FAMILY,))
    assert sealed(untouched) is untouched


def test_a_time_tells_its_zone_and_a_number_its_digits() -> None:
    """The same moment elsewhere is another entry, as is what only its text tells apart."""
    at = datetime(2026, 1, 1, 12, tzinfo=timezone(timedelta(hours=1)))
    told = [Entry(at, ""), Entry(at.astimezone(UTC), ""), Entry(None, "1"), Entry(None, "1.0")]
    assert len({digest(FAMILY, replace(VISIT, start=entry)) for entry in told}) == len(told)


def test_numbers_of_any_size_can_be_told() -> None:
    large, larger = (replace(VISIT, carried=Carried("", "", {"x": 10**40 + more})) for more in (0, 1))
    assert digest(FAMILY, large) != digest(FAMILY, larger)
