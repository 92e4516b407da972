"""What is said of key, scale, time and counts of a tune. Fields are explained in `statement`."""

from __future__ import annotations

SAYINGS: dict[str, tuple[str, str]] = {
    # -- key ------------------------------------------------------------------------------------
    "key signature": (
        "The tune is written in {key:key} ({bars:bars}), with {signature:signature}.",
        "乐曲记谱为{key:key}（{bars:bars}），{signature:signature}。",
    ),
    "no key": (
        "No key is written for {bars:bars}.",
        "{bars:bars}没有写调号。",
    ),
    "part key": (
        "In {bars:bars} the written key is {key:key}, with {signature:signature}.",
        "{bars:bars}的记谱调是{key:key}，{signature:signature}。",
    ),
    "final tonic": (
        "Its last note, {note:pitch} in {bars:bars}, is the tonic.",
        "最后一个音是{bars:bars}的{note:pitch}，正是主音。",
    ),
    "final other": (
        "Its last note, {note:pitch} in {bars:bars}, is degree {degree} of {key:key}, not the tonic.",
        "最后一个音是{bars:bars}的{note:pitch}，是{key:key}的第{degree}级音，不是主音。",
    ),
    "first note": (
        "The first note of {bars:bars} is {note:pitch}, {length:alength}.",
        "{bars:bars}的第一个音是{note:pitch}，{length:length}。",
    ),
    "last note": (
        "The last note of {bars:bars} is {note:pitch}, {length:alength}.",
        "{bars:bars}的最后一个音是{note:pitch}，{length:length}。",
    ),
    "leading note": (
        "The leading note {note:pitch} rises by a semitone to the tonic {tonic:pitch} in {bars:bars}.",
        "导音{note:pitch}在{bars:bars}上行半音到主音{tonic:pitch}。",
    ),
    "no leading note": (
        "In {bars:bars} the melody never steps up a semitone into the tonic {tonic:pitch}.",
        "{bars:bars}的旋律没有从下方半音进入主音{tonic:pitch}。",
    ),
    "third heard": (
        (
            "The third degree, {note:pitch}, is a {size} third above the tonic {tonic:pitch} and sounds in "
            "{bars:bars}."
        ),
        "三级音{note:pitch}与主音{tonic:pitch}构成{size_zh}三度，出现在{bars:bars}。",
    ),
    "third missing": (
        "The third degree never sounds in the melody ({bars:bars}): the notes do not tell major from minor.",
        "旋律（{bars:bars}）没有出现三级音，单凭音符分不出大小调。",
    ),
    "mode degree heard": (
        "The degree that sets {mode:key} apart from {near:key}, {note:pitch}, sounds in {bars:bars}.",
        "使{mode:key}区别于{near:key}的音{note:pitch}出现在{bars:bars}。",
    ),
    "mode degree missing": (
        (
            "The degree that would set {mode:key} apart from {near:key}, {note:pitch}, does not sound in the "
            "melody "
            "({bars:bars})."
        ),
        "使{mode:key}区别于{near:key}的音{note:pitch}没有在旋律中出现（{bars:bars}）。",
    ),
    "not that key": (
        "It is not in {said:key}: the tune is written in {key:key} ({bars:bars}).",
        "它不是{said:key}：乐曲记谱为{key:key}（{bars:bars}）。",
    ),
    "same signature": (
        (
            "{said:key} and {key:key} share a signature of {signature:signature}, but not a tonic "
            "({said_tonic:pitch} and {tonic:pitch}; {bars:bars})."
        ),
        (
            "{said:key}和{key:key}的调号相同（{signature:signature}），"
            "但主音不同（{said_tonic:pitch}和{tonic:pitch}），"
            "见{bars:bars}。"
        ),
    ),
    "phrase letters": (
        "By phrases of {size} bars it goes {letters}{name:word}: one letter, one melody, ′ if varied ({bars:bars}).",
        "按{size}小节一句来看是{letters}{name:word}：相同字母旋律相同，′表示有变化（{bars:bars}）。",
    ),
    "edge high": (
        "{notes:notes} in {bars:bars} {verb:word} at the very top of that range, an effort for many a {player:word}.",
        "{bars:bars}的{notes:notes}已到这个音域的顶端，对不少{player:word}来说偏高、吃力。",
    ),
    "edge low": (
        "{notes:notes} in {bars:bars} {verb:word} at the bottom of that range, where a {player:word} is weak.",
        "{bars:bars}的{notes:notes}已到这个音域的底端，{player:word}唱起来偏低、声音弱。",
    ),
    "that key": (
        "Yes: the tune is written in {key:key} ({bars:bars}).",
        "是的，乐曲记谱为{key:key}（{bars:bars}）。",
    ),
    "mode is": (
        "In {bars:bars} the tune is an example of {mode:word}: it is written in {key:key}.",
        "{bars:bars}正是{mode:word}的例子：记谱为{key:key}。",
    ),
    "mode is not": (
        "In {bars:bars} the tune is no example of {mode:word}: it is written in {key:key}.",
        "{bars:bars}不是{mode:word}的例子：记谱为{key:key}。",
    ),
    "scale fits": (
        (
            "Every note of the melody in {bars:bars} belongs to the {tonic:pitch} {scale:word} scale "
            "({notes:pitches})."
        ),
        "{bars:bars}旋律的每个音都属于{tonic:pitch}{scale:word}（{notes:pitches}）。",
    ),
    "scale misfits": (
        "Outside the {tonic:pitch} {scale:word} scale ({notes:pitches}) are {outside:notes}, in {bars:bars}.",
        "在{tonic:pitch}{scale:word}（{notes:pitches}）之外的音有{outside:notes}，在{bars:bars}。",
    ),
    # -- time -----------------------------------------------------------------------------------
    "meter": (
        "The meter of {bars:bars} is {meter}: {kind:word}, {beats:n beat} of {beat:alength} in a bar.",
        "{bars:bars}的拍号是{meter}：{kind:word}，每小节{beats}拍，以{beat:length}为一拍。",
    ),
    "no meter": (
        "No meter is written for {bars:bars}.",
        "{bars:bars}没有拍号，是自由节拍。",
    ),
    "tempo": (
        "The tempo is {bpm} beats of {beat:alength} a minute, as written, from {bars:bars} on.",
        "速度是每分钟{bpm}拍，以{beat:length}为一拍，谱上写明，从{bars:bars}开始。",
    ),
    "tempo unwritten": (
        "No tempo is written; from {bars:bars} on it is played at {bpm} beats of {beat:alength} a minute.",
        "谱上没有写速度；从{bars:bars}起按每分钟{bpm}拍演奏，以{beat:length}为一拍。",
    ),
    "tempo word": (
        "The tempo mark at {bars:bars} also says “{text}”.",
        "{bars:bars}的速度标记还写着“{text}”。",
    ),
    "tempo change": (
        "In {bars:bars} the tempo changes to {bpm} beats of {beat:alength} a minute.",
        "{bars:bars}的速度变为每分钟{bpm}拍，以{beat:length}为一拍。",
    ),
    "lasts": (
        (
            "With all repeats the tune ({bars:bars}) lasts {seconds} seconds at its tempo; {played:n bar} "
            "are played."
        ),
        "按原速并演奏所有反复，{bars:bars}共{seconds}秒（实际演奏{played}小节）。",
    ),
    "lasts at": (
        (
            "At {rate} beats of {beat:alength} a minute, with all repeats, the tune ({bars:bars}) lasts {seconds} "
            "seconds; {played:n bar} are played."
        ),
        "按{beat:length}每分钟{rate}拍并演奏所有反复，{bars:bars}共{seconds}秒（实际演奏{played}小节）。",
    ),
    "lasts part at": (
        "At {rate} beats of {beat:alength} a minute, played once, the music of {bars:bars} lasts {seconds} seconds.",
        "按{beat:length}每分钟{rate}拍演奏一遍，{bars:bars}共{seconds}秒。",
    ),
    "lasts part": (
        "Played once at the tune's tempo, the music of {bars:bars} lasts {seconds} seconds.",
        "按原速演奏一遍，{bars:bars}共{seconds}秒。",
    ),
    "pickup": (
        (
            "Yes: the tune begins with a pickup (bar 0) of {notes:n note}, {length} of a whole note long, "
            "before bar 1."
        ),
        "有弱起（第0小节）：在第1小节之前有{notes}个音，共长{length}个全音符。",
    ),
    "pickup why": (
        "It leads into the downbeat of bar 1, from {first:pitch} to {to:pitch} ({bars:bars}).",
        "它从{first:pitch}引向第1小节强拍上的{to:pitch}（{bars:bars}）。",
    ),
    "pickup made up": (
        "The last bar ({bars:bars}) is {short} of a whole note short and makes up for it.",
        "末小节（{bars:bars}）少{short}个全音符，与弱起互补。",
    ),
    "no pickup": (
        "There is no pickup: the tune begins on the downbeat of {bars:bars} with {what:word}.",
        "没有弱起：乐曲从{bars:bars}的强拍开始，先是{what:word}。",
    ),
    # -- counts ---------------------------------------------------------------------------------
    "count bars": (
        "The tune has {count:n bar} ({bars:bars}).",
        "乐曲共有{count}小节（{bars:bars}）。",
    ),
    "count pickup": (
        "A pickup stands before them as {bars:bars}, which is not counted.",
        "前面还有弱起（{bars:bars}），不计入。",
    ),
    "count played": (
        "With the repeats {played:n bar} are played ({bars:bars}).",
        "连同反复共演奏{played}小节（{bars:bars}）。",
    ),
    "count notes": (
        "The melody of {bars:bars} has {count:n note}, tied notes counted as one and repeats once.",
        "{bars:bars}的旋律有{count}个音（连音线相连的算一个，反复只算一遍）。",
    ),
    "count rests": (
        "The melody of {bars:bars} has {count:n rest}.",
        "{bars:bars}的旋律有{count}个休止符。",
    ),
    "count rests where": (
        "The rests stand in {bars:bars}.",
        "休止符在{bars:bars}。",
    ),
    "count letter": (
        "{note:pitch} comes {count:times} in the melody, in every octave together: in {bars:bars}.",
        "旋律中的{note:pitch}（各八度合计）出现{count:times}，在{bars:bars}。",
    ),
    "count letter none": (
        "The melody of {bars:bars} has no {note:pitch}.",
        "{bars:bars}的旋律中没有{note:pitch}。",
    ),
    "count length": (
        "The melody has {count:n note} of the length of {length:alength}, in {bars:bars}.",
        "旋律中有{count}个{length:length}，在{bars:bars}。",
    ),
    "count length none": (
        "The melody of {bars:bars} has no note of the length of {length:alength}.",
        "{bars:bars}的旋律中没有{length:length}。",
    ),
    "count chords": (
        "{count:n chord symbol} {stand:word} in {bars:bars}; {different} of them differ.",
        "{bars:bars}有{count}个和弦标记，其中{different}种不同。",
    ),
    "no chords": (
        "No chord symbols are written in {bars:bars}.",
        "{bars:bars}没有写和弦标记。",
    ),
    "count voices": (
        "The tune has {count:n voice} ({bars:bars}).",
        "乐曲有{count}个声部（{bars:bars}）。",
    ),
    "count sections": (
        "The tune has {count:n section}: {names:list} ({bars:bars}).",
        "乐曲有{count}段：{names:list}（{bars:bars}）。",
    ),
    "count phrases": (
        "The melody of {bars:bars} falls into {count:n phrase}, by rests, long notes and groups of bars.",
        "按休止、长音和小节组合来看，{bars:bars}的旋律分为{count}个乐句。",
    ),
    "pitches used": (
        "The melody of {bars:bars} uses {count:n different note name}: {names:notes}.",
        "{bars:bars}的旋律用了{count}个不同的音名：{names:notes}。",
    ),
}
