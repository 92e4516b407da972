"""What is said of single notes, harmony, motifs, players and names of a tune, and to children."""

# ruff: noqa: E501 - a wrapped sentence is harder to read than a long line
from __future__ import annotations

SAYINGS: dict[str, tuple[str, str]] = {
    # -- notes ----------------------------------------------------------------------------------
    "highest": (
        "The highest note is {note:pitch}, in {bars:bars}.",
        "最高音是{note:pitch}，在{bars:bars}。",
    ),
    "lowest": (
        "The lowest note is {note:pitch}, in {bars:bars}.",
        "最低音是{note:pitch}，在{bars:bars}。",
    ),
    "range": (
        "The melody of {bars:bars} ranges from {low:pitch} to {high:pitch}: {interval:interval}.",
        "{bars:bars}的旋律从{low:pitch}到{high:pitch}，音域为{interval:interval}。",
    ),
    "longest": (
        "The longest note value is {length:alength}: {notes:notes}, in {bars:bars}.",
        "最长的音是{length:length}：{notes:notes}，在{bars:bars}。",
    ),
    "shortest": (
        "The shortest note is {length:alength}, in {bars:bars}.",
        "最短的音是{length:length}，在{bars:bars}。",
    ),
    "one length": (
        "Every note of {bars:bars} is {length:alength}.",
        "{bars:bars}的每个音都是{length:length}。",
    ),
    "notes of": (
        "The melody of {bars:bars} is {notes:pitches}.",
        "{bars:bars}的旋律是{notes:pitches}。",
    ),
    "silence": (
        "In {bars:bars} the melody is silent.",
        "{bars:bars}的旋律休止。",
    ),
    "degrees of": (
        "In {bars:bars} the melody goes through the degrees {degrees:pitches} of {key:key}.",
        "{bars:bars}的旋律在{key:key}中依次是第{degrees:pitches}级音。",
    ),
    "rhythm of": (
        "The rhythm of {bars:bars} is {count:n note} with the lengths {lengths:pitches} (of a whole note).",
        "{bars:bars}的节奏：{count}个音，时值依次是{lengths:pitches}（以全音符为1）。",
    ),
    "climax": (
        "The climax is {note:pitch} in {bars:bars}, the highest note, after {percent} % of the tune.",
        "高潮是{bars:bars}的{note:pitch}，即全曲最高音，位于全曲{percent}%处。",
    ),
    "no climax": (
        "There is no single climax: the highest note, {note:pitch}, comes {count:times}, in {bars:bars}.",
        "没有唯一的高潮：最高音{note:pitch}出现{count:times}，在{bars:bars}。",
    ),
    "intervals": (
        (
            "Of the {moves:n move} of the melody ({bars:bars}) {steps} are by step, {leaps} by leap and "
            "{repeats} "
            "repeat the note."
        ),
        "{bars:bars}的旋律共有{moves}次进行：级进{steps}次，跳进{leaps}次，同音{repeats}次。",
    ),
    "alike": (
        "Note for note, {bars:bars} are alike.",
        "{bars:bars}完全相同。",
    ),
    "none alike": (
        "No two bars of {bars:bars} are alike.",
        "{bars:bars}没有两个相同的小节。",
    ),
    "unlike": (
        "No other bar is the same as {bars:bars}.",
        "没有别的小节与{bars:bars}相同。",
    ),
    "outside": (
        "Outside the signature of {key:key} {verb:word} {notes:notes}, in {bars:bars}.",
        "{key:key}调号之外的音有{notes:notes}，在{bars:bars}。",
    ),
    "none outside": (
        "Every note of the melody in {bars:bars} belongs to the signature of {key:key}.",
        "{bars:bars}旋律的每个音都在{key:key}的调号之内。",
    ),
    "chord tones": (
        "In {bars:bars}, over {chord:signs}, chord tones are {notes:notes}.",
        "{bars:bars}在{chord:signs}上，和弦音是{notes:notes}。",
    ),
    "no chord tones": (
        "In {bars:bars}, over {chord:signs}, no melody note is a chord tone.",
        "{bars:bars}在{chord:signs}上没有和弦音。",
    ),
    "passing notes": (
        (
            "In {bars:bars}, over {chord:signs}, {notes:notes} {verb:word} by step from one side to the "
            "other: {noun:word}."
        ),
        "{bars:bars}在{chord:signs}上，{notes:notes}是经过音（级进经过）。",
    ),
    "neighbour notes": (
        (
            "In {bars:bars}, over {chord:signs}, {notes:notes} {verb:word} a step away from the same note "
            "before and after: "
            "{noun:word}."
        ),
        "{bars:bars}在{chord:signs}上，{notes:notes}是辅助音（离开一级又回到原音）。",
    ),
    "other notes": (
        (
            "In {bars:bars}, over {chord:signs}, {notes:notes} {verb:word} outside the chord and neither "
            "passing nor "
            "neighbour {noun:word}."
        ),
        "{bars:bars}在{chord:signs}上，{notes:notes}是和弦外音，但既非经过音也非辅助音。",
    ),
    "note degree": (
        "{note:pitch} is {degree:degree} of {key:key} and sounds in {bars:bars}.",
        "{note:pitch}是{key:key}{degree:degree}，出现在{bars:bars}。",
    ),
    "note in chord": (
        "In {bars:bars} it sounds over {chord:signs}, where it is {what:word}.",
        "在{bars:bars}，它在和弦{chord:signs}上，是{what:word}。",
    ),
    "chord somewhere": (
        "The search for {what:word} finds {chords:chords} in {bars:bars}.",
        "{what:word}：在{bars:bars}找到{chords:chords}。",
    ),
    "chord nowhere": (
        "Among the chords of {bars:bars} I find none that is {what:word}.",
        "{bars:bars}的和弦中没有{what:word}。",
    ),
    "players": (
        "In the usual range of these instruments lies every note of {bars:bars}: {names:words}.",
        "{bars:bars}的每个音都在这些乐器的常用音域内：{names:words}。",
    ),
    "no players": (
        "No instrument of my table has every note of {bars:bars} in its usual range.",
        "我的表里没有一种乐器的常用音域包含{bars:bars}的所有音。",
    ),
    # -- harmony --------------------------------------------------------------------------------
    "chords of": (
        "The chords of {bars:bars} are {chords:chords}; in Roman numerals {numerals:chords} (in {key:key}).",
        "{bars:bars}的和弦是{chords:chords}，罗马数字为{numerals:chords}（{key:key}）。",
    ),
    "chord of": (
        "The chord of {bars:bars} is {chord:signs}, which is {numeral:signs} in {key:key}.",
        "{bars:bars}的和弦是{chord:signs}，在{key:key}中是{numeral:signs}。",
    ),
    "chord notes": (
        "{chord:signs} has the notes {notes:notes}, as in {bars:bars}.",
        "{bars:bars}的{chord:signs}由{notes:notes}组成。",
    ),
    "chord held": (
        "No new chord stands in {bars:bars}; {chord:signs} from {since:bars} goes on.",
        "{bars:bars}没有新的和弦，{since:bars}的{chord:signs}延续下来。",
    ),
    "implied": (
        (
            "No chord symbols are written; chords that would fit the melody of {bars:bars} are {chords:chords} "
            "({numerals:chords} in {key:key})."
        ),
        "谱上没有和弦标记；适合{bars:bars}旋律的和弦是{chords:chords}（在{key:key}中是{numerals:chords}）。",
    ),
    "cadence": (
        "The phrase of {bars:bars} closes with {name:word}.",
        "{bars:bars}的乐句以{name:word}收束。",
    ),
    "cadence chords": (
        "The phrase of {bars:bars} closes with {name:word}: {chords:chords} ({numerals:chords} in {key:key}).",
        "{bars:bars}的乐句以{name:word}收束：{chords:chords}（在{key:key}中是{numerals:chords}）。",
    ),
    "no cadence": (
        "No phrase ends in {bars:bars}; the nearest phrase ends are in {near:bars}.",
        "{bars:bars}没有乐句结束；最近的句末在{near:bars}。",
    ),
    "no modulation": (
        (
            "The tune stays in {key:key}: in {bars:bars} neither the signature nor the notes leave it for "
            "two bars."
        ),
        "乐曲一直是{key:key}：{bars:bars}的记谱和音符都没有离开它达两小节以上。",
    ),
    # -- motif, players, names ------------------------------------------------------------------
    "no motif": (
        "No figure of four notes or more returns in {bars:bars}.",
        "{bars:bars}中没有四个音以上的音型再现。",
    ),
    "motif": (
        "The figure {notes:notes} from {first:bars} comes {times:times} in all: in {bars:bars}.",
        "{first:bars}的音型{notes:notes}共出现{times:times}，在{bars:bars}。",
    ),
    "triplets none": (
        "There are no triplets in {bars:bars}.",
        "{bars:bars}没有三连音。",
    ),
    "playable": (
        (
            "Every note of {bars:bars} is in the usual range of the {player:word}: {low:pitch} to "
            "{high:pitch} as it sounds."
        ),
        "{bars:bars}的每个音都在{player:word}的常用音域内：实际音高{low:pitch}到{high:pitch}。",
    ),
    "playable octave": (
        (
            "An octave {way:word} the notes of {bars:bars} lie in the usual range of the {player:word}: "
            "{low:pitch} to "
            "{high:pitch} as it sounds."
        ),
        (
            "{way:word}一个八度后，{bars:bars}的音都在{player:word}的常用音域内："
            "实际音高{low:pitch}到{high:pitch}。"
        ),
    ),
    "unplayable": (
        (
            "The {player:word} usually reaches {low:pitch} to {high:pitch} as it sounds; {outside:notes} in "
            "{bars:bars} "
            "{verb:word} outside."
        ),
        "{player:word}的常用音域是实际音高{low:pitch}到{high:pitch}；{bars:bars}的{outside:notes}在此之外。",
    ),
    "playable written": (
        (
            "Every note of {bars:bars} is in the usual range of the {player:word}: {low:pitch} to {high:pitch} as it is "
            "written for it (it sounds {sounds:word} what is written)."
        ),
        "{bars:bars}的每个音都在{player:word}的常用音域内：按记谱是{low:pitch}到{high:pitch}（实际发音{sounds:word}）。",
    ),
    "playable octave written": (
        (
            "An octave {way:word} the notes of {bars:bars} lie in the usual range of the {player:word}: {low:pitch} to "
            "{high:pitch} as written."
        ),
        "{way:word}一个八度后，{bars:bars}的音都在{player:word}的常用音域内：按记谱是{low:pitch}到{high:pitch}。",
    ),
    "unplayable written": (
        (
            "The {player:word} usually reaches {low:pitch} to {high:pitch} as written (it sounds {sounds:word} that); "
            "{outside:notes} in {bars:bars} {verb:word} outside."
        ),
        (
            "{player:word}的常用音域按记谱是{low:pitch}到{high:pitch}（实际发音{sounds:word}）；"
            "{bars:bars}的{outside:notes}在此之外。"
        ),
    ),
    "half holes": (
        (
            "Outside the scale that the open holes of the {player:word} give ({scale:key}) {notes:notes} in {bars:bars} needs a half-covered hole or "
            "a cross-fingering."
        ),
        "{bars:bars}的{notes:notes}不在{player:word}按孔的音阶（{scale:key}）里，要半按孔或叉口指法。",
    ),
    "open holes": (
        "Every note of {bars:bars} is in the scale that the open holes of the {player:word} give, {scale:key}.",
        "{bars:bars}的每个音都在{player:word}按孔的音阶（{scale:key}）里。",
    ),
    "level": (
        "For a beginner it is of level {level} of 5, by the notes of {bars:bars}.",
        "按{bars:bars}的音符，对初学者来说难度为5级中的第{level}级。",
    ),
    "hard": (
        "What makes it harder: {why:word}, in {bars:bars}.",
        "难点：{why:word}，在{bars:bars}。",
    ),
    "title": (
        "The tune ({bars:bars}) is called “{title}”.",
        "这首曲子（{bars:bars}）叫“{title}”。",
    ),
    "no title": (
        "The tune ({bars:bars}) has no title.",
        "这首曲子（{bars:bars}）没有标题。",
    ),
    "composer": (
        "Its composer field says “{name}” ({bars:bars}).",
        "作曲者一栏写着“{name}”（{bars:bars}）。",
    ),
    "no composer": (
        "No composer is written for it ({bars:bars}).",
        "谱上没有写作曲者（{bars:bars}）。",
    ),
    "dance field": (
        "Its rhythm field (`R:`) says “{name}” ({bars:bars}).",
        "体裁一栏（`R:`）写着“{name}”（{bars:bars}）。",
    ),
    "term not there": (
        "In this tune ({bars:bars}) there is none.",
        "这首曲子（{bars:bars}）里没有。",
    ),
    "section": (
        "Section {name} is {bars:bars}{again:word}.",
        "{name}段是{bars:bars}{again:word}。",
    ),
    # -- for children ---------------------------------------------------------------------------
    "child bars": (
        "The tune has {count:n bar} ({bars:bars}); a bar is one small box of music between two upright lines.",
        "这首曲子有{count}小节（{bars:bars}）；小节就是两条竖线之间的一小格音乐。",
    ),
    "child meter": (
        "In {bars:bars} you can count {beats} in every bar: say “{count}” and make the 1 a little louder.",
        "在{bars:bars}，每小节可以数{beats}拍：数“{count}”，“1”要稍微重一点。",
    ),
    "child home": (
        "The home note is {note:pitch}: the tune comes home to it at its very end, in {bars:bars}.",
        "“家”音是{note:pitch}：曲子最后在{bars:bars}回到它，就像回家一样。",
    ),
    "child away": (
        "The home note is {home:pitch}, but the tune ends away from home, on {note:pitch} in {bars:bars}.",
        "“家”音是{home:pitch}，但曲子在{bars:bars}停在{note:pitch}上，没有回家。",
    ),
    "child colour": (
        (
            "The third note of its scale (its ladder of notes) is {size:word} above the home note, which "
            "most people hear as "
            "{colour:word}; listen in {bars:bars}."
        ),
        (
            "音阶（像梯子一样排好的音）的第三个音比“家”音{size:word}，很多人觉得听起来{colour:word}；"
            "可以听{bars:bars}。"
        ),
    ),
    "child range": (
        (
            "The highest note is {high:pitch} in {high_bars:bars}, and the lowest is {low:pitch} in "
            "{low_bars:bars}."
        ),
        "最高的音是{high_bars:bars}的{high:pitch}，最低的音是{low_bars:bars}的{low:pitch}。",
    ),
    "child moves": (
        (
            "From note to note the tune mostly {how:word} ({steps} times to a neighbour note, {leaps} times "
            "by a jump, "
            "{repeats} times the same note again, in {bars:bars})."
        ),
        (
            "一个音到下一个音，曲子大多是{how:word}（走到邻居音{steps}次，跳{leaps}次，"
            "重复同一个音{repeats}次，见{bars:bars}）。"
        ),
    ),
    "child again": (
        "Listen for music that comes again: {bars:bars} sound exactly the same.",
        "听听重复的地方：{bars:bars}一模一样。",
    ),
    "child repeat": (
        "The dots at the line mean “play it again”: {bars:bars} are played twice.",
        "竖线旁的两个点表示“再来一遍”：{bars:bars}要演奏两遍。",
    ),
    "child pace": (
        "In one minute there are {bpm} beats, which is {how:word} ({bars:bars}).",
        "一分钟有{bpm}拍，{how:word}（{bars:bars}）。",
    ),
    "commonest note": (
        "{name:pitch} comes most often: {count:times} among {of:n note}, in {bars:bars}.",
        "{name:pitch}出现最多：{of}个音里有{count}个，在{bars:bars}。",
    ),
    "commonest chord": (
        "{name:signs} comes most often: {count:times} among {of:n chord}, in {bars:bars}.",
        "{name:signs}出现最多：{of}个和弦里有{count}个，在{bars:bars}。",
    ),
    # -- advice to players: rules of thumb, each with the bars it is applied to -----------------
    "practise first": (
        "Practise {bars:bars} slowly first, for example at {bpm} beats a minute, then with the bars around.",
        "先慢练{bars:bars}，例如每分钟{bpm}拍，再和前后小节连起来。",
    ),
    "breathe": (
        "A phrase ends after {note:pitch} in {bars:bars}: a place to breathe.",
        "{bars:bars}的{note:pitch}之后乐句结束，可以在这里换气。",
    ),
    "longest breath": (
        "The longest phrase ({bars:bars}) lasts {seconds} seconds at this tempo.",
        "最长的乐句（{bars:bars}）按现在的速度是{seconds}秒。",
    ),
    "no breath": ("No phrase is found in {bars:bars}.", "{bars:bars}里没有找到乐句。"),
    "bow down": (
        "The tune begins on the first beat ({bars:bars}): by custom with a down-bow.",
        "从强拍开始（{bars:bars}）：按惯例用下弓。",
    ),
    "bow up": (
        "The tune begins before or off the first beat ({bars:bars}): by custom with an up-bow.",
        "不从强拍开始（{bars:bars}）：按惯例用上弓。",
    ),
    "bow against": (
        "With one bow a note, the first beat of {bars:bars} would fall on an up-bow; a slur before it sets that right.",
        "如果一音一弓，{bars:bars}的强拍会落在上弓；在它前面连两个音就能纠正。",
    ),
    "no fingering": (
        "I have no table of fingerings; a hand has to reach from {low:pitch} to {high:pitch} ({bars:bars}).",
        "我没有指法表；手要够到的范围是{low:pitch}到{high:pitch}（{bars:bars}）。",
    ),
    "interval notes": (
        "From {first:pitch} to {to:pitch} ({bars:bars}) it is {interval:interval}.",
        "从{first:pitch}到{to:pitch}（{bars:bars}）是{interval:interval}。",
    ),
    "no interval": ("There are no two notes in {bars:bars}.", "{bars:bars}里没有两个音。"),
    "scale of key": (
        "The scale of {key:key} fits {bars:bars}: {notes:notes}.",
        "{bars:bars}可以用{key:key}的音阶：{notes:notes}。",
    ),
    "guide tones": (
        "Over {chord:signs} ({bars:bars}) the third is {third:pitch} and the seventh {seventh:pitch}: guide tones.",
        "{chord:signs}（{bars:bars}）的三音是{third:pitch}，七音是{seventh:pitch}：它们是导引音。",
    ),
}
