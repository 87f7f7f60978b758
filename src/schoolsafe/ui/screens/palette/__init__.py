"""The command palette: pupils and actions in one list, near matches, recent first.

Never here: what an action does, another screen.
"""
