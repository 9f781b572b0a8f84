"""The pane at the right: findings by cause, what the selected one means, the field's definition, what is sent, and the
time that is left. All of it follows the session's selection and moves it; it changes nothing.
"""
