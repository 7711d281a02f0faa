"""The programs that run within the sandbox, where they are copied; nothing outside of it imports them."""
