"""Which engine this build carries: package scanners do not see the libraries inside the wheel."""

from sqlcipher3 import dbapi2 as sqlcipher


def versions() -> str:
    """SQLCipher, SQLite and the cipher library, in one line."""
    connection = sqlcipher.connect(":memory:")
    try:
        connection.execute(
            "PRAGMA key = \"x'" + "00" * 32 + "'\""
        )  # the provider answers only to a keyed file
        said = [
            connection.execute(f"PRAGMA {name}").fetchone()
            for name in ("cipher_version", "cipher_provider_version")
        ]
    finally:
        connection.close()
    cipher, provider = (row[0] if row else "unknown" for row in said)
    return f"SQLCipher {cipher}, SQLite {sqlcipher.sqlite_version}, {provider}"
