"""The window: the only room that knows Qt. What is open comes from the session, what it means from the core's values;
out of it goes nothing but what the user asks for. ``application`` starts ``main_window``, which shows the pages of
``pages``; what can be done stands in ``actions`` as data. One folder a page; what pages share stands in ``kit``
(general) and ``findings`` (whatever shows findings). Nothing in it may hold data of its own, or do work that takes
time: that runs through ``jobs``.
"""

import sys
from contextlib import suppress
from importlib import import_module


def _read_no_sources() -> None:
    """Have PySide not read the source of each module that is imported, and keep it: 30 ms of the start.

    It looks for modules that ask for other names of Qt's methods (``__feature__``), and none of ours does.
    """
    import_module("PySide6.QtCore")  # brings what is changed here
    with suppress(KeyError):  # a PySide that does it otherwise
        vars(sys.modules["shibokensupport.feature"])["_mod_uses_pyside"] = lambda _module: False


_read_no_sources()  # before anything else of the window is imported
