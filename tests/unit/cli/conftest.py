"""How the tests of the command line call it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ldbu_desktop.cli.program import run

PERSON = "0505209996"
"""A CPR number that nothing may print."""


@pytest.fixture
def ldbu(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Calls ``ldbu check``: its exit code and what it printed, without tracebacks and CPR numbers."""

    def call(*words: object) -> tuple[int, str]:
        code = run(["check", *map(str, words)], lambda title, html: f"{title}\n{html}".encode())
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        assert PERSON not in out + err
        return code, out

    return call
