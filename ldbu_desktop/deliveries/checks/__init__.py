"""The checks of a history, each of one kind of conflict between reports, by KL's note on correcting errors.

Each takes what became of a family's resources, with what is true of the history as a whole, and gives findings. A
report that the gateway rejects tells nothing; it counts for ids, for times and for what is still missing.
"""
