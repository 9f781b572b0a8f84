"""The forms in which verdicts are written: each takes reports as they are checked and writes to a stream."""
