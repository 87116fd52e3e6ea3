"""Answers to invitations that come by mail: reading the mailbox, and reading one email of it."""
