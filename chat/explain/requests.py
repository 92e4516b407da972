"""Which messages want something done rather than explained, however politely they ask.

"Could you make bar 5 minor?", "what about a jig in G?", "why not raise it an octave?" are no questions.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

_VERBS = (
    r"make|change|alter|transpose|add|remove|delete|erase|put|turn|set|raise|lower|sharpen|flatten|move|shift|rewrite|re-?write|replace|"
    r"repeat|double|halve|undo|redo|revert|restore|shorten|lengthen|extend|continue|harmoni[sz]e|reharmoni[sz]e|simplify|speed|slow|convert|swap|"
    r"cut|drop|insert|write|compose|generate|create|arrange|improvise|finish|complete|vary|ornament|decorate|fix|correct|repair|play|try|rename|"
    r"call|use|keep|lock|modulate|bring|take|get rid|fill|copy|paste|duplicate|split|merge|join|swing|straighten|invert|reverse|liven|brighten|darken|"
    r"spice|jazz|give it|give the|give bars?|go back|come up|produce|build|invent|sing|save|export|print|open|load|reset|start over|let it|have it|redo|do it|do that|do one|end|start|begin|close"
)
_PLAIN_VERBS = _VERBS.replace("|finish|complete", "|finish").replace("|use|keep", "|use|keep")
_GERUNDS = (
    r"making|changing|transposing|adding|removing|deleting|putting|turning|setting|raising|lowering|moving|shifting|rewriting|"
    r"replacing|repeating|doubling|halving|shortening|lengthening|extending|continuing|harmoni[sz]ing|simplifying|speeding|slowing|"
    r"writing|composing|creating|arranging|trying|using|giving|having|ending|starting|varying|going"
)
_ADVERBS = r"(?:please |pls |also |perhaps |maybe |just |kindly |possibly |now |then |first |quickly |at least |again )*"
_EXPLAINING = re.compile(
    r"\banaly[sz]|\banalysis\b|\bessay\b|\bcommentary\b|\b(?:programme|program) note|\bsummary\b|\boverview\b|\bdescription\b|\bexplanation\b"
    r"|\bgive (?:me |us )?(?:all )?the (?:roman|chords?|key|names?|notes|form|range|meter|metre|intervals?|degrees?|scale|structure|cadences?|functions?|harmon)"
    r"|\b(?:write|put|list|spell)\s+(?:out|down)\b|\bwrite (?:the|me the|all the) (?:notes|chords|roman|scale|degrees|names)\b|\bmake sense\b|\bmake (?:it|this|that|the \w+|bars? [\d-]+) (?:sound|feel|so)\b.*\?"
    r"|\b(?:take|bring) (?:me|us) through|\bhelp me (?:understand|see|hear)"
)
_REQUESTS = re.compile(
    rf"^(?:can|could|would|will|won't|wouldn't|couldn't|can't) (?:you|u|ya|we) {_ADVERBS}(?:try to |try and |help me (?:to )?)?(?:{_VERBS})\b"
    r"|^(?:can|could|may|might) (?:i|we) (?:please |maybe |also )?(?:have|get|hear|see) (?:an?|some|another|two|three|four|it|this|the (?!key|chords|notes|form|roman|answer|definition|name|names)\w+)\b(?! (?:analysis|explanation|example of an?|list|overview|summary))"
    rf"|^(?:can|could|should|shall|may) (?:i|we|it|this|bars? \S+|the \w+(?: \w+)?) {_ADVERBS}(?:be (?:made|changed|transposed|written|moved|slower|faster|louder|longer|shorter|in|more|less|a bit|raised|lowered|rewritten)|{_GERUNDS}|make|change|transpose|add|remove|rewrite|end on|end with|start with|go up|go down|go higher|go lower|go faster|go slower|get|become|have (?:an?|more|less|some))\b"
    rf"|^(?:why not|why don't (?:you|we)|why can't (?:you|we)|let's|let us|shall we|what do you say to|would you mind|do you mind|mind|is it possible to|are you able to|would it be possible to|any chance (?:you|of)|do you think you (?:can|could))\b(?!.{{0,8}}\b(?:play(?:ed)? (?:it|this|that) (?:on|with)|tell|explain|say|know|be played|analy[sz]|describ|discuss|talk|look at|compare))"
    rf"|^(?:how|what) about (?:an?|some|another|in|with|without|the same|something|more|less|{_GERUNDS})\b"
    r"|^(?:how|what) about .*\binstead\b|^(?:how|what) about [a-g](?:[ -]?(?:flat|sharp)|[#b])? (?:major|minor)|^show me the (?:abc|score|notation|sheet)"
    r"|^(?:i(?:'d| would)? (?:want|like|love|need|prefer|wish)|i'd like|i am looking for|i'm looking for|we need|we want)\b(?! to (?:know|understand|learn|find out|see (?:why|how|what)|hear (?:why|how|what|about)|ask|be told)| (?:an?|some|the|your|a (?:short|full|detailed|style|brief)) (?:\w+ )?(?:analysis|explanation|overview|summary|description))"
    r"|^(?:give|show|send|play|sing|bring|get) (?:me|us) (?:an?|some|another|two|three|four|five|\d+|something)\b(?! (?:\w+ )*?(?:analysis|explanation|example|overview|summary|description|list|definition|reason|breakdown|rundown|report|hint|idea of (?:the|its|how)|scale|table))"
    rf"|^(?:{_PLAIN_VERBS})\b"
    rf"|(?:,|;|\.|!|\band|\bthen|\bplease|\bbut) {_ADVERBS}(?:make|change|transpose|add|remove|delete|rewrite|compose|replace|raise|lower|slow|speed|harmoni[sz]e|extend|shorten)\b (?:it|the|this|that|them|bars?|measures?|an?|some|up|down|chords?|to|everything)"
    r"|^(?:more|less|slower|faster|louder|softer|higher|lower|happier|sadder|shorter|longer|another|again|one more|two more|three more|instead|not(?! (?:sure|certain|clear))|no)\b"
)
_ZH_QUESTION = re.compile(
    r"为什么|为何|为啥|如果|假如|要是|假设|会怎|怎么(?:写|作|转|配|练|改写|分析|判断|看|理解)|如何|怎样(?:写|转|配|判断)|谁(?:写|作)|什么|多少|哪|意思|分析|解释|讲解|说明|介绍|赏析|"
    r"(?:改|变)了|区别|不同|比较|对比|是不是|有没有|几"
)
_ZH_REQUEST = re.compile(
    r"(?:把|将).{1,30}(?:改|变|换|移|升|降|调|加|去|删|写|转|放慢|加快|提高|重|做|延长|缩短|弄)"
    r"|(?:帮我|给我|替我|为我|请|我想要?|我要|来|能不能|能否|可以|可否|可不可以|你能|能)?.{0,8}(?:写|作|创作|谱写|谱|编|生成|来|做|弄)(?:一|1|个|首|段|两|三|几|点|些)"
    r"|^(?:改成|改为|改|变成|换成|换|转成|移到|移高|移低|移|升高|降低|提高|加上|加|添加|添|删|去掉|去除|重写|续写|延长|缩短|撤销|恢复|回到|重做|加快|放慢|快一?[点些]|慢一?[点些]|再|写|创作|生成|播放|保存|导出)"
    r"|(?:能|可以|可否|能否|是否可以).{0,14}(?:改成|改为|变成|换成|转调到|移调|移|升高|降低|加上|加点|加个|删|去掉|重写|写|转成|转到|快一?[点些]|慢一?[点些]|高一?[点些]|低一?[点些]|配上|添)"
    r"|^(?:能不能|可不可以|可以|能否|可否)(?!.*[讲说解释]).{1,6}一?[点些](?:[吗?,，吧]|$)"
    r"|(?:更|再)(?:快|慢|高|低|欢快|悲伤|活泼|抒情|激动|明亮|暗|简单|复杂|长|短)(?:一?[点些])?(?:吧|好吗|可以吗|$)"
    r"|^(?:我想|我要|我希望|想要|要)(?!知道|了解|问|明白|学|听听你|请教)"
)
_ZH_COMPOSES = re.compile(
    r"(?:帮我|给我|请|为我|替我)(?:写|创作|谱|编|生成|来|作)(?!.{0,8}(?:分析|赏析|说明|解释|介绍))"
)


def is_request(lower: str) -> bool:
    """Whether a message in lower case wants something composed or changed.

    >>> is_request("what about a jig in g?"), is_request("can you tell me the key?"), is_request("把它改成小调好吗")
    (True, False, True)
    """
    if _ZH_COMPOSES.search(lower):
        return True
    if re.search(r"[\u4e00-\u9fff]", lower):
        if _ZH_REQUEST.search(lower) and not _ZH_QUESTION.search(lower):
            return True
        if not re.search(r"[a-z]{3}", lower):
            return False
    return bool(_REQUESTS.search(lower)) and not _EXPLAINING.search(lower)
