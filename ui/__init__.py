"""The page: a chat on one side, a score that can be pointed into on the other."""
