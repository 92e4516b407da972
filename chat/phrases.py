"""Every sentence the chat says, in English and Chinese, and the names of musical things in both.

`say(language, sentence, **values)` fills a sentence. Values are data: they are escaped for Markdown where
they come from a person or a model. A test holds that both languages have the same sentences.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from fractions import Fraction

from abc_tools.styles import STYLES
from abc_tools.theory import Key, Pitch, parse_key
from chat.understand.tables import INSTRUMENTS

SENTENCES: dict[str, dict[str, str]] = {
    "en": {
        "empty": "Tell me what you would like to hear, for example “a lively jig in G major, 16 bars, with chords”.",
        "too-long": "That message is too long for me ({count} characters; {limit} is the most).",
        "no-such-key": "There is no key “{said}”. Which key do you mean, for example {example}?",
        "no-such-meter": "“{said}” is not a meter. Which one do you mean, for example 3/4, 4/4 or 6/8?",
        "meter-unsupported": "I cannot write in {said} yet. 2/4, 3/4, 4/4, 6/8, 9/8 or 5/4 would work.",
        "no-such-length": "I can write 1 to {limit} bars, not {said}. How many would you like?",
        "no-such-tempo": "{said} beats a minute cannot be played; 20 to 300 can. How fast should it be?",
        "contradiction": "A {rhythm} is written in {usual}, not in {meter}. Shall I write a {rhythm} in {usual}, or a tune in {meter}?",
        "no-tune": "There is no tune yet. Describe one, for example “a slow waltz in D minor, 16 bars”, or paste ABC.",
        "no-such-bars": "The tune has only bars {low} to {said}. Which bars do you mean?",
        "no-such-section": "I find no “{said}” in this tune. It has {sections}. Which bars do you mean?",
        "not-understood": "I did not understand that. {help}",
        "which-of": "I am not sure what you mean. Is it one of these? Say its number, or say it in other words:",
        "no-translation": "I cannot translate words. I can write new ones in English or Chinese about the same thing: “write Chinese words about …”.",
        "advice": "This could be done with the tune; say a number, or something else:",
        "cancelled": "All right, nothing is changed.",
        "noted": "Nothing is changed. Tell me what to change, or ask me something about the tune.",
        "no-history": "I know the notes, not the history of tunes, composers or instruments. Ask me about keys, chords, form, or a term.",
        "which-key": "Which key shall it be in, for example {example}?",
        "which-mode": "Which mode do you mean, for example dorian or mixolydian?",
        "which-instrument": "For which instrument?",
        "which-tempo": "How fast? Say beats a minute, for example 96, or “faster”.",
        "which-meter": "Which metre, for example 3/4 or 6/8?",
        "which-dance": "Which dance, for example a waltz or a jig?",
        "which-chord": "Which chord shall stand in which bar? For example “put Am in bar 5”.",
        "after-which": "After which bar? For example “insert two empty bars after bar 8”.",
        "which-two": "Which two parts shall change places? For example “swap bars 1–4 and bars 5–8”.",
        "which-title": "What shall it be called?",
        "slowed": "The tempo of {where} slows down bar by bar, with “rit.” above.",
        "sped": "The tempo of {where} grows bar by bar, with “accel.” above.",
        "swelled": "{where} now: soft, growing to bar {peak}, then dying away.",
        "no-such-chord": "There is no chord {chord} in this tune",
        "words-there": "Under {where} one now sings: “{words}”.",
        "amen": "An Amen now follows in bars {first} and {last}: the subdominant, then the tonic.",
        "needs-key": "That needs a tune with a key.",
        "restored": "I put {where} back as it was before the last change.",
        "restored-from": "I put {where} back as it was in version {number}.",
        "without-step": "{what}: back as before; what was changed since then stays.",
        "came-later": "“{what}” cannot come back alone, because later changes lie in the same place; “version {number}” goes back to where it was.",
        "no-restore": "These bars stand in another key or length now; “undo” takes back the whole change.",
        "picardy": "The last chord (bar {bar}) is major now: a Picardy third.",
        "picardy-major": "A Picardy third turns the last chord of a tune in minor to major; this tune is not in minor.",
        "note-split": "The longest note of bar {bar} is now {count} notes of the same pitch.",
        "note-length": "I changed the length of {count} note(s) ({where}).",
        "word-held": "“{word}” (bar {bar}) is now held for {count} bar(s) more.",
        "word-longer": "The note of “{word}” (bar {bar}) is now twice as long.",
        "note-split-as": "The longest note of bar {bar} is now cut up: {notes}.",
        "no-such-split": "The longest note of bar {bar} is not as long as these together.",
        "drone": "I added a drone of tonic and fifth under {where}.",
        "drone-note": "I added a drone on {note} under {where}.",
        "led-up": "I led {where} upwards, bar by bar; rhythm and chords are as they were.",
        "led-down": "I led {where} downwards, bar by bar; rhythm and chords are as they were.",
        "led-arch": "I led {where} up and down again; rhythm and chords are as they were.",
        "led-higher": "I moved {where} higher within the key; rhythm and chords are as they were.",
        "led-lower": "I moved {where} lower within the key; rhythm and chords are as they were.",
        "not-up": "It does not climb more than before.",
        "not-down": "It does not fall more than before.",
        "not-arch": "It does not rise and fall more than before.",
        "not-higher": "It does not lie higher than before.",
        "not-lower": "It does not lie lower than before.",
        "mood-unheard": "Whether it is “{said}” I cannot tell from the notes; listen, or ask for another one.",
        "played-once-there": "{where} are played once now; the repeat signs there are gone.",
        "voice-played-on": "The voice “{voice}” is now written for the {instrument}, with its name and clef.",
        "brought-low": "Notes below {note} were brought into its range.",
        "brought-high": "Notes above {note} were brought into its range.",
        "swing-marked": "There are no pairs of eighth notes to write unevenly, so I wrote “Swing” above the notes.",
        "swung-already": "“Swing” stands there already",
        "pentatonic-already": "All notes belong to the pentatonic scale already",
        "copied-first": "I copied {where} to after bar {after}.",
        "chords-laid": "The chords of {where} are now: {chords}.",
        "no-slash": "There is no chord with another bass note",
        "slashes-gone": "{count} chord(s) in {where} lost the bass note behind the slash.",
        "cadence-here": "The tune now closes with {fifth} (bar {before}) and {tonic} (bar {last}); its last note is the tonic.",
        "cadence-already": "It closes with the dominant and the tonic already",
        "too-short-cadence": "The tune is too short for two chords at its end",
        "higher": "higher",
        "lower": "lower",
        "doubling-voice": "I added a voice ({name}) that doubles {other}, {count} octave(s) {direction}.",
        "doubling-unison": "I added a voice ({name}) that plays the same as {other}.",
        "no-such-voice": "The tune has no voice “{said}”. Its voices are: {there}",
        "suits-already": "The tune lies within what is comfortable for that voice already: {low} to {high}",
        "no-such-voice-one": "The tune has no voice “{said}”: it is written in one voice. “Add a second voice” or “add a left hand” would write one",
        "no-voice-line": "That voice has no line of its own in the heading.",
        "within-now": "Every note is within the range you named now.",
        "in-reach-up": "It lies an octave higher than the nearest way there, so that the instrument reaches it.",
        "in-reach-down": "It lies an octave lower than the nearest way there, so that the instrument reaches it.",
        "upbeat-gone": "The notes that led on to them are gone, too: the last note is held.",
        "last-held": "The last note is now held for {count} bar(s) more.",
        "melody-up": "I moved the melody of {where} up within the key (interval number {count}); the chords are as they were.",
        "melody-down": "I moved the melody of {where} down within the key (interval number {count}); the chords are as they were.",
        "voice-doubles": "“{one}” now plays with “{other}” in {where}, {count} octave(s) apart.",
        "no-even-split": "That note cannot be cut into so many equal parts.",
        "words-in-the-way": "The words under these notes would slip; take them out first, or change bars without words.",
        "notes-swapped": "I exchanged {one} and {other} in {where}.",
        "no-such-notes": "There is no bar there with both {one} and {other}.",
        "voice-rests": "“{voice}” now rests in {where}.",
        "which-voice": "Which voice? For example “let the second voice rest in bars 1–2”.",
        "voices-swapped": "The two voices have exchanged their music, each in the other's register.",
        "voices-swapped-there": "In {where} the two voices have changed places.",
        "two-voices-only": "Only a tune of two voices of the same length can exchange them.",
        "canon": "The melody is a canon now: {voices} voices, each {entry} bar(s) after the one before, played once without repeats. On {share} % of the beats two voices stand in a second, seventh or tritone.",
        "no-canon": "I can only make a canon of a melody in one voice, without words, pickup, endings or changes of key.",
        "chord-swapped": "I changed {old} to {new} in {where}: {count} time(s).",
        "joins-thirds": "The {player} has a part of its own now, mostly in thirds with the tune.",
        "joins-chords": "The {player} has a part of its own now: roots and fifths of the chords.",
        "joins-between": "The {player} has a part of its own now, between the two that were there.",
        "voices-enough": "there are as many voices as I can keep apart",
        "nothing-open": "Nothing is waiting for a yes. Say what to change, for example “a tone lower” or “a better ending”.",
        "second-third": "I added a second voice to {where}, mostly in thirds.",
        "second-sixth": "I added a second voice to {where}, mostly in sixths.",
        "second-octave": "I added a second voice to {where}, an octave away.",
        "which-note": "Which note shall become which? For example “change the second note of bar 3 to F sharp”.",
        "which-swap": "Which chord shall go? For example “replace Bm with D everywhere”.",
        "which-over": "Which bars shall be copied over which? For example “copy bars 1–2 over bars 13–14”.",
        "which-level": "How loud: pp, p, mp, mf, f or ff?",
        "left-aside": "I was not sure what to do about “{said}” and left it aside.",
        "wish-failed": "“{said}” could not be done: {why}",
        "wish-aside": "I did not know what to do about “{said}”, so the tune takes no notice of it.",
        "which-word": "Which word shall become which? For example “change the word river to water”.",
        "which-composer": "Whose name shall stand there?",
        "help": "You can ask for a tune (“a reel in A dorian, 16 bars, with chords”), for a change (“transpose it up a tone”, “make bars 9–16 minor”, “slower”, “rewrite the last four bars”, “undo”) or about the tune (“analyse it”, “why does bar 6 sound sad?”).",
        "glad": "I am glad. What shall we change, or shall I write another one?",
        "not-yet": "I cannot do that yet ({what}). {help}",
        "abc-noise": "I found no ABC tune in that text. A tune has lines like X:1, K:G and bars of notes. Nothing was changed.",
        "abc-too-long": "That text has {count} characters; {limit} is the most I read. Nothing was changed.",
        "opened": "I opened **{title}**: {facts}",
        "opened-repaired": " I mended {count} place(s) on the way: {what}.",
        "opened-errors": " It still has {count} problem(s): {what}",
        "composed": "**{title}** — {facts}",
        "failed-compose": "I could not write a tune that keeps to this. {why}Nothing was changed.",
        "failed-edit": "I could not do that: {why}. Nothing was changed.",
        "undone": "Back to version {number} ({note}).",
        "nothing-to-undo": "This is the first version; there is nothing to undo.",
        "redone": "Forward to version {number} ({note}).",
        "nothing-to-redo": "There is nothing to redo.",
        "went": "This is version {number} ({note}).",
        "no-version": "There is no version {number}; there are {count}.",
        "nothing-changes-read": "I read that as “{read}”. That is how it is already; nothing was changed.",
        "nothing-changes": "That is how it is already; nothing was changed.",
        "transposed": "I moved {where} {direction} by {interval}{key}.",
        "new-key": ": the key is now {key}",
        "moded": "{where} now stand in {key}.",
        "moded-one": "{where} now stands in {key}.",
        "keyed": "I moved {where} to {key}.",
        "tempoed": "The tempo {of} is now {tempo} (it was {before}).",
        "octaved": "I moved {where} {direction} by {count} octave(s).",
        "titled": "The title is now **{title}**.",
        "unchorded": "I removed the chord symbols{of}.",
        "rewritten": "I wrote {where} anew: {notes} notes where there were {before}.",
        "changed-bars": "Changed: {bars}. Everything else is as it was.",
        "changed-nothing-heard": "No bar was changed, only the heading.",
        "requirements": "What you asked for:",
        "analysis": "**{title}** — {facts}",
        "whole": "the whole tune",
        "of-whole": "of the tune",
        "up": "up",
        "down": "down",
        "key-answer": "The tune is written in {key}.{judged}",
        "judged-same": " music21's key analysis of the notes agrees (correlation {r}).",
        "judged-other": " music21's key analysis of the notes finds {key} (correlation {r}).",
        "bars-answer": "The tune has {bars} bars{pickup}.",
        "with-pickup": " and a pickup of {pickup} of a whole note",
        "mode-answer": "{name} is the scale {steps} (in semitones from one note to the next). On D it is {notes}. {here}",
        "mode-here": "This tune is in {key}, {relation}.",
        "same-mode": "so it is an example",
        "other-mode": "so it is not an example",
        "bridge-note": "“{name}” is {bars} here.",
        "only-music": "I only make, change and explain music. {help}",
        "new-or-change": "Shall I write a new tune about that, or change this one? Say “new”, or say what to change.",
        "form-too-long": "The form {said} needs more than {bars} bars. How many bars shall it have?",
        "two-keys": "You named two keys, {said} and {other}. Which one shall it be?",
        "insulted": "I am sorry that it is not what you wanted. Tell me what to change (a bar, the key, the speed), or say “undo”.",
        "all-locked": "Everything is locked. Say “unlock” first.",
        "locked": "That would change what is locked ({where}). Say “unlock” first.",
        "came-home": "Bar {bar} closes on the tonic now.",
        "new-part": "I wrote a new part, {label}: {where}.",
        "parts-ordered": "The parts now come in this order: {parts}.",
        "each-once": "Each is played once as it stands there; the repeat signs are gone.",
        "no-such-parts": "The parts of this tune cannot be told apart well enough for the order {parts}.",
        "one-ending": "There is one ending now: the last one, played each time.",
        "theme-too-long": "A theme for variations has at most {most} bars; name the bars that are to be varied.",
        "variation-figures": "Variation {number} ({where}): the theme with figures between its notes.",
        "variation-dotted": "Variation {number} ({where}): dotted.",
        "variation-mode": "Variation {number} ({where}): in the other mode.",
        "variation-high": "Variation {number} ({where}): an octave higher.",
        "variation-eighths": "Variation {number} ({where}): in eighths.",
        "words-in-the-way-of-names": "The tune has words under its notes; the names of the notes would take their place. Remove the words first.",
        "names-written": "The names of the notes stand under them.",
        "styles-like": "By its notes and rhythm, among the styles of the catalogue ({count} tunes), this tune is most likely:",
        "styles-caution": "These are estimates from tunes that are known here; a style that the catalogue has not cannot be among them.",
        "the-voice": "the {name} part",
        "lock-set": "Locked: {where}. Say “unlock” to free it.",
        "lock-gone": "Nothing is locked any more.",
        "no-lock": "Nothing is locked.",
        "danced": "It is now a {style}, at {tempo}.",
        "played-on": "The tune is now played by the {instrument}.",
        "no-left-hand": "The tune has no left hand to make simpler. I can add one: “add a left hand”.",
        "left-hand-simplified": "The left hand now has one note for each chord.",
        "chords-first": "I chose chords for it, without writing them above the melody.",
        "swap-overlap": "Those bars overlap, so they cannot change places.",
        "swapped": "I swapped {one} and {other}.",
        "which-bars": "Which bars do you mean, for example “bars 5 to 8” or “the second half”?",
        "added-bars": "I wrote {count} new bar(s): {where}.",
        "deleted": "I took out {where}.",
        "simple-already": "It is as simple as I can make it without other notes.",
        "cannot-view": "I cannot write new notes into this tune: it has signs that my model does not know (free meter, layers or changes of meter).",
        "no-draft": "no new version fitted those bars",
        "composer-set": "The composer is now {name}.",
        "versions": "There are {count} versions:",
        "missing-version": "I find no version “{said}”.",
        "chosen": "This is number {number}: **{title}**.",
        "choices": "Here are {count} to choose from. Say “the second one”, or listen to them as versions:",
        "bar-choices": "Here are {count} ways to write {where}; the first one stands in the score now. Say “the second one”, or listen to them as versions:",
        "too-many": "I write up to {limit} at once.",
        "ideas": "Some ideas. Which one shall I write? Say “the first one” (or any other), or change one to your taste:",
        "plan": "What I made of it: {what}.",
        "at-once": "I did {done} of {count} changes; this one failed: {why}",
        "words-failed": "I could not put words under it: {why}",
        "sung": "I wrote words under the notes{about}:",
        "about": " about {theme}",
        "files": "Save, above the score, does that: it prints, and gives PDF, MusicXML, MIDI, ABC and sound. In a terminal: `python -m abc_tools convert tune.abc tune.pdf`.",
        "library-empty": "The library of tunes is empty and could not be read.",
        "library-failed": "The library of tunes cannot answer: {why}",
        "nothing-found": "I found no tune in the library for that. Ask with other words, or for less.",
        "recommended": "From the library (say “the second one” to open it):",
        "recommended-kept": "For your taste, as far as your profile and this conversation tell. Say “the second one” to open it, or which ones you like or do not like:",
        "recommended-taste": "For your taste, as far as this conversation tells (nothing of it is stored). Say “the second one” to open it, or which ones you like or do not like:",
        "still-reading": "The library is still being read: {count} tunes so far. Ask again in a minute for more.",
        "nothing-close": "None of the {count} tunes of the library has anything in common with it.",
        "two-meters": "You named two meters ({said}). Which one shall it be?",
        "played-once": "Every part is now played once.",
        "clef-set": "The clef is now {clef}.",
        "hairpin-louder": "I wrote a crescendo over {where}.",
        "hairpin-softer": "I wrote a diminuendo over {where}.",
        "other-syllables": "those words have different numbers of syllables",
        "word-replaced": "“{old}” is now “{new}”.",
        "kept-bars": "Only {where} are left, counted anew.",
        "check-right": "I find nothing wrong: every bar adds up to its meter.",
        "check-wrong": "I find {count} thing(s): {what}",
        "check-mended": "I mended {count} thing(s) when I opened it: {what}",
    },
    "zh": {
        "empty": "请告诉我您想听什么，例如“一首欢快的G大调吉格舞曲，16小节，带和弦”。",
        "too-long": "这条消息太长了（{count}个字符，最多{limit}个）。",
        "no-such-key": "没有“{said}”这个调。您指的是哪个调，例如{example}？",
        "no-such-meter": "“{said}”不是拍号。您指的是哪一种，例如3/4、4/4或6/8？",
        "meter-unsupported": "我还不会写{said}拍。可以用2/4、3/4、4/4、6/8、9/8或5/4。",
        "no-such-length": "我可以写1到{limit}小节，不能写{said}小节。您想要多少小节？",
        "no-such-tempo": "每分钟{said}拍无法演奏；20到300拍可以。要多快？",
        "contradiction": "{rhythm}通常是{usual}拍，不是{meter}拍。是写{usual}拍的{rhythm}，还是写一首{meter}拍的曲子？",
        "no-tune": "现在还没有曲子。请描述一首，例如“D小调慢圆舞曲，16小节”，或者粘贴ABC乐谱。",
        "no-such-bars": "这首曲子只有第{low}到第{said}小节。您指的是哪几小节？",
        "no-such-section": "这首曲子里没有找到“{said}”。它有{sections}。您指的是哪几小节？",
        "not-understood": "我没有听懂。{help}",
        "which-of": "我不太确定您的意思。是下面的哪一个？请说序号，或者换个说法：",
        "no-translation": "我不会翻译歌词，但可以用中文或英文就同一主题写新词，例如“写关于……的中文歌词”。",
        "advice": "这首曲子可以这样改；请说序号，或者说别的：",
        "cancelled": "好的，没有任何改动。",
        "noted": "没有任何改动。请告诉我要改什么，或者问我关于曲子的问题。",
        "no-history": "我只懂音符，不了解曲子、作曲家或乐器的历史。可以问我调、和弦、曲式或术语。",
        "which-key": "要用哪个调？例如{example}。",
        "which-mode": "您指的是哪种调式？例如多利亚或混合利底亚。",
        "which-instrument": "给哪种乐器？",
        "which-tempo": "要多快？请说每分钟多少拍，例如96，或者说“快一点”。",
        "which-meter": "用什么拍号？例如3/4或6/8。",
        "which-dance": "哪种舞曲？例如圆舞曲或吉格舞曲。",
        "which-chord": "哪一小节用什么和弦？例如“第5小节的和弦改成Am”。",
        "after-which": "在第几小节之后？例如“在第8小节后面插入两个空小节”。",
        "which-two": "哪两段交换？例如“第1到4小节和第5到8小节对调”。",
        "which-title": "叫什么标题？",
        "slowed": "{where}的速度逐小节放慢，上面写了“rit.”。",
        "sped": "{where}的速度逐小节加快，上面写了“accel.”。",
        "swelled": "{where}现在：从弱开始，到第{peak}小节渐强，然后渐弱。",
        "no-such-chord": "这首曲子里没有{chord}和弦",
        "words-there": "{where}的歌词现在是：“{words}”。",
        "amen": "第{first}、{last}小节现在是“阿门”终止：下属和弦到主和弦。",
        "needs-key": "这需要一首有调性的曲子。",
        "restored": "{where}已恢复成上一次修改之前的样子。",
        "restored-from": "{where}已恢复成版本{number}里的样子。",
        "without-step": "“{what}”已恢复成之前的样子；之后的其他修改都保留。",
        "came-later": "“{what}”没法单独恢复，因为后来的修改也动了同样的地方；说“回到版本{number}”可以回到那时的样子。",
        "no-restore": "这些小节现在的调或长度不同；可以“撤销”整个修改。",
        "picardy": "最后一个和弦（第{bar}小节）现在是大三和弦：皮卡迪三度。",
        "picardy-major": "皮卡迪三度是把小调乐曲的最后一个和弦变成大三和弦；这首曲子不是小调。",
        "note-split": "第{bar}小节最长的音现在分成了{count}个同音高的音。",
        "note-length": "我改了{count}个音的时值（{where}）。",
        "word-held": "“{word}”（第{bar}小节）现在多延长{count}小节。",
        "word-longer": "“{word}”的音（第{bar}小节）现在长了一倍。",
        "note-split-as": "第{bar}小节最长的音现在拆开了：{notes}。",
        "no-such-split": "第{bar}小节最长的音和这几个音加起来不一样长。",
        "drone": "我在{where}下面加了主音和五音的持续低音。",
        "drone-note": "我在{where}下面加了持续低音{note}。",
        "led-up": "我让{where}的旋律一小节一小节往上走；节奏和和弦没有变。",
        "led-down": "我让{where}的旋律一小节一小节往下走；节奏和和弦没有变。",
        "led-arch": "我让{where}的旋律先上后下，有了起伏；节奏和和弦没有变。",
        "led-higher": "我把{where}的旋律在调内移高了；节奏和和弦没有变。",
        "led-lower": "我把{where}的旋律在调内移低了；节奏和和弦没有变。",
        "not-up": "不过它并没有比原来更往上走。",
        "not-down": "不过它并没有比原来更往下走。",
        "not-arch": "不过它的起伏并没有比原来大。",
        "not-higher": "不过它并没有比原来高。",
        "not-lower": "不过它并没有比原来低。",
        "mood-unheard": "它算不算“{said}”，从音符里我判断不了；请听一听，或者让我再写一个。",
        "played-once-there": "{where}现在只奏一遍，那里的反复记号去掉了。",
        "voice-played-on": "声部“{voice}”现在是为{instrument}写的，名称和谱号也改了。",
        "brought-low": "低于{note}的音移进了它的音域。",
        "brought-high": "高于{note}的音移进了它的音域。",
        "swing-marked": "没有可以写成长短不一的八分音符对，所以我在音符上方标了“Swing”。",
        "swung-already": "那里已经标了“Swing”",
        "pentatonic-already": "所有的音本来就在五声音阶里",
        "copied-first": "我把{where}复制到了第{after}小节之后。",
        "chords-laid": "{where}的和弦现在是：{chords}。",
        "no-slash": "没有带别的低音的和弦",
        "slashes-gone": "{where}有{count}个和弦去掉了斜线后的低音。",
        "cadence-here": "曲子现在以{fifth}（第{before}小节）到{tonic}（第{last}小节）结束，最后一个音是主音。",
        "cadence-already": "它本来就是属到主结束的",
        "too-short-cadence": "曲子太短，结尾放不下两个和弦",
        "higher": "高",
        "lower": "低",
        "doubling-voice": "我加了一个声部（{name}），与{other}同步，{direction}{count}个八度。",
        "doubling-unison": "我加了一个声部（{name}），与{other}完全相同。",
        "no-such-voice": "这首曲子没有“{said}”这个声部。它的声部有：{there}",
        "suits-already": "这首曲子已经在这种嗓音舒适的范围之内：{low}到{high}",
        "no-such-voice-one": "这首曲子没有“{said}”这个声部：它只有一个声部。可以说“加一个第二声部”或“加左手伴奏”",
        "no-voice-line": "这个声部在标题栏里没有自己的一行。",
        "within-now": "现在所有的音都在您说的音域里。",
        "in-reach-up": "为了不超出乐器的音域，比最近的移法高了一个八度。",
        "in-reach-down": "为了不超出乐器的音域，比最近的移法低了一个八度。",
        "upbeat-gone": "引向后面的那几个音也去掉了，最后一个音拉长。",
        "last-held": "最后一个音现在多延长{count}小节。",
        "melody-up": "我把{where}的旋律在调内上移了（{count}度）；和弦没有变。",
        "melody-down": "我把{where}的旋律在调内下移了（{count}度）；和弦没有变。",
        "voice-doubles": "“{one}”在{where}现在和“{other}”奏同样的音，相隔{count}个八度。",
        "no-even-split": "这个音不能平均分成这么多份。",
        "words-in-the-way": "这些音下面的歌词会错位；请先去掉歌词，或者改没有歌词的小节。",
        "notes-swapped": "我在{where}把{one}和{other}对调了。",
        "no-such-notes": "那里没有同时有{one}和{other}的小节。",
        "voice-rests": "“{voice}”在{where}现在休止。",
        "which-voice": "哪个声部？例如“让第二声部在第1到2小节休止”。",
        "voices-swapped": "两个声部交换了各自的音乐，并移到了对方的音区。",
        "voices-swapped-there": "{where}的两个声部对换了。",
        "two-voices-only": "只有两个长度相同的声部才能互换。",
        "canon": "旋律现在是卡农：{voices}个声部，每个比前一个晚{entry}小节进入，不反复。{share}%的拍点上有两个声部成二度、七度或三全音。",
        "no-canon": "只有单声部、没有歌词、没有弱起、没有跳房子和转调的旋律才能做成卡农。",
        "chord-swapped": "我在{where}把{old}换成了{new}：共{count}处。",
        "joins-thirds": "{player}现在有自己的声部，以三度为主跟着旋律。",
        "joins-chords": "{player}现在有自己的声部：和弦的根音和五音。",
        "joins-between": "{player}现在有自己的声部，在原来的两个声部之间。",
        "voices-enough": "声部已经够多，再多就分不清了",
        "nothing-open": "现在没有什么在等您确认。请说要改什么，例如“低一个全音”或“换个更好的结尾”。",
        "second-third": "我给{where}加了第二声部，以三度为主。",
        "second-sixth": "我给{where}加了第二声部，以六度为主。",
        "second-octave": "我给{where}加了相隔八度的第二声部。",
        "which-note": "哪个音改成哪个音？例如“第3小节第二个音改成升F”。",
        "which-swap": "要换掉哪个和弦？例如“所有的Bm都换成D”。",
        "which-over": "用哪几小节替换哪几小节？例如“用第1到2小节替换第13到14小节”。",
        "which-level": "多响？pp、p、mp、mf、f还是ff？",
        "left-aside": "“{said}”这部分我不太确定，没有改。",
        "wish-failed": "“{said}”没能做到：{why}",
        "wish-aside": "“{said}”我不知道怎么实现，这首曲子没有照做。",
        "which-word": "哪个词改成哪个词？例如“把歌词里的春风改成秋雨”。",
        "which-composer": "写谁的名字？",
        "help": "您可以让我作曲（“A多利亚调式的里尔舞曲，16小节，带和弦”），修改（“升高一个全音”、“把第9到16小节改成小调”、“慢一点”、“重写最后四小节”、“撤销”），或者提问（“分析一下”、“第6小节为什么听起来悲伤？”）。",
        "glad": "很高兴您喜欢。要改些什么，还是再写一首？",
        "not-yet": "我还不会做这件事（{what}）。{help}",
        "abc-noise": "我在这段文字里没有找到ABC曲子。曲子里有X:1、K:G这样的行和一小节一小节的音符。没有任何改动。",
        "abc-too-long": "这段文字有{count}个字符，我最多读{limit}个。没有任何改动。",
        "opened": "我打开了 **{title}**：{facts}",
        "opened-repaired": "我顺便修正了{count}处：{what}。",
        "opened-errors": "它还有{count}个问题：{what}",
        "composed": "**{title}** — {facts}",
        "failed-compose": "我没能写出符合要求的曲子。{why}没有任何改动。",
        "failed-edit": "没有办法这样改（{why}）。没有任何改动。",
        "undone": "回到版本{number}（{note}）。",
        "nothing-to-undo": "这是第一个版本，没有可以撤销的。",
        "redone": "前进到版本{number}（{note}）。",
        "nothing-to-redo": "没有可以重做的。",
        "went": "这是版本{number}（{note}）。",
        "no-version": "没有版本{number}；一共有{count}个版本。",
        "nothing-changes-read": "我理解为“{read}”。本来就是这样，没有任何改动。",
        "nothing-changes": "本来就是这样，没有任何改动。",
        "transposed": "我把{where}{direction}移了{interval}{key}。",
        "new-key": "：现在是{key}",
        "moded": "{where}现在是{key}。",
        "moded-one": "{where}现在是{key}。",
        "keyed": "我把{where}移到了{key}。",
        "tempoed": "{of}速度现在是{tempo}（原来是{before}）。",
        "octaved": "我把{where}{direction}移了{count}个八度。",
        "titled": "标题现在是 **{title}**。",
        "unchorded": "我去掉了{of}和弦标记。",
        "rewritten": "我重写了{where}：现在有{notes}个音，原来有{before}个。",
        "changed-bars": "改动：{bars}。其余一切不变。",
        "changed-nothing-heard": "没有改动任何小节，只改了标题栏。",
        "requirements": "您的要求：",
        "analysis": "**{title}** — {facts}",
        "whole": "整首曲子",
        "of-whole": "整首曲子的",
        "up": "向上",
        "down": "向下",
        "key-answer": "这首曲子写的是{key}。{judged}",
        "judged-same": "music21对音符的调性分析结果相同（相关系数{r}）。",
        "judged-other": "music21对音符的调性分析结果是{key}（相关系数{r}）。",
        "bars-answer": "这首曲子有{bars}小节{pickup}。",
        "with-pickup": "，另有长{pickup}（全音符的几分之几）的弱起",
        "mode-answer": "{name}的音阶是{steps}（相邻两音的半音数）。从D开始是{notes}。{here}",
        "mode-here": "这首曲子是{key}，{relation}。",
        "same-mode": "正是一个例子",
        "other-mode": "所以不是例子",
        "bridge-note": "这里的“{name}”是{bars}。",
        "only-music": "我只会作曲、改曲和讲解音乐。{help}",
        "new-or-change": "您是想让我以此写一首新曲，还是修改这一首？请说“新的”，或者说明要改什么。",
        "form-too-long": "{said}这种曲式{bars}小节不够用。要写多少小节？",
        "two-keys": "您说了两个调：{said}和{other}。用哪一个？",
        "insulted": "抱歉，没有达到您的要求。请告诉我要改什么（某一小节、调、速度），或者说“撤销”。",
        "all-locked": "全部都锁定了。请先说“解锁”。",
        "locked": "{where}已经锁定，这样会改动它。请先说“解锁”。",
        "came-home": "第{bar}小节现在收在主音上。",
        "new-part": "我写了新的一段（{label}）：{where}。",
        "parts-ordered": "各段现在的顺序是：{parts}。",
        "each-once": "每段按所写演奏一遍，反复记号去掉了。",
        "no-such-parts": "这首曲子的段落分得不够清楚，排不成{parts}。",
        "one-ending": "现在只有一个结尾：每遍都奏原来的最后一个结尾。",
        "theme-too-long": "变奏的主题最多{most}小节；请说出要变奏哪几小节。",
        "variation-figures": "变奏{number}（{where}）：在主题的音之间加花。",
        "variation-dotted": "变奏{number}（{where}）：附点节奏。",
        "variation-mode": "变奏{number}（{where}）：换成另一种调式。",
        "variation-high": "变奏{number}（{where}）：高八度。",
        "variation-eighths": "变奏{number}（{where}）：用八分音符。",
        "words-in-the-way-of-names": "曲子的音符下面有歌词，音名会占它的位置。请先去掉歌词。",
        "names-written": "音名已经写在音符下面。",
        "styles-like": "按音符和节奏，在曲库（{count}首）的各种风格里，这首曲子最可能是：",
        "styles-caution": "这是根据曲库里已有的曲子做的估计；曲库没有的风格不在其中。",
        "the-voice": "{name}声部",
        "lock-set": "已锁定：{where}。说“解锁”可以解除。",
        "lock-gone": "所有锁定都已解除。",
        "no-lock": "没有锁定的地方。",
        "danced": "现在是一首{style}，速度{tempo}。",
        "played-on": "现在由{instrument}演奏。",
        "no-left-hand": "这首曲子没有左手声部可以简化。可以让我加一个：“加左手伴奏”。",
        "left-hand-simplified": "左手现在每个和弦只弹一个音。",
        "chords-first": "我为它选了和弦，没有写在旋律上方。",
        "swap-overlap": "这些小节重叠了，不能交换。",
        "swapped": "我交换了{one}和{other}。",
        "which-bars": "您指的是哪几小节？例如“第5到8小节”或“后半部分”。",
        "added-bars": "我新写了{count}小节：{where}。",
        "deleted": "我去掉了{where}。",
        "simple-already": "不换音的话，已经没法更简单了。",
        "cannot-view": "我没法在这首曲子里写新的音：里面有我的模型不认识的写法（自由节拍、多层或中途换拍）。",
        "no-draft": "没有合适的新写法",
        "composer-set": "作曲者现在是{name}。",
        "versions": "共有{count}个版本：",
        "missing-version": "没有找到“{said}”这个版本。",
        "chosen": "这是第{number}首：**{title}**。",
        "choices": "这里有{count}首供您选择。请说“第二首”，也可以在版本里逐一试听：",
        "bar-choices": "{where}有{count}种写法；乐谱里现在是第一种。请说“第二个”，也可以在版本里逐一试听：",
        "too-many": "我一次最多写{limit}首。",
        "ideas": "几个想法。写哪一个？请说“第一个”（或别的），也可以按您的喜好改：",
        "plan": "我的理解：{what}。",
        "at-once": "{count}处修改完成了{done}处；这一处没有做到：{why}",
        "words-failed": "没能填上歌词：{why}",
        "sung": "我在音符下面写了歌词{about}：",
        "about": "，主题是{theme}",
        "files": "请用乐谱上方的“保存”：可以打印，也可以得到PDF、MusicXML、MIDI、ABC和音频。在终端里：`python -m abc_tools convert tune.abc tune.pdf`。",
        "library-empty": "曲库是空的，没能读取。",
        "library-failed": "曲库无法回答：{why}",
        "nothing-found": "曲库里没有找到。请换个说法，或者少一些条件。",
        "recommended": "来自曲库（说“第二首”可以打开）：",
        "recommended-kept": "按您保存的口味和这次对话。说“第二首”可以打开，也可以说喜欢或不喜欢哪几首：",
        "recommended-taste": "按您在这次对话中表现出的口味（不会存储）。说“第二首”可以打开，也可以说喜欢或不喜欢哪几首：",
        "still-reading": "曲库还在读取：目前{count}首。过一分钟再问会有更多。",
        "nothing-close": "曲库的{count}首曲子里没有与它相同的地方。",
        "two-meters": "您说了两种拍子（{said}）。用哪一种？",
        "played-once": "现在每段只奏一遍。",
        "clef-set": "现在用{clef}谱号。",
        "hairpin-louder": "我在{where}写了渐强。",
        "hairpin-softer": "我在{where}写了渐弱。",
        "other-syllables": "两个词的音节数不同",
        "word-replaced": "“{old}”现在是“{new}”。",
        "kept-bars": "只留下{where}，小节重新编号。",
        "check-right": "没有发现错误：每一小节都符合拍号。",
        "check-wrong": "我发现{count}处：{what}",
        "check-mended": "打开时我修正了{count}处：{what}",
    },
}  # fmt: skip

MODE_NAMES_ZH = {
    "major": "大调", "minor": "小调", "dorian": "多利亚调式", "phrygian": "弗里几亚调式",
    "lydian": "利底亚调式", "mixolydian": "混合利底亚调式", "locrian": "洛克里亚调式",
}  # fmt: skip
REQUIREMENT_NAMES_ZH = {
    "key": "调", "mode": "调式", "meter": "拍号", "tempo": "速度", "bars": "小节数", "rhythm": "体裁",
    "form": "曲式", "chords": "和弦", "title": "标题", "theme": "主题", "difficulty": "难度",
    "note_values": "音符时值", "range": "音域", "instrument": "乐器", "players": "演奏者", "voices": "声部数",
    "lyrics": "歌词", "scale": "音阶", "pickup": "弱起", "progression": "和弦进行", "cadence": "终止式",
    "modulation": "转调", "canon": "卡农", "pitches": "只用这些音", "without": "不用的音", "leap": "最大音程（半音）", "dynamic": "力度", "seconds": "时长（秒）", "repeats": "反复",
    "first_note": "第一个音", "opening_notes": "开头的音", "last_note": "最后一个音", "figures": "节奏型", "no_figures": "不用的节奏型", "groups": "节拍组合", "cadences": "各处终止",
    "register": "音区", "endings": "跳房子（第一、第二结尾）", "loop": "可以循环", "end_dynamic": "结尾的力度", "words": "歌词里必须有",
    "expression": "表情术语", "chord_colours": "和弦色彩", "bright_end": "明亮的结尾", "repeated_notes": "同音反复", "exercise": "练习", "contour": "旋律走向",
    "call_and_response": "领唱与应答", "melody": "旋律",
}  # fmt: skip
VALUES_ZH = {
    "slow": "慢", "fast": "快", "medium": "中速", "yes": "有", "no": "无", "beginner": "初学者",
    "advanced": "较难", "octave": "一个八度以内", "third": "三度以内", "fourth": "四度以内", "fifth": "五度以内", "sixth": "六度以内", "seventh": "七度以内", "ninth": "九度以内", "tenth": "十度以内", "pentatonic": "五声音阶", "diatonic": "自然音阶",
    "blues": "布鲁斯音阶", "harmonic minor": "和声小调音阶", "melodic minor": "旋律小调音阶",
    "whole tone": "全音阶", "overtones": "自然泛音", "chromatic": "含变化音", "half": "半终止", "authentic": "正格终止",
    "plagal": "变格终止", "deceptive": "阻碍终止", "dominant": "属调", "subdominant": "下属调",
    "relative": "关系调", "parallel": "同主音调", "given": "您给的词", "en": "英文", "zh": "中文", "low": "低", "high": "高", "easy": "简单好按", "sevenths": "七和弦", "scale": "音阶", "arpeggio": "琶音", "broken thirds": "三度音阶", "vocal warm-up": "练声", "ninths": "九和弦", "sevenths ninths": "七和弦、九和弦", "all": "每段",
}  # fmt: skip
CADENCES = {
    "en": {"authentic": "an authentic cadence", "half": "a half cadence", "plagal": "a plagal cadence",
           "deceptive": "a deceptive cadence", "tonic": "the tonic", "open": "an open ending"},
    "zh": {"authentic": "正格终止", "half": "半终止", "plagal": "变格终止", "deceptive": "阻碍终止",
           "tonic": "主音", "open": "开放的结尾"},
}  # fmt: skip

RULE_NAMES = {
    "measure-length": ("a bar of the wrong length", "小节长度"), "unknown-text": ("signs that mean nothing", "无意义的符号"),
    "header": ("a missing heading", "缺少的标题栏"), "field-value": ("an unreadable heading", "无法读的标题栏"),
    "tuplet-length": ("a tuplet with too few notes", "音符不足的连音"), "voice-length": ("a voice that ended early", "过早结束的声部"),
    "lyrics-surplus": ("words without a note", "没有音符的歌词"), "key-signature": ("a key signature that fought the notes", "与音符不符的调号"),
}  # fmt: skip
"""What a repair mended, for people."""


def rule_text(rule: str, bar: int | None, language: str) -> str:
    """What a rule found or mended, with its bar."""
    name = RULE_NAMES.get(rule, (rule, rule))[language == "zh"]
    if bar is None:
        return name
    return f"{name} (bar {bar})" if language == "en" else f"{name}（第{bar}小节）"


def language_of(message: str) -> str:
    """`zh` if the message has Chinese characters, or no letters and Chinese signs; else `en`.

    >>> language_of("写一首 waltz"), language_of("。。。"), language_of("a waltz。")
    ('zh', 'zh', 'en')
    """
    if re.search(r"[\u4e00-\u9fff]", message):
        return "zh"
    signs_only = re.search(r"[。，、；：？！（）《》]", message) and not re.search(
        r"[a-zA-Z]", message
    )
    return "zh" if signs_only else "en"


def say(language: str, sentence: str, /, **values: object) -> str:
    """A sentence with its values filled in."""
    return counted(SENTENCES[language][sentence].format(**values))


_COUNTED = re.compile(r"(?P<n>\d+)(?P<between>(?: \w+){0,2}?) (?P<word>\w+)\(s\)")


def counted(text: str) -> str:
    """`(s)` behind a counted word as one says it.

    >>> counted("by 1 octave(s)"), counted("4 new bar(s): bars 9–12")
    ('by 1 octave', '4 new bars: bars 9–12')
    """
    return _COUNTED.sub(
        lambda m: f"{m['n']}{m['between']} {m['word']}{'' if m['n'] == '1' else 's'}", text
    )


def plain(text: str) -> str:
    """A text of a person or a model, so that Markdown and HTML show it and do nothing else."""
    cleaned = re.sub(r"\s+", " ", text).strip()
    return re.sub(r"([\\`*_\[\]<>])", r"\\\1", cleaned).replace("&", "&amp;")


def key_name(language: str, key: Key) -> str:
    """G major, B♭ minor; G大调, 降B小调."""
    if not key.tonic:
        return "no key" if language == "en" else "无调号"
    if language == "en":
        sign = {1: "♯", -1: "♭", 0: ""}[key.alter]
        return f"{key.tonic}{sign} {key.mode}"
    sign = {1: "升", -1: "降", 0: ""}[key.alter]
    return f"{sign}{key.tonic}{MODE_NAMES_ZH[key.mode]}"


def pitch_name(pitch: Pitch) -> str:
    """A pitch with musical signs: F♯4."""
    return pitch.name.replace("#", "♯").replace("b", "♭")


def style_name(language: str, rhythm: str) -> str:
    """The name of a style in a language; unknown ones as they are."""
    if language == "en" or rhythm not in STYLES:
        return plain(rhythm)
    return next((w for w in STYLES[rhythm].words if not w.isascii()), rhythm)


def bars_text(language: str, bars: Iterable[int]) -> str:
    """Bars as people write them, runs joined.

    >>> bars_text("en", [1, 2, 3, 5])
    'bars 1–3 and 5'
    """
    runs: list[list[int]] = []
    for bar in sorted(set(bars)):
        if runs and bar == runs[-1][-1] + 1:
            runs[-1].append(bar)
        else:
            runs.append([bar])
    parts = [str(r[0]) if len(r) == 1 else f"{r[0]}–{r[-1]}" for r in runs]
    if language == "zh":
        return "第" + "、".join(parts) + "小节"
    word = "bar" if len(runs) == 1 and len(runs[0]) == 1 else "bars"
    joined = parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]
    return f"{word} {joined}"


BEAT_SIGNS = {
    Fraction(1, 4): "♩", Fraction(1, 8): "♪", Fraction(3, 8): "♩.", Fraction(1, 2): "𝅗𝅥",
    Fraction(3, 4): "𝅗𝅥.",
}  # fmt: skip


def tempo_text(beat: Fraction, bpm: Fraction) -> str:
    """♩. = 116."""
    return f"{BEAT_SIGNS.get(beat, str(beat))} = {round(bpm)}"


FIGURES_EN = {"dotted": "dotted rhythms"}
FIGURES_ZH = {
    "triplets": "三连音", "syncopation": "切分", "dotted": "附点", "sixteenths": "十六分音符", "eighths": "八分音符", "rests": "休止",
}  # fmt: skip


def _note_text(language: str, value: str) -> str:
    """A letter or a degree, and whether it is long."""
    found = []
    for word in value.split():
        if word == "long":
            found.append("长" if language == "zh" else "long")
        elif word.isdigit():
            found.append(f"第{word}级音" if language == "zh" else f"degree {word} of the scale")
        else:
            found.append(word.replace("#", "♯").replace("b", "♭"))
    return ("，" if language == "zh" else ", ").join(found)


def _cadences_text(language: str, value: str) -> str:
    """`4:half 8:authentic` as people say it."""
    found = []
    for word in value.split():
        at, _, kind = word.partition(":")
        name = CADENCES[language][kind]
        found.append(f"第{at}小节{name}" if language == "zh" else f"bar {at} {name}")
    return ("；" if language == "zh" else "; ").join(found)


CONTOURS = {
    "arch": ("rises and falls", "先升后降"), "up": ("rises", "上行"), "down": ("falls", "下行"),
}  # fmt: skip


def _contour_text(language: str, value: str) -> str:
    """`arch 6` as people say it."""
    way, _, peak = value.partition(" ")
    zh = language == "zh"
    top = (f"，最高音在第{peak}小节" if zh else f", highest note in bar {peak}") if peak else ""
    return CONTOURS[way][zh] + top


def value_text(language: str, name: str, value: str) -> str:
    """A requirement's value for people."""
    if name in ("title", "theme", "words"):
        return plain(value)
    if name == "key" and (key := parse_key(value)) is not None:
        return key_name(language, key)
    if name == "rhythm":
        return style_name(language, value)
    if name == "canon":
        voices, entry = value.split()
        return (
            f"{voices} voices, {entry} bars apart"
            if language == "en"
            else f"{voices}个声部，相隔{entry}小节"
        )
    if name == "range" and len(ends := value.split()) == 2:
        low, high = (end.replace("#", "♯").replace("b", "♭") for end in ends)
        zh = language == "zh"
        if low == "-":
            return f"不高于{high}" if zh else f"up to {high}"
        if high == "-":
            return f"不低于{low}" if zh else f"from {low} up"
        return f"{low}–{high}"
    if name in ("first_note", "last_note"):
        return _note_text(language, value)
    if name in ("figures", "no_figures"):
        words = [FIGURES_ZH[w] if language == "zh" else FIGURES_EN.get(w, w) for w in value.split()]
        return ("、" if language == "zh" else ", ").join(words)
    if name == "contour":
        return _contour_text(language, value)
    if name == "cadences":
        return _cadences_text(language, value)
    if name == "endings" and value != "all":
        return f"part {value}" if language == "en" else f"{value}段"
    if name in ("instrument", "players"):
        return _players_text(language, value)
    if name == "note_values":
        return ("、" if language == "zh" else ", ").join(value.split())
    if language == "zh":
        return MODE_NAMES_ZH.get(value, VALUES_ZH.get(value, value))
    return value


def instrument_name(language: str, player: str) -> str:
    """An instrument as people call it."""
    if language != "zh" or player not in INSTRUMENTS:
        return player
    return next((w for w in INSTRUMENTS[player][3] if not w.isascii()), player)


def _players_text(language: str, value: str) -> str:
    """ "2 trumpets" for the same one twice, in the order of the score."""
    said = []
    for player, count in Counter(value.split(", ")).items():
        if language == "zh":
            name = instrument_name(language, player)
            said.append(f"{name}×{count}" if count > 1 else name)
        else:
            said.append(f"{count} {player}s" if count > 1 else player)
    return ("、" if language == "zh" else ", ").join(said)


def requirement_name(language: str, name: str) -> str:
    """A requirement's name for people."""
    return REQUIREMENT_NAMES_ZH[name] if language == "zh" else name.replace("_", " ")
