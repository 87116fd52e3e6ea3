"""Addresses that need no account: in a keepsake, and in emails after the end."""
