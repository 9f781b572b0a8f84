"""Locks on files: one has them at a time, and nothing is left of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ldbu_desktop.file_locks import alone


def test_a_lock_is_one_s_alone_and_its_file_is_gone_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    for _ in range(2):
        with alone(path) as is_locked:
            assert is_locked
            with pytest.raises(BlockingIOError), alone(path):
                pass
            assert path.exists()
        assert not path.exists()
