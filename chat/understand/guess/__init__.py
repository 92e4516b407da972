"""What a clause probably asks for, where no pattern knows its words: a small classifier.

`data` reads the examples, `features` turns a clause into counted things, `train` makes `clauses.npz` from both
(`python -m chat.understand.guess.train`), `model` reads it back and guesses, `meaning` says what a guess is in terms
of changes and questions. A guess chooses what is meant; places and values stay with the tables.
"""
