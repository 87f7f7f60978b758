"""Every use case from a script, through the same services as the windows; verify, self-test, demo.

Never here: its own rules.
"""
