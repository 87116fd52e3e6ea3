"""The doors behind a link, for who has no account any more, or never had one."""
