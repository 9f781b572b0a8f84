"""The Time page: what forms cost to fill, side by side, and what that rests on."""
