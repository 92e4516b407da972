"""What listeners like, and tunes for it: profiles that are off until asked for, kept apart and easily erased.

    from library import open_library
    from library.taste import Action, Event, Listener
    taste = open_library().taste()
    anna = taste.join()                                  # a random id, from now on something is kept
    taste.record(anna, 17, Action.LIKE)
    taste.recommend(anna, 5)[0].reason("zh")
    taste.recommend([Event(17, Action.LIKE)])            # the same without a profile: nothing is kept
    taste.export(anna), taste.erase(anna)

Importing this loads nothing but plain records. `docs/privacy.md` says what is kept.
"""

from library.taste.records import WEIGHTS, Action, Counts, Erased, Event, Listener, preferences

__all__ = ["WEIGHTS", "Action", "Counts", "Erased", "Event", "Listener", "preferences"]
