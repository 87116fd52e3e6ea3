"""Where answers to invitations go by mail, and how that mailbox is read: what the settings say of it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class ReplyMailbox:
    """`address` is what stands before and behind the secret of an invitation. The password is in no `repr`."""

    address: str
    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str
    encrypted: bool
