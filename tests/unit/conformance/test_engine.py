"""The engine says the same of a text whatever it read before."""

from __future__ import annotations

import pytest

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.engines import engine_for

SAMPLE = sorted(resource("samples/rapporter").glob("*.json"))[0].read_bytes()
FIRST_PROFILE = SAMPLE[SAMPLE.index(b'"profile": [', SAMPLE.index(b'"entry"')) :].partition(b"]")[0]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (FIRST_PROFILE, b'"profile": [null'),
        (b'"code": "', b'"code": " '),
        (b'"collection"', b'"collected"'),
    ],
    ids=range(3),
)
def test_a_text_has_the_same_verdict_each_time(old: bytes, new: bytes) -> None:
    text = SAMPLE.replace(old, new, 1)
    engine = engine_for(shipped_standard())
    first = engine.check(text)
    assert text != SAMPLE
    assert not first.valid
    assert engine.check(SAMPLE).valid
    assert engine.check(text) == first
