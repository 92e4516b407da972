"""A small catalogue of tunes written for these tests, on every kind of database, and a larger one made by chance."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from library.catalogue import Library
from library.taste.content import Content, content_of
from tests.library.servers import mariadb, postgresql

TUNES = """X:1
T:The Copper Kettle
R:jig
O:Ireland
M:6/8
L:1/8
K:G
|:D|GBd gdB|cAF GBd|ecA dBG|AFD G2:|
|:g|fdf gba|gdB e2d|cBA BGD|EFA G2:|

X:2
T:Morning on the Wharf
R:reel
M:4/4
L:1/8
K:Ddor
|:D2FA d2cA|GEcE GEcE|DEFG A2dc|AGEC D4:|
|:defd cdec|AdcA GEcE|DEFG AdcA|GECE D4:|

X:3
T:月光小路
C:无名氏
R:folk song
O:China
M:2/4
L:1/8
K:C
G2 AG|E2 D2|C2 DE|G4|A2 cA|G2 ED|D2 EG|C4|]
w:月 光 照 着 小 路 回 家 门 前 有 花 开

X:4
T:Déjà vu à Brest
C:Anna Petit
R:waltz
M:3/4
L:1/4
K:Am
"Am"A2 c|"E"B2 e|"Am"c2 A|E3|"Dm"d2 f|"Am"e2 c|"E"B A ^G|"Am"A3|]

X:5
T:The Long Climb
R:hornpipe
M:4/4
L:1/16
K:E
B,CDE FGAB ce^df egbe'|d'bge dBGE cAFD B,4|e'2b2 g2e2 =g^f=f2 e4|B,2b2 E2e'2 G2g2 e4|]

X:6
T:The Kettle at Home
M:6/8
L:1/8
K:D
|:A,|DF{G}A d2F|GEC DFA|B2E AFD|EC/B,/A, D2:|
|:d|cAc dfe|dAF B2A|GFE FDA,|B,CE D2:|

X:7
T:Evening Hymn
R:hymn
M:4/4
L:1/4
K:F
F G A F|B A G2|A B c A|G G F2|]
w:The day is done, the light is low, and all the hills are gold
"""


@pytest.fixture(scope="session")
def tunebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tunes") / "own tunes.abc"
    path.write_text(TUNES, encoding="utf-8")
    return path


@pytest.fixture(scope="session", params=["sqlite", "postgresql", "mariadb"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('store') / 'tunes.sqlite3'}"
    else:
        with {"postgresql": postgresql, "mariadb": mariadb}[request.param]() as address:
            yield address


@pytest.fixture(scope="session")
def library(url: str, tunebook: Path) -> Iterator[Library]:
    opened = Library(url)
    done = opened.add([tunebook], source="Own tunes", licence="CC0")
    assert (done.new, done.failures) == (7, ())
    yield opened
    opened.close()


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Library]:
    opened = Library(f"sqlite:///{tmp_path / 'fresh.sqlite3'}")
    yield opened
    opened.close()


MODES = ("", "dor", "mix", "m")
KINDS = (("jig", "6/8", 6), ("reel", "4/4", 8), ("waltz", "3/4", 6), ("polka", "2/4", 4))


def made_up(number: int) -> str:
    """A tune of eight bars by chance, its kind and mode by its number; each tenth is the one before in another key."""
    kind, meter, notes = KINDS[number % 4]
    copy = number % 10 == 9
    rng = random.Random(number - copy * 4)
    steps = [rng.randrange(8) for _ in range(8 * notes)]
    letters = ["CDEFGABc"[step] for step in steps]
    bars = "|".join("".join(letters[at : at + notes]) for at in range(0, len(letters), notes))
    return (f"X:{number + 1}\nT:Tune {number}\nR:{kind}\nM:{meter}\nL:1/8\n"
            f"K:C{MODES[number // 4 % 4]}{' transpose=2' if copy else ''}\n{bars}|]\n")  # fmt: skip


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A catalogue of sixty tunes, some of them versions of others."""
    folder = tmp_path_factory.mktemp("town")
    (folder / "tunes.abc").write_text("\n".join(made_up(n) for n in range(60)), encoding="utf-8")
    opened = Library(f"sqlite:///{folder / 'town.sqlite3'}")
    assert opened.add([folder / "tunes.abc"], source="Town").new >= 50
    yield opened
    opened.close()


@pytest.fixture
def content(town: Library) -> Content:
    return content_of(town._store, town._shelf.index())
