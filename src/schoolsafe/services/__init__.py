"""What a person can do, one file per noun; the ports it needs; who may do it.

Never here: Qt, SQL, files.
"""
