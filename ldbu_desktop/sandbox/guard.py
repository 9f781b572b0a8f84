"""The outermost guard of every reader: whatever reading a file raises is a fault of that file, and names it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ldbu_desktop.faults import Fault, FileFault

_DAMAGES = frozenset(
    (
        "builtins.EOFError",
        "builtins.NotImplementedError",
        "zipfile.BadZipFile",
        "zipfile.LargeZipFile",
        "zlib.error",
        "_lzma.LZMAError",
        "tarfile.TarError",
        "struct.error",
    )
)
"""What libraries raise for damaged files, by name: whoever reads no such files need not import them."""
_NATIVE = "pyo3_runtime"
"""The module of what a native reader raises when it gives up, which is no ordinary exception."""


@contextmanager
def reading(file: str, *damages: type[Exception]) -> Iterator[None]:
    """Raise :class:`FileFault` for whatever goes wrong within; ``damages`` are what else tells a damaged file."""
    try:
        yield
    except Fault:
        raise
    except FileNotFoundError as error:
        raise FileFault("file-not-found", file=file) from error
    except OSError as error:
        raise FileFault("file-not-readable", file=file) from error
    except MemoryError as error:
        raise FileFault("file-too-large-for-memory", file=file) from error
    except Exception as error:
        if isinstance(error, damages) or _tells_damage(error):
            raise FileFault("file-damaged", file=file) from error
        raise FileFault("file-read-failed", file=file, why=type(error).__name__) from error
    except BaseException as error:
        if type(error).__module__ != _NATIVE:
            raise
        raise FileFault("file-damaged", file=file) from error


def _tells_damage(error: Exception) -> bool:
    return any(f"{kind.__module__}.{kind.__qualname__}" in _DAMAGES for kind in type(error).__mro__)
