"""The form of one visit: sections of fields to be filled by keyboard, checked as they are left."""
