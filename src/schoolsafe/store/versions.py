"""Which engine this build carries: package scanners do not see the libraries inside the wheel."""

from sqlcipher3 import dbapi2 as sqlcipher


def versions() -> str:
    """SQLCipher, SQLite and the cipher library, in one line."""
    connection = sqlcipher.connect(":memory:")
    try:
        cipher = connection.execute("PRAGMA cipher_version").fetchone()
        provider = connection.execute("PRAGMA cipher_provider_version").fetchone()
    finally:
        connection.close()
    return f"SQLCipher {cipher[0]}, SQLite {sqlcipher.sqlite_version}, {provider[0]}"
