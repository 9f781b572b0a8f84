"""Whatever a text holds, the engine says something clear about it and comes to an end."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.json_text import JsonLimits
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.engines import engine_for
from tests.profiles import examples

pytestmark = pytest.mark.no_cover
SAMPLES = sorted(resource("samples/rapporter").glob("*.json"))
SAMPLE = SAMPLES[0].read_bytes()
KEYS = st.sampled_from(
    sorted({part.strip('":') for part in SAMPLE.decode().split() if part.endswith('":')} | {"_status", "contained"})
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | KEYS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


def codes(data: bytes, **options: Any) -> list[str]:
    return [one.code for one in engine_for(shipped_standard()).check(data, **options).errors]


@examples(50)
@given(ANYTHING)
def test_no_json_raises(value: object) -> None:
    assert not engine_for(shipped_standard()).check(json.dumps(value).encode()).valid


@examples(50)
@given(st.data())
def test_nothing_anywhere_in_a_report_raises(data: st.DataObject) -> None:
    report = json.loads(SAMPLE)
    for _ in range(data.draw(st.integers(1, 3))):
        holder: Any = report
        while True:
            keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
            if not keys:
                break
            key = data.draw(st.sampled_from(keys))
            inner = holder[key]
            if not isinstance(inner, (dict, list)) or data.draw(st.integers(0, 3)) == 0:
                holder[key] = data.draw(ANYTHING)
                break
            holder = inner
    verdict = engine_for(shipped_standard()).check(json.dumps(report).encode())
    assert verdict.valid == (not verdict.errors)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", "truncated"),
        (SAMPLE[:4_000], "truncated"),
        (b"null", "no-report"),
        (b"\x00", "not-json"),
        (b"\xff\xfe{}", "not-utf-8"),
        (SAMPLE + b"{}", "second-document"),
        (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, "too-deep"),
        (b"[" * 10_000 + b"]" * 10_000, "no-report"),
        (b"{}", "resource-type-missing"),
        (b'{"resourceType":"Nothing"}', "unknown-resource"),
        (SAMPLE.replace(b'"timestamp"', b'"id":"x","id":"y","timestamp"', 1), "duplicate-key"),
        (SAMPLE.replace(b'"type": "collection"', b'"type": "collection", "total": 1e400', 1), "wrong-integer"),
        (SAMPLE.replace(b'"type": "collection"', b'"type": "collection", "total": NaN', 1), "unquoted-value"),
    ],
    ids=range(13),
)
def test_a_hostile_text_has_a_clear_finding(text: bytes, code: str) -> None:
    assert code in codes(text)


def test_a_text_beyond_the_limit_is_not_read() -> None:
    assert codes(SAMPLE, limits=JsonLimits(size=100)) == ["too-large"]


def test_very_many_entries_come_to_an_end() -> None:
    entry = b'{"fullUrl":"http://example.org/Patient/a","resource":{"resourceType":"Patient","id":"a"}}'
    data = b'{"resourceType":"Bundle","type":"collection","entry":[' + b",".join([entry] * 20_000) + b"]}"
    assert "missing" in codes(data)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_samples_conform(path: Any) -> None:
    verdict = engine_for(shipped_standard()).check(path.read_bytes())
    assert (verdict.valid, verdict.errors) == (True, ())
