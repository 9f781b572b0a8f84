"""Large files are loaded and checked aside: in a process of their own, while a window answers.

In go files, the standard and what the files are taken for; out come what is found in the first rows, the journal and
its findings, in pieces that the window takes in within a millisecond (``reader``). In the process (``process``) the
same use cases work as anywhere. It must not know Qt.

The interpreter lets one thread run at a time: work in another thread of the window's process would halt the window
whenever the system lets somebody else go first.
"""
