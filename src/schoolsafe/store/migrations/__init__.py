"""Numbered plain SQL for the journal tables only; read tables are rebuilt instead.

Never here: project code.
"""
