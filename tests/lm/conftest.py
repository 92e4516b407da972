"""What the tests of the language model share: a folder of tunes and a toy model, made once."""

import pytest

from tests.lm.toy import write_base, write_tunes


@pytest.fixture(scope="session")
def tunes(tmp_path_factory):
    """A folder of tunes of one's own."""
    return write_tunes(tmp_path_factory.mktemp("tunes"))


@pytest.fixture(scope="session")
def base(tunes, tmp_path_factory):
    """A toy model that knows nothing yet, and its tokenizer, in a folder."""
    return write_base(tmp_path_factory.mktemp("base"), tunes)
