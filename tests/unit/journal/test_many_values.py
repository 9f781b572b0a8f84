"""What a process holds until it ends is never taken apart."""

from __future__ import annotations

import gc
from weakref import ref

from ldbu_desktop.journal.many_values import left_to_the_system


class _Held:
    """Something that can be seen to be there."""


def test_what_is_left_to_the_system_is_not_taken_apart() -> None:
    held, gone = _Held(), _Held()
    is_held, is_gone = ref(held), ref(gone)
    left_to_the_system(held)
    del held, gone
    gc.collect()
    assert is_held() is not None
    assert is_gone() is None
