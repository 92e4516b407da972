"""What is said about music: questions read, facts computed, theory from tables, in English and Chinese.

`read_question` tells whether a message asks about the tune or about theory; `answer` answers it;
`describe` is the short paragraph about a new tune; `comments` writes the sections' `%` lines. Nothing
here is worded by a model: a statement about the tune is a `Fact`, said by a table of sentences.
Knows nothing of sessions, requests to change or to compose.
"""

from chat.explain.answer import Answer, answer
from chat.explain.comments import comments, refreshed
from chat.explain.describe import describe, heading
from chat.explain.question import (
    TOPICS,
    Question,
    asked_about,
    fixed_question,
    read_question,
    term_question,
)

__all__ = [
    "TOPICS", "Answer", "Question", "answer", "asked_about", "comments", "describe", "fixed_question", "heading",
    "read_question", "refreshed", "term_question",
]  # fmt: skip
