"""Untrusted files into drafts: e-mail and pupil lists, read in a child process with limits.

Never here: keys, the store, decisions.
"""
