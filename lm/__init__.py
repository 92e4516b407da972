"""The language model of Tunewright: it knows messages and ABC text, nothing of the chat or the
page.
"""
