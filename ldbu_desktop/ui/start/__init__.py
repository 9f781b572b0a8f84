"""The start page: doors to the work, what was opened last, and a sample."""
