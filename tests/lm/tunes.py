"""Tunes for the tests of the language model, made for them."""

JIG = """X:1
T:The Tested Jig
R:jig
M:6/8
L:1/8
K:G
|:D|"G"GAB "D7"AFD|"G"GBd g2d|"C"edc "G"BAG|"D7"AFD D2D|
GAB AFD|GBd g2d|"C"edc "D7"BAF|"G"G3 G2:|
|:d|"G"gfg "C"edc|"G"BAG "D7"AFD|"G"GBd gdB|"C"ecA "D7"FED|
"G"gfg "C"edc|"G"BAG "D7"AFD|"G"GBd "D7"cAF|"G"G3 G2:|
"""

REEL = """X:2
T:Endings, The
R:reel
M:C|
L:1/8
K:Ador
|:A2 (3Bcd ecAc|BGdG eGdG|A>B c>d e2 ag|1 edBd cA A2:|2 edBd cABc|]
"""

SONG = """X:3
T:A PLAIN SONG
M:3/4
L:1/4
K:F
C|F G A|B2 A|G F E|F2 C|
F G A|c2 B|A G/F/ E|F2|]
"""

RECORDS = [
    {"abc": JIG, "source": "nottingham", "title": "The Tested Jig", "rhythm": "jig"},
    {"abc": REEL, "source": "tests", "title": "Endings, The", "rhythm": "reel"},
    {"abc": SONG, "source": "tests", "title": "A PLAIN SONG", "rhythm": None},
]
