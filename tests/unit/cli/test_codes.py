"""``ldbu codes`` end to end: every code with its facts."""

from __future__ import annotations

import json

import pytest

from ldbu_desktop.cli.program import Exit, run
from ldbu_desktop.findings.catalogue import finding_types
from ldbu_desktop.findings.model import Level


def test_json_has_every_code_with_its_facts(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["codes", "--format", "json"]) == Exit.CLEAN
    told = json.loads(capsys.readouterr().out)
    assert list(told) == ["program", "standard", "codes"]
    rows = {one["code"]: one for one in told["codes"]}
    assert list(rows) == list(finding_types())
    assert {one["level"] for one in rows.values()} == set(map(str, Level))
    assert all(one["title"] and one["since"] for one in rows.values())
    assert rows["obs-1"]["rule"] == "obs-1"
    assert rows["history-moment-changed"]["severity"] == "mend"
    assert rows["history-moment-changed"]["source_version"] == "2024-06"
    assert rows["date-unreadable"]["since"] == "0.1.0"
    for code, type in finding_types().items():
        row = rows[code]
        assert (row["severity"], row["source"], row["blocks"]) == (type.severity, type.source, type.blocks)
        assert row["official"] == list(type.official)


@pytest.mark.parametrize("language", ["da", "en"])
def test_people_read_every_code_in_a_line(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["codes", "--language", language]) == Exit.CLEAN
    out = capsys.readouterr().out
    named = [line.split()[1] for line in out.splitlines() if line.startswith("  ")]
    assert named == list(finding_types())
    assert ("KL's notat" if language == "da" else "KL's note") in out
