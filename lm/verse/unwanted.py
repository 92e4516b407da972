"""Words that never come out of the verse writer: insults, cruelty, and English that nobody speaks now.

The old poems have old opinions. `insults` is checked when the model is built, so that the words are not
in it, and again on every line that is delivered. What a person gives to be sung is theirs.
"""

from __future__ import annotations

import re

from lm.data import REFUSED

_INSULTS = frozenset(
    """negro negroes negress mulatto injun injuns redskin redskins redman savage savages heathen
    heathens pagan pagans infidel infidels papist papists gypsy gypsies gipsy gipsies moor moors
    turk turks chink chinaman jew jews jewess hebrew coon coons squaw squaws darky darkies slave
    slaves slavish harlot harlots strumpet wanton wench wenches slut sluts hag hags crone witch
    bastard bastards cripple crippled idiot idiots imbecile lunatic lunatics fool fools foolish
    dunce dolt knave knaves villain villains wretch wretches coward cowards traitor traitors scum
    vermin swine ape apes dwarf midget freak spinster shrew cuckold whore whores bitch leper lepers
    barbarian barbarous peasant beggar beggars dumb deaf lame madman madmen mad insane ugly thief
    thieves liar liars cur curs damn damned damnation hell""".split()  # noqa: SIM905
)
_CRUEL = frozenset(
    """murder murdered murderer kill killed kills killing killer slay slays slain slew slaughter corpse
    corpses gore gory blood bloody bleeding bleed bled butcher gallows gibbet noose whip whipped
    lash lashed rape raped ravish ravished lust lusts lustful naked nude bosom bosoms breast breasts
    breast's thigh thighs womb suicide hang hanged hung carcass rot rotting rotten maggot maggots
    worm worms vomit spew dagger stab stabbed wound wounds poison poisoned torture tortured torment
    ye've scalp lynch drunk drunken drunkard gin rum whiskey whisky opium devil devils satan demon
    demons fiend fiends grave graves tomb tombs coffin shroud hearse dead death dying die died dies
    deadly murderous hate hated hatred war wars guns gun rifle bayonet cannon bomb""".split()  # noqa: SIM905
)
ARCHAIC = frozenset(
    """ave thee thou thy thine ye hath doth hast dost wert wilt shalt canst couldst wouldst shouldst didst
    mayst hadst art thyself yourselves o'er e'er ne'er e'en 'tis 'twas 'mid 'neath 'gainst 'twill
    'twere ere oft ofttimes whence thence hence thither hither whither yon yonder nigh lo alas o
    methinks quoth spake bade forsooth perchance mayhap betwixt unto thro tho thro' tho' naught
    nought aught nay aye ay anon betide twain yore erst whilst amidst amongst upon't wherefore
    therefore whereof thereof therein wherein whereon thereon hark behold ope sate sware begat wast
    wrought clad shew doughty hight wot wist ken bedight begone beshrew eke fain hie hied i' th' an'
    o' wi' em 'em oe'r d'ye ain't whate'er where'er whene'er howe'er whoe'er mid neath gainst st etc
    viz thus alack prithee verily morn morns eve eves ev'ry heav'n heav'nly pow'r flow'r flow'rs
    tow'r tow'rs e'ens sith nor maiden maidens damsel swain swains steed steeds bower bowers nymph
    nymphs muse vale vales amaranth zephyr zephyrs lyre lyres bard bards sire sires dame dames
    sweetly-sung hoary ween trod shod girt garb raiment brow brows guerdon wight tis twas twere
    twill sir sirs madam whilom fro trow lea eld billow billows azure ere's save""".split()  # noqa: SIM905
)
_BAD_ZH = "尸骨血杀屠奴妓娼婢贱蛮夷胡虏狄戎倭贼寇死鬼冢坟墓葬骷髅淫奸嫖妾骂屎尿屁粪腥"
"""Characters of insult, of slavery and of death; a line that has one is left out."""


def insults(text: str) -> bool:
    """Whether a text has a word, in English or Chinese, that is not for singing.

    >>> insults("a quiet morning"), insults("You fool!"), insults("胡虏")
    (False, True, True)
    """
    if REFUSED.search(text) or any(letter in _BAD_ZH for letter in text):
        return True
    words = re.findall(r"[a-z]+(?:'[a-z]+)?", text.lower().replace("’", "'"))
    return any(word in _INSULTS or word in _CRUEL for word in words)


def archaic(word: str) -> bool:
    """Whether an English word in lower case belongs to a language that is not spoken any more.

    >>> archaic("thee"), archaic("singeth"), archaic("teeth")
    (True, True, False)
    """
    if word in ARCHAIC or word.startswith("'"):
        return True
    ending = re.search(r"(?:[^aeiou]e|i)th$|'st$|'d$|'n$|dst$", word)
    return ending is not None and word not in _MODERN_ETH


_MODERN_ETH = frozenset(
    """with both smith faith twentieth fiftieth sixtieth i'd you'd he'd she'd we'd they'd who'd that'd""".split()  # noqa: SIM905
)
