"""Bytes that leave the process: row, roster link, journal export. Versioned, with spec and vectors.

Never here: I/O, decisions about people.
"""
