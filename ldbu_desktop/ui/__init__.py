"""The window. The only room that knows Qt; it calls use cases and shows the values that they return."""
