"""A process of its own for whatever reads other people's files: it is held to its memory and time, and dies alone.

In go the name of a function, what it is called with, and the name of the file; out come the messages that the function
yields, in pieces that are asked for one by one (``sandbox``). In the process the function is run with limits
(``process``, ``confinement``) and its exceptions become faults of the file (``guard``). All goes through pipes: nothing
of it stands in arguments, in the environment or on a disk. It must not know what the files hold.
"""
