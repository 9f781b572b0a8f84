"""The pane at the right: findings by cause, what the selected one means, the field's definition, and what is sent."""
