"""Real SQLCipher in a temporary folder: the vault, what breaks it, and what must then be seen."""
