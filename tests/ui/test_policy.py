"""The window where the machine's owner has fixed what is offered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ldbu_desktop import policy as policies
from ldbu_desktop.language import Language
from ldbu_desktop.policy import policy
from ldbu_desktop.ui.main_window import MainWindow


@pytest.fixture
def fixed(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What the parameter says is fixed for this machine, until the test ends."""
    (tmp_path / "policy.toml").write_text(request.param)
    monkeypatch.setattr(policies, "FILE", tmp_path / "policy.toml")
    policy.cache_clear()
    yield
    policy.cache_clear()


@pytest.mark.parametrize("fixed", ['language = "en"\npages = ["reports"]'], indirect=True)
def test_only_what_is_offered_is_seen(fixed: None, window: MainWindow) -> None:
    assert window.settings.language is Language.ENGLISH
    assert window.header.language.isHidden()
    assert not window.actions_["danish"].isVisible()
    shown = {page for page, button in window.rail.buttons.items() if not button.isHidden()}
    assert shown == {"start", "reports"}
    assert not window.actions_["page-burden"].isEnabled()
    assert not window.message.isVisible()


@pytest.mark.parametrize("fixed", ["no policy"], indirect=True)
def test_a_policy_that_can_not_be_read_is_told(fixed: None, window: MainWindow) -> None:
    assert str(policies.FILE) in window.message.text.text()
