"""A proposal in words: every reason has a text, whatever is proposed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import ldbu_desktop
from ldbu_desktop.bundled_files import resource
from ldbu_desktop.mapping.proposing.answers import Match
from ldbu_desktop.mapping.proposing.lexicon import synonyms

TEXTS = json.loads(resource("messages", "mapping.json").read_text(encoding="utf-8"))
_MADE = re.compile(r'(?:Evidence|weaken|contradict|weakened)\(\s*(?:Fit\.\w+,\s*)?"([a-z][a-z-]+)"')


def test_every_reason_has_a_text() -> None:
    room = Path(ldbu_desktop.__file__).parent / "mapping"
    made = {code for path in room.rglob("*.py") for code in _MADE.findall(path.read_text(encoding="utf-8"))}
    made |= {f"value-{match.value}" for match in Match} | {f"other-{what}" for what in synonyms().distractors}
    assert made - TEXTS.keys() == set()
    assert all(set(text) == {"da", "en"} for text in TEXTS.values())
