"""Messages that are not about a tune: greetings, thanks, insults, a wish for ideas, other matters."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

_HELP = re.compile(
    r"^(?:(?:please|ok(?:ay)?|so|well|right|and|but|um|now then|alright|sorry)[,.!]* )*(?:help(?: me)?(?: please)?|hi(?: there)?|hello(?: there)?|hey(?: there)?|yo|good (?:morning|afternoon|evening)|hiya|greetings|(?:what can (?:you|i) (?:actually |really |even |possibly )?do|what do you (?:actually |really )?do|what (?:is it|else is it) (?:that )?you (?:do|can do)|what are you (?:actually |really )?(?:for|able to do|capable of|good (?:at|for))|what (?:all )?can i (?:ask|say)(?: (?:to )?you)?|tell me what you(?: can)? do|what(?:'s| is) this (?:thing|site|page|app|tool|program|website|all about|for)(?: for| do)?|what does (?:this|it) do)(?: here| for me| for us| with (?:it|this)| exactly)*|how (?:does|do) (?:this|it|you) work|how do i (?:start|use (?:this|it))|(?:hi(?:ya)?|hey|hello|yo)?[, ]*(?:how(?:'s| is) it going|how are (?:you|things|ya)(?: doing)?(?: today)?|what's up|sup|how do you do|nice to meet you)|who are you|what are you|what is this|instructions|commands|menu|test"
    r"|(?:你好|您好|嗨)?[, ]*(?:最近(?:怎么样|好吗|如何)|你好吗|吃了吗|早上好|晚上好|下午好)|你好|您好|嗨|哈喽|帮助|救命|(?:所以|那|那么)?你(?:到底|究竟|都|还)*(?:能|会|可以)(?:帮我)?(?:做|干)?(?:些|点)?(?:什么|啥)(?:呢|呀|啊)?|这(?:个)?(?:网站|软件|东西|工具|页面)?是?(?:做什么|干什么|干嘛|干啥|什么)(?:用)?的?|你是谁|怎么用|如何使用|怎么开始|在吗)[\s!.?,~]*(?:你能做什么|你是谁)?[\s!.?~]*$"
)
_PRAISE = frozenset(
    ["thanks", "thank", "great", "nice", "good", "lovely", "beautiful", "perfect", "wonderful", "cool", "love", "like", "excellent", "amazing", "awesome", "brilliant", "fantastic", "superb", "gorgeous", "bravo", "cheers", "ta", "thx", "ty", "fab", "sweet", "neat", "yay", "haha", "lol"]
)  # fmt: skip
_COMPANY = frozenset(
    ["that", "this", "is", "s", "it", "i", "so", "very", "really", "you", "wow", "oh", "much", "sounds", "the", "tune", "a", "lot", "and", "well", "done", "yes", "ok", "okay", "just", "what", "wanted", "song", "piece", "one", "for", "now", "job", "work", "my", "god", "omg", "absolutely", "truly", "exactly", "are", "we", "ve", "ll", "re", "m", "be", "to", "of", "hi", "hello", "there", "everyone", "all"]
)  # fmt: skip
_PLEASED = re.compile(
    r"\bthat(?:'s| is|'ll| will)? (?:do|be fine)(?: nicely| fine| for me| for us| for now| for today)*\b|\bthanks? (?:a million|a bunch|a lot|so much|very much)\b|\bno worries\b|\ball (?:good|sorted|set)\b|^(?:right,? |ok(?:ay)?,? |ah |oh )?(?:sound|grand|class|sorted|mint|ace|deadly|savage|magic|lush|brill|legend|smashing|champion|spot on|bang on|top notch|happy (?:with|out)(?: (?:it|that|this))?)(?=[,.! ]*(?:$|as a pound|job\b|work\b|one\b|cheers|thanks?|ta\b|thx|ty\b|mate|lads?|pal|stuff|man|you|that))|(?<=\w)[,. ]+(?:mate|pal|lads|man|buddy|friend|folks|everybody|stuff)(?=[,.! ]|$)"
)
"""Being pleased as people say it; alone or among other words of thanks."""
_PRAISE_ZH = re.compile(
    r"好听|不错|真?好(?:的)?|很?棒|喜欢|谢谢|感谢|漂亮|优美|真?美|厉害|完美|赞|满意|多谢|辛苦了?|太好了|爱了"
)
_COMPANY_ZH = re.compile(
    r"哇|哦|好的|好嘞|行|可以|没问题|老师|大家|嘞|啦|咯|哈|嗯|这|那|很|真|太|非常|十分|特别|的|是|个|首|曲子|歌|我|你|您|写得|做得|了|啊|吧|极|呀|就|一下|都|[\s,.!?~]"
)
_INSULT = re.compile(
    r"^(?:you(?:'re| are)? (?:\w+ ){0,2}|this is (?:\w+ )?|what a |that(?:'s| is|s)? (?:\w+ )?|it(?:'s| is) (?:\w+ )?)?(?:stupid|idiot|useless|dumb|suck|sucks|rubbish|garbage|trash|crap|awful|terrible|horrible|bad|worst|ugly|shit|hate (?:it|this|you))(?: (?:bot|thing|machine|computer|program|tune|song|music))?[\s!.]*$|^i hate (?:it|this|you)[\s!.]*$|^(?:你|这|真|太|好|个)*(?:笨|蠢|垃圾|难听|烂|没用|傻|废物)(?:死了|透了|了|啊|[!.])*$"
)
_IDEAS = re.compile(
    r"\b(?:no|lack(?:ing)?|out of|need(?: some)?|without|looking for|short on|want(?: some)?) (?:any )?inspiration\b|\binspire me\b|\bstuck\b(?! in)|\bwriter'?s block\b|\b(?:give|suggest|have|any|some|need|got|show|brainstorm|propose|share|want)(?: me| us)?(?: any| some| a few| \w+)? ideas?\b|\bideas (?:first|please|for)\b|\bwhat (?:should|could|can) (?:i|we) (?:write|compose|make|start|ask)\b|\bi don'?t know what (?:to|i)\b|\bsuggest (?:something|some|a few)\b"
    r"|没有?(?:什么)?灵感|缺(?:乏|少)?灵感|给(?:我|点|些|几个)*(?:点|些|几个)?(?:灵感|主意|点子|想法|建议)|有什么(?:主意|点子|建议|想法)|不知道写什么|写什么好"
)
_TUNES = re.compile(
    r"\brecommend\b|\brecommendations?\b|\bsimilar (?:tunes?|songs?|pieces?|melod(?:y|ies))|\b(?:tunes|songs|pieces|melodies|something|anything|others?|music) (?:that (?:is|are|sounds?) )?(?:like|similar to) (?:this|it|that|mine|my)|\bfind (?:me )?(?:some |a few |other |three |\d+ )?(?:tunes?|songs?|pieces?|jigs?|reels?|music)\b|\bwhat (?:else )?should i (?:study|learn|practi[cs]e|play|listen to)\b|\bhow close is\b|\bis (?:this|it|my tune) (?:original|plagiari\w+|known|like any)|\bdoes (?:this|it) (?:already exist|resemble|sound like (?:any|some))|\bsearch (?:the )?(?:library|catalogue|for)\b|\bplagiaris"
    r"|推荐|类似的(?:曲|歌|音乐)|相似的|像这(?:首|样)的(?:曲|歌)|找(?:几首|一些|一首|些)(?:曲|歌)?|有没有类似|学什么曲|抄袭|撞曲|有多(?:像|接近|相似)\S{0,4}(?:已知|别的|其他|现有|任何)|(?:跟|和|与)(?:已知|别的|其他|现有|任何)\S{0,6}(?:有多)?(?:像|接近|相似|雷同)|原创(?:吗|性)"
)
_OTHER = re.compile(
    r"\b(?:order|buy|book|reserve|deliver|ship|send) me (?:an? |some |a new |new |two )|\b(?:malware|virus|exploit|you are now|pretend (?:to be|you)|act as|roleplay|resignation|cover letter|report|poem without|weather|forecast|raining|president|landlord|boiler|mortgage|headache|toothache|divorce|visa|passport|stocks?|shares|invest\w*|bitcoin|crypto\w*|taxes|recipe|cook(?:ing)?|python|javascript|html|sql|code|script|essay|homework|email|translate|capital of|football|soccer|news|movie tickets|joke|math|equation|calculate|password|system prompt|your (?:prompt|instructions)|api key|ignore (?:all |the |your )?(?:previous|prior|above)|jailbreak|hack|bomb|medicine|diagnos\w+|legal advice|lawyer|flight|hotel|phone number|\d+\s*[+*x]\s*\d+)\b"
    r"|房东|暖气|减肥|头疼|感冒|离婚|签证|股市|天气|总统|股票|下雨|下雪(?!的)|气温|几点了?|星期几|菜谱|代码|编程|翻译|首都|新闻|笑话|数学题|密码|提示词|系统提示|作业|论文|辞职|报告|邮件|简历|作文|小说|情书|请假条|合同|电影票|酒店|机票"
)
_CODE = re.compile(
    r"<\s*/?\s*\w+[^>]*>|\{\{|\}\}|\$\{|\{%|;\s*--|\bdrop table\b|\bselect \*|\bunion select\b|\bon(?:error|load|click)\s*=|javascript:|\.\./|/etc/|\brm -rf\b|\bimport os\b|__\w+__|https?://"
)
_MUSICAL = re.compile(
    r"\b(?:tunes?|songs?|music|melod\w+|compose|waltz|jig|reel|march|chords?|bars?|lullaby|sing|notes?)\b|曲|歌|音乐|旋律|和弦|小节"
)


_LIFE = re.compile(
    r"\b(?:what|how|who|where|when|which|why) (?:are|is|do|does|should|can|could|would|must|to)\b|\b(?:should|can|could|must|may) i\b|\bhow (?:much|many|long|often)\b|怎么办|怎么(?!说)|如何|该不该|要不要|能不能|哪(?:里|儿|个|家)|什么|多少钱|会不会|吗[?？。.!]*$|不[?？。.!]*$|几(?:点|号|度)|星期几|\bwho (?:won|is|was|will)\b|\b(?:is it going to|will it|is it gonna|did it) (?:rain|snow|be (?:sunny|cold|warm|hot))\b"
)
_ABOUT_MUSIC = re.compile(
    r"\b(?:\w*tun(?:e|es|ing)|songs?|music\w*|melod\w+|compos\w+|waltz\w*|jigs?|reels?|march\w*|polkas?|hornpipes?|chords?|bars?|measures?|lullab\w+|sing\w*|sung|notes?|keys?|scales?|major|minor|sharps?|flats?|rhythm\w*|beats?|tempo|metre|meter|harmon\w+|cadenc\w+|intervals?|octaves?|piano|guitar|violin|fiddle|flute|clarinet|trumpet|sax\w*|cello|viola|recorder|whistle|drums?|choir\w*|instruments?|voices?|abc|midi|score|sheet|staff|stave|clef|rests?|pitch\w*|play\w*|practi[sc]\w+|perform\w*|concert|band|orchestra|ear|lyrics|verse|chorus|bridge|you|your|tunewright|app|page|write|make|create|capo|tab|mode|modes|theory|degree|triad|seventh|dominant|tonic|minim|crotchet|quaver\w*|semiquaver\w*|dots?|dotted|ties?|slurs?|repeat\w*|jazz|blues|folk|classical|rock|pop|bach|mozart|beethoven|[b-g](?:#|b)?(?:m|7|maj7)?|a(?:#|b|m|7|maj7))\b|(?<![a-z])[a-g](?![a-z])(?<!a)|曲|歌|词|音|乐|旋律|和弦|小节|调|拍|唱|弹|吹|拉|奏|谱|节奏|琴|鼓|笛|箫|号|乐器|和声|终止|指法|弓|弦|您|你|写|作|创|练|听|演|八度|半音|休止|反复|速度|力度"
)


def asks_of_life(lower: str) -> bool:
    """Whether a message asks something in which nothing is of music: a landlord, a headache, dinner.

    >>> asks_of_life("my landlord wont fix the boiler, what are my rights"), asks_of_life("what are the rights of a fugue's notes")
    (True, False)
    """
    return (
        len(lower) < 200
        and _LIFE.search(lower) is not None
        and _ABOUT_MUSIC.search(lower) is None
        and not asks_for_help(lower)
    )


_WHAT_TO_ASK = re.compile(
    r"\bwhat (?:sort of things |kind of things |things |else )?(?:can|should|could|do|might) i (?:even |actually |possibly )?(?:ask|say to|tell|type|request)(?: (?:to )?you)?(?: for| about| to do| in here| here)?[?.! ]*$|(?:我)?(?:能|可以|该)(?:问|让)你(?:做|干|写)?(?:些|点)?什么[呢呀?。]*$"
)


def asks_for_help(lower: str) -> bool:
    """A greeting, or a question what this is."""
    return _HELP.match(lower) is not None or (
        len(lower) < 160 and _WHAT_TO_ASK.search(lower) is not None
    )


def is_praise(lower: str) -> bool:
    """Whether a message only says that something is liked, or thanks."""
    if re.search(r"[\u4e00-\u9fff]", lower):
        rest = _PRAISE_ZH.sub("", lower)
        return rest != lower and not _COMPANY_ZH.sub("", rest)
    said, pleased = _PLEASED.subn(" ", lower)
    words = set(re.findall(r"[a-z]+", said))
    return bool(pleased or _PRAISE & words) and words <= _PRAISE | _COMPANY


def is_insult(lower: str) -> bool:
    """Whether a message only says that something is bad, or that we are."""
    return _INSULT.match(lower) is not None


_CHECK = re.compile(
    r"^(?:so |ok,? |please )*(?:is|was|are) (?:this|it|that|my (?:tune|homework|abc|notation|rhythm)|these|the (?:rhythm|notation|bars?)) (?:\w+ )?(?:right|correct|valid|ok(?:ay)?|wrong|fine)\b(?! (?:for|to|on|if|with|as)\b)|\b(?:any|are there|find(?: the)?|see(?: any)?|spot) (?:the )?(?:mistakes?|errors?|problems?)\b|\bproof-?read\b|\b(?:check|validate) (?:it|this|that|my|the (?:tune|notation|rhythm|bars?|abc))\b|\bwhat(?:'s| is) wrong with (?:it|this|that|my)\b|\bdid i (?:get|do|write) (?:it|this|that) right\b|\bdo (?:the|all) (?:the )?bars add up\b|\b(?:too many|too few|not enough|extra|missing|the wrong number of|one too many) beats?\b(?=.{0,60}(?:\?|\bwhich|\bwhere|\bbars?\b|\bmeasures?\b))|^(?:is|are) (?:bars?|measures?) \d+(?: (?:and|to|-) ?\d+)? (?:complete|full|long enough|too (?:long|short))\b|\b(?:which|what|any|are there) bars?\b[^?]{0,24}\b(?:too (?:long|short)|wrong length|does(?:n't| not) add up|do(?:n't| not) add up|incomplete|(?:a )?beats? (?:short|over|missing|too))"
    r"|(?:哪|有没有).{0,8}小节.{0,8}(?:多|少|不够|缺|超)(?:了|出)?(?:[一半两几]?拍|拍子)|拍(?:子|数)(?:对不对|不对|多了|少了|不够|对得?上)|小节.{0,6}拍(?:子|数)?(?:不对|对不上|多了|少了|不够|有问题)|(?:每(?:个|一)?小节|小节).{0,6}(?:拍(?:子|数)?)(?:都)?(?:对|够|满)(?:吗|不对|不)"
    r"|(?:有没有|有什么)(?:错|问题)|(?:写|记)得?对(?:吗|不对)|对不对|检查(?:一下)?|哪里(?:错|不对)|是否正确|正确吗|帮我(?:看看|检查)(?:有没有错)?$"
)


def asks_for_check(lower: str) -> bool:
    """Whether somebody wants to know if their music is right."""
    return _CHECK.search(lower) is not None


_FILES = re.compile(
    r"^(?:please |now |can (?:i|you) |could (?:i|you) |how (?:do|can) i |i want to |i'd like to |ok,? )*(?:print|download|save|export|share)\b[^.;]{0,30}?(?:\b(?:it|this|that|pdf|midi|mp3|wav|file|score|sheet(?: music)?|musicxml|abc|link|tune)\b|$)(?!.*\b(?:version|bars?)\b)"
    r"|^(?:请|帮我|怎么|如何|我想)?(?:打印|下载|保存|导出|分享|另存)"
)


def asks_for_files(lower: str) -> bool:
    """Whether somebody wants the tune as a file or on paper: the page does that."""
    return _FILES.search(lower) is not None and len(lower) < 60


def asks_for_ideas(lower: str) -> bool:
    """Whether ideas are wanted before notes."""
    return _IDEAS.search(lower) is not None


def asks_for_tunes(lower: str) -> bool:
    """Whether known tunes are wanted: recommendations, likeness, search."""
    return _TUNES.search(lower) is not None


def is_about_other_things(lower: str) -> bool:
    """Whether a message is about matters that are none of ours."""
    return _OTHER.search(lower) is not None and _MUSICAL.search(lower) is None


def looks_like_code(lower: str) -> bool:
    """Markup, templates and commands: nothing that a person would say about music."""
    return _CODE.search(lower) is not None
