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

DUET = """X:4
T:Two of Them
M:2/4
L:1/8
V:1
V:2 clef=bass
K:C
[V:1]CEGE|FAGF|(3EFG cB|c4|]
[V:2]C,2E,2|F,4|G,2[G,,D,]2|C,4|]
"""

WORDS = """X:5
T:Ships
R:song
M:3/4
L:1/4
K:D
D|F G A-|A B d|c B A|d2|]
w:O-ver the_ sea the ships go by
"""

RECORDS = [
    {"abc": JIG, "source": "nottingham", "title": "The Tested Jig", "rhythm": "jig"},
    {"abc": REEL, "source": "tests", "title": "Endings, The", "rhythm": "reel"},
    {"abc": SONG, "source": "tests", "title": "A PLAIN SONG", "rhythm": None},
]

HYMN = """X:6
T:Four Together
R:hymn
M:4/4
L:1/4
V:1
V:2
V:3 clef=bass
V:4 clef=bass
K:G
[V:1]GABc|d2d2|cBAB|G4|GABc|d2d2|cBA2|G4|]
[V:2]DDGG|G2G2|GGFG|D4|DDGG|G2G2|EDF2|D4|]
[V:3]B,A,DC|B,2B,2|CDDD|B,4|B,A,DC|B,2B,2|CB,C2|B,4|]
[V:4]G,F,G,E,|G,2G,2|E,G,D,G,|G,4|G,F,G,E,|G,2G,2|C,D,D,2|G,4|]
"""
