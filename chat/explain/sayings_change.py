"""What is said when two tunes, or two parts of one, are held side by side, and of a change that was tried."""

from __future__ import annotations

SAYINGS: dict[str, tuple[str, str]] = {
    # -- side by side; one and other are pairs of names ---------------------------------------
    "all same": (
        (
            "Nothing differs between {one:word} and {other:word}: key, meter, tempo, notes and chords of "
            "{bars:bars} are equal."
        ),
        "{one:word}和{other:word}没有差别：{bars:bars}的调、拍号、速度、音符与和弦都相同。",
    ),
    "keys differ": (
        "The key is {a:key} in {one:word} and {b:key} in {other:word} ({bars:bars}).",
        "{one:word}的调是{a:key}，{other:word}是{b:key}（{bars:bars}）。",
    ),
    "meters differ": (
        "The meter is {a} in {one:word} and {b} in {other:word} ({bars:bars}).",
        "{one:word}的拍号是{a}，{other:word}是{b}（{bars:bars}）。",
    ),
    "tempi differ": (
        "The tempo is {a} beats a minute in {one:word} and {b} in {other:word} ({bars:bars}).",
        "{one:word}的速度是每分钟{a}拍，{other:word}是{b}拍（{bars:bars}）。",
    ),
    "lengths differ": (
        "There are {a:n bar} in {one:word} and {b} in {other:word} ({bars:bars}).",
        "{one:word}有{a}小节，{other:word}有{b}小节（{bars:bars}）。",
    ),
    "counts differ": (
        "The melody has {a:n note} in {one:word} and {b} in {other:word} ({bars:bars}).",
        "{one:word}的旋律有{a}个音，{other:word}有{b}个（{bars:bars}）。",
    ),
    "ranges differ": (
        (
            "The melody ranges from {a_low:pitch} to {a_high:pitch} in {one:word} and from {b_low:pitch} to "
            "{b_high:pitch} in "
            "{other:word} ({bars:bars})."
        ),
        (
            "{one:word}的音域是{a_low:pitch}到{a_high:pitch}，"
            "{other:word}是{b_low:pitch}到{b_high:pitch}（{bars:bars}）。"
        ),
    ),
    "steps differ": (
        "By step or repeated note go {a} % of the moves in {one:word} and {b} % in {other:word} ({bars:bars}).",
        "{one:word}的进行中级进和同音占{a}%，{other:word}占{b}%（{bars:bars}）。",
    ),
    "density differs": (
        "A bar has {a} notes on average in {one:word} and {b} in {other:word} ({bars:bars}).",
        "{one:word}平均每小节{a}个音，{other:word}{b}个（{bars:bars}）。",
    ),
    "chords differ": (
        "The chords are {a:chords} in {one:word} and {b:chords} in {other:word} ({bars:bars}).",
        "{one:word}的和弦是{a:chords}，{other:word}是{b:chords}（{bars:bars}）。",
    ),
    "chords only": (
        "Chord symbols stand in {one:word} ({a:chords}) and not in {other:word} ({bars:bars}).",
        "{one:word}有和弦标记（{a:chords}），{other:word}没有（{bars:bars}）。",
    ),
    "ends differ": (
        "The last note is {a:pitch} in {one:word} and {b:pitch} in {other:word} ({bars:bars}).",
        "{one:word}的最后一个音是{a:pitch}，{other:word}是{b:pitch}（{bars:bars}）。",
    ),
    "bars changed": (
        "The melody differs between {one:word} and {other:word} in {bars:bars}.",
        "{one:word}和{other:word}的旋律在{bars:bars}不同。",
    ),
    "chords changed": (
        "The chord symbols differ between {one:word} and {other:word} in {bars:bars}.",
        "{one:word}和{other:word}的和弦标记在{bars:bars}不同。",
    ),
    "words changed": (
        "The words differ between {one:word} and {other:word} in {bars:bars}.",
        "{one:word}和{other:word}的歌词在{bars:bars}不同。",
    ),
    "voices differ": (
        "There are {a:n voice} in {one:word} and {b} in {other:word} ({bars:bars}).",
        "{one:word}有{a}个声部，{other:word}有{b}个（{bars:bars}）。",
    ),
    "voices changed": (
        "Another voice than the first differs between {one:word} and {other:word} in {bars:bars}.",
        "{one:word}和{other:word}的其他声部在{bars:bars}不同。",
    ),
    "signs changed": (
        "The signs over the notes differ between {one:word} and {other:word} in {bars:bars}.",
        "{one:word}和{other:word}的音上记号在{bars:bars}不同。",
    ),
    "titles differ": (
        "The title is “{a}” in {one:word} and “{b}” in {other:word} ({bars:bars}).",
        "{one:word}的标题是《{a}》，{other:word}是《{b}》（{bars:bars}）。",
    ),
    "bars equal": (
        "The melody is the same in {one:word} and {other:word} in {bars:bars}.",
        "{one:word}和{other:word}的旋律在{bars:bars}相同。",
    ),
    "parts same": (
        "Note for note, {one:word} and {other:word} have the same melody ({bars:bars}).",
        "{one:word}和{other:word}的旋律完全相同（{bars:bars}）。",
    ),
    "parts varied": (
        (
            "The melody of {other:word} is a variation of that of {one:word}: {percent} % of the notes agree "
            "({bars:bars})."
        ),
        "{other:word}的旋律是{one:word}的变化重复：{percent}%的音一致（{bars:bars}）。",
    ),
    "parts moved": (
        "The melody of {other:word} has the shape of that of {one:word} from another note ({bars:bars}).",
        "{other:word}的旋律是{one:word}的移位（{bars:bars}）。",
    ),
    "parts rhythm": (
        "The melody of {other:word} has the rhythm of that of {one:word} with other notes ({bars:bars}).",
        "{other:word}与{one:word}的节奏相同而音不同（{bars:bars}）。",
    ),
    "parts different": (
        (
            "The melodies of {one:word} and {other:word} are different: {percent} % of the notes agree "
            "({bars:bars})."
        ),
        "{one:word}和{other:word}的旋律不同：{percent}%的音一致（{bars:bars}）。",
    ),
    "key shared": (
        "The key is the same, {key:key} ({bars:bars}).",
        "调相同，都是{key:key}（{bars:bars}）。",
    ),
    "meter shared": (
        "The meter is the same, {meter} ({bars:bars}).",
        "拍号相同，都是{meter}（{bars:bars}）。",
    ),
    # -- a change that was tried ----------------------------------------------------------------
    "degree moved": (
        (
            "With degree {degree} of {key:key} {way:word}, {old:pitch} becomes {new:pitch}: "
            "{count:n melody note} would change, "
            "in {bars:bars}."
        ),
        (
            "{key:key}的第{degree}级{way:word}后，{old:pitch}变为{new:pitch}：旋律有{count}个音会改变，"
            "在{bars:bars}。"
        ),
    ),
    "degree silent": (
        (
            "With degree {degree} of {key:key} {way:word}, {old:pitch} becomes {new:pitch}, but no melody "
            "note would change: "
            "it does not sound in {bars:bars}."
        ),
        (
            "{key:key}的第{degree}级{way:word}后，{old:pitch}变为{new:pitch}，但旋律不会改变："
            "{bars:bars}没有这个音。"
        ),
    ),
    "degree there": (
        "It is already {new:pitch} in {bars:bars}.",
        "{bars:bars}已经是{new:pitch}。",
    ),
    "scale becomes": (
        "The scale of {bars:bars} becomes {tonic:pitch} {scale:word}: {notes:pitches}.",
        "{bars:bars}的音阶变为{tonic:pitch}{scale:word}：{notes:pitches}。",
    ),
    "scale nameless": (
        "The scale of {bars:bars} becomes {notes:pitches}, which has no usual name.",
        "{bars:bars}的音阶变为{notes:pitches}，没有通用的名称。",
    ),
    "triads become": (
        (
            "Of the triads on the scale, {before:chords} become {after:chords} (the chords that {bars:bars} "
            "can use)."
        ),
        "音阶上的三和弦中，{before:chords}变为{after:chords}（{bars:bars}可用的和弦）。",
    ),
    "gap below": (
        (
            "From the degree below, {low:pitch}, it is then {interval:interval} ({semitones:n semitone}), in "
            "the scale of {bars:bars}."
        ),
        "在{bars:bars}的音阶里，它与下方的{low:pitch}相距{interval:interval}（{semitones}个半音）。",
    ),
    "gap above": (
        (
            "To the degree above, {high:pitch}, it is then {interval:interval} ({semitones:n semitone}), in "
            "the scale of {bars:bars}."
        ),
        "在{bars:bars}的音阶里，它与上方的{high:pitch}相距{interval:interval}（{semitones}个半音）。",
    ),
    "becomes leading": (
        (
            "So it becomes a leading note, a semitone under the tonic {tonic:pitch}, and the ends in "
            "{bars:bars} pull home more."
        ),
        "这样它成为导音，比主音{tonic:pitch}低半音，{bars:bars}的收束更有归属感。",
    ),
    "notes change": (
        "{count} of {total} melody notes would change pitch, in {bars:bars}.",
        "旋律{total}个音中有{count}个会改变音高，在{bars:bars}。",
    ),
    "no notes change": (
        "No note of the melody would change its pitch ({bars:bars}).",
        "旋律没有一个音会改变音高（{bars:bars}）。",
    ),
    "time changes": (
        "Played with its repeats the tune would last {after} seconds, not {before} ({bars:bars}).",
        "连同反复，全曲将是{after}秒，而不是{before}秒（{bars:bars}）。",
    ),
    "third changes": (
        (
            "The third above the tonic would be {new:pitch}, not {old:pitch}: a {size:word} third, heard as "
            "{colour:word} ({bars:bars})."
        ),
        (
            "主音上方的三音将是{new:pitch}，而不是{old:pitch}：{size:word}三度，"
            "听起来{colour:word}（{bars:bars}）。"
        ),
    ),
    "already so": (
        "That is how it is already ({bars:bars}).",
        "本来就是这样（{bars:bars}）。",
    ),
    "pickup gone": (
        (
            "Bar 0 would be gone: {notes:pitches}; the tune would begin with {first:pitch} on the downbeat "
            "of bar 1 ({bars:bars})."
        ),
        "第0小节会消失（{notes:pitches}）；乐曲将从第1小节强拍的{first:pitch}开始（{bars:bars}）。",
    ),
    "pickup silent": (
        "There are only rests in {bars:bars}, so nothing would sound otherwise.",
        "{bars:bars}只有休止，听起来不会有变化。",
    ),
    "cannot change": (
        "That cannot be done with this tune ({bars:bars}) without breaking it.",
        "这首曲子（{bars:bars}）不能这样改，否则会出错。",
    ),
}
