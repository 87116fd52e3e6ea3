try:
    from alongside.people.doors import public
except ImportError:

    def public(why):
        return lambda view: view


__all__ = ["public"]
