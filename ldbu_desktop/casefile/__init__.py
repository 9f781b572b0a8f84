"""Saved work: one encrypted file with families and visits, the way back, and what was delivered."""
