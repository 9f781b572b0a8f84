"""The page where delivery reports are written: what is sent, what is left out and why, and the receipt."""
