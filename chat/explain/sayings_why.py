"""Causes: what in some bars makes music sound as it does. Each is one sentence with its bars."""

from __future__ import annotations

SAYINGS: dict[str, tuple[str, str]] = {
    "minor key": (
        "The key of {bars:bars} is {key:key}; its third is minor, the darker of the two thirds.",
        "{bars:bars}的调是{key:key}，主音上方是小三度，色彩较暗。",
    ),
    "major key": (
        "The key of {bars:bars} is {key:key}; its third is major, the brighter of the two thirds.",
        "{bars:bars}的调是{key:key}，主音上方是大三度，色彩较亮。",
    ),
    "minor chords": (
        "Chords with a minor third sound in {bars:bars}: {chords:chords}.",
        "{bars:bars}有含小三度的和弦：{chords:chords}。",
    ),
    "major chords": (
        "Every chord of {bars:bars} has a major third: {chords:chords}.",
        "{bars:bars}的和弦都含大三度：{chords:chords}。",
    ),
    "more major": (
        "{percent} % of the chords in {bars:bars} have a major third, against {usual} % in the whole tune.",
        "{bars:bars}的和弦有{percent}%含大三度，全曲为{usual}%。",
    ),
    "tense chords": (
        "Chords with a tritone, which want to move on, sound in {bars:bars}: {chords:chords}.",
        "{bars:bars}有含三全音、要求进行下去的和弦：{chords:chords}。",
    ),
    "dissonance": (
        (
            "In {bars:bars} {note:pitch} on the beat does not belong to the chord {chord:signs} and rubs "
            "against it."
        ),
        "{bars:bars}的强位音{note:pitch}不属于和弦{chord:signs}，与它不协和。",
    ),
    "falling line": (
        "In {bars:bars} the melody falls from {first:pitch} to {to:pitch}, {interval:interval} in all.",
        "{bars:bars}的旋律从{first:pitch}下行到{to:pitch}，共{interval:interval}。",
    ),
    "rising line": (
        "In {bars:bars} the melody rises from {first:pitch} to {to:pitch}, {interval:interval} in all.",
        "{bars:bars}的旋律从{first:pitch}上行到{to:pitch}，共{interval:interval}。",
    ),
    "low register": (
        "The melody of {bars:bars} lies on average {semitones} semitones lower than the whole tune.",
        "{bars:bars}的旋律平均比全曲低{semitones}个半音。",
    ),
    "high register": (
        "The melody of {bars:bars} lies on average {semitones} semitones higher than the whole tune.",
        "{bars:bars}的旋律平均比全曲高{semitones}个半音。",
    ),
    "longer notes": (
        "The notes of {bars:bars} are on average {percent} % longer than those of the whole tune.",
        "{bars:bars}的音符平均比全曲长{percent}%。",
    ),
    "shorter notes": (
        "The notes of {bars:bars} are on average {percent} % shorter than those of the whole tune.",
        "{bars:bars}的音符平均比全曲短{percent}%。",
    ),
    "lowered note": (
        "In {bars:bars} {note:pitch} is lower than the key {key:key} has it.",
        "{bars:bars}的{note:pitch}比{key:key}原有的音低。",
    ),
    "raised note": (
        "In {bars:bars} {note:pitch} is higher than the key {key:key} has it.",
        "{bars:bars}的{note:pitch}比{key:key}原有的音高。",
    ),
    "sighs": (
        (
            "In {bars:bars} the melody falls by a semitone, a sigh as theory calls it: {first:pitch} to "
            "{to:pitch}."
        ),
        "{bars:bars}的旋律下行半音（所谓叹息音型）：{first:pitch}到{to:pitch}。",
    ),
    "wide leap": (
        "The melody leaps by {interval:interval} in {bars:bars}, from {first:pitch} to {to:pitch}.",
        "{bars:bars}的旋律跳进{interval:interval}：从{first:pitch}到{to:pitch}。",
    ),
    "steps only": (
        "The melody of {bars:bars} moves by steps and repeated notes only.",
        "{bars:bars}的旋律只有级进和同音。",
    ),
    "syncopated": (
        (
            "{notes:n note} of {bars:bars} {verb:word} syncopated: begun off the beat and held over a "
            "stronger one."
        ),
        "{bars:bars}有{notes}个切分音：从弱位开始，延续过更强的拍。",
    ),
    "open end": (
        (
            "The last note of {bars:bars}, {note:pitch}, is degree {degree} of {key:key}, not the tonic: it "
            "stays open."
        ),
        "{bars:bars}的最后一个音{note:pitch}是{key:key}的第{degree}级音，不是主音，所以悬而未决。",
    ),
    "closed end": (
        "The last note of {bars:bars}, {note:pitch}, is the tonic of {key:key}, the note of rest.",
        "{bars:bars}的最后一个音{note:pitch}是{key:key}的主音，给人安定之感。",
    ),
    "half close": (
        "The phrase that ends in {bars:bars} has a half cadence ({chords:chords}): it stops on the dominant.",
        "{bars:bars}结束的乐句是半终止（{chords:chords}），停在属和弦上。",
    ),
    "deceptive close": (
        (
            "The phrase that ends in {bars:bars} has a deceptive cadence ({chords:chords}): the dominant "
            "does not go home."
        ),
        "{bars:bars}结束的乐句是阻碍终止（{chords:chords}），属和弦没有回到主和弦。",
    ),
    "full close": (
        "The phrase that ends in {bars:bars} has {name:word} ({chords:chords}).",
        "{bars:bars}结束的乐句是{name:word}（{chords:chords}）。",
    ),
    "pentatonic": (
        "The melody of {bars:bars} uses only {notes:notes}, which is a pentatonic scale: no semitones.",
        "{bars:bars}的旋律只用{notes:notes}，是没有半音的五声音阶。",
    ),
    "few notes": (
        "The melody of {bars:bars} uses only {notes:notes}.",
        "{bars:bars}的旋律只用了{notes:notes}。",
    ),
    "modal": (
        "The key of {bars:bars} is a church mode, {key:key}, and its own note {note:pitch} sounds there.",
        "{bars:bars}是教会调式{key:key}，其特征音{note:pitch}在此出现。",
    ),
    "lowered seventh": (
        "In {bars:bars} the seventh degree is the lowered one, {note:pitch}, a whole tone under the tonic.",
        "{bars:bars}的七级音是降低的{note:pitch}，比主音低全音。",
    ),
    "augmented second": (
        "In {bars:bars} the melody moves by an augmented second, {first:pitch} to {to:pitch}.",
        "{bars:bars}的旋律有增二度进行：{first:pitch}到{to:pitch}。",
    ),
    "flat second": (
        "In {bars:bars} {note:pitch} lies a semitone above the tonic, as in phrygian music.",
        "{bars:bars}的{note:pitch}比主音高半音，是弗里几亚的特征。",
    ),
    "blue notes": (
        "Blue notes, lowered degrees of {key:key}, sound in {bars:bars}: {notes:notes}.",
        "{bars:bars}的{notes:notes}是布鲁斯音，即{key:key}降低的音级。",
    ),
    "compound time": (
        "The meter of {bars:bars} is {meter}: each beat falls into three.",
        "{bars:bars}的拍号是{meter}：每拍分为三份。",
    ),
    "triple time": (
        "The meter of {bars:bars} is {meter}: three beats in a bar.",
        "{bars:bars}的拍号是{meter}：每小节三拍。",
    ),
    "duple time": (
        "The meter of {bars:bars} is {meter}: the beats go two by two.",
        "{bars:bars}的拍号是{meter}：拍子两两成对。",
    ),
    "dotted": (
        "Dotted beats, long before short, fill {count:n beat} of {bars:bars}.",
        "{bars:bars}有{count}个附点拍（前长后短）。",
    ),
    "snaps": (
        "Scotch snaps, short before long, fill {count:n beat} of {bars:bars}.",
        "{bars:bars}有{count}个苏格兰短长节奏（前短后长）。",
    ),
    "running": (
        "Equal quick notes fill {count:n beat} of {bars:bars}.",
        "{bars:bars}有{count}拍由均匀的快速音填满。",
    ),
    "slow tempo": (
        "The tempo at {bars:bars} is {bpm} beats a minute, which is slow.",
        "{bars:bars}的速度是每分钟{bpm}拍，偏慢。",
    ),
    "quick tempo": (
        "The tempo at {bars:bars} is {bpm} beats a minute, which is quick.",
        "{bars:bars}的速度是每分钟{bpm}拍，偏快。",
    ),
    "rests": (
        "The melody is silent now and then: {count:n rest} in {bars:bars}.",
        "{bars:bars}的旋律中有{count}个休止符。",
    ),
    "repeated notes": (
        "In {bars:bars} the melody repeats a note {count:times}.",
        "{bars:bars}的旋律重复同一个音{count:times}。",
    ),
    "leading tone": (
        "In {bars:bars} the leading note {note:pitch} pulls a semitone up towards the tonic.",
        "{bars:bars}的导音{note:pitch}以半音倾向主音。",
    ),
    "top of tune": (
        "The highest note of the tune, {note:pitch}, is in {bars:bars}.",
        "全曲最高音{note:pitch}在{bars:bars}。",
    ),
    "bottom of tune": (
        "The lowest note of the tune, {note:pitch}, is in {bars:bars}.",
        "全曲最低音{note:pitch}在{bars:bars}。",
    ),
    "borrowed": (
        "{chords:chords} in {bars:bars} {verb:word} notes outside the key {key:key}.",
        "{bars:bars}的{chords:chords}含有{key:key}之外的音。",
    ),
    "none of it": (
        "Nothing in {bars:bars} usually makes music sound {word:word}: I looked for {looked:words}.",
        "{bars:bars}里没有通常使音乐听起来{word:word}的因素：我找过{looked:words}。",
    ),
}
