"""Seal, open, sign, verify, derive: one file per primitive; the only importer of `cryptography`.

Never here: keys at rest, formats, files.
"""
