"""Bytes that leave the process: row, roster link, journal export. Versioned, each with a spec page and vectors.

Never here: I/O, decisions about people.
"""
