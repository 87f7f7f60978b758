"""SchoolSafe: offline-first safeguarding for schools.

Rooms and rings: docs/architecture.md. Never here: code.
"""

__version__ = "0.1.0"
