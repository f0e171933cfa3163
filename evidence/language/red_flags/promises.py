"""Flags for what is promised: cures, superlatives, hope, the future, lasting results."""

from editorial.checks import Level
from evidence.language.red_flags.rule import JUDGED, PLAIN, PROVABLE, Excuse, rule

CURE = rule(
    "RF01",
    "Cure language",
    r"cur(?:e|es|ed|ing|able|ative)(?:-all)?",
    r"(?:permanently|completely|fully|totally|entirely) (?:heal|recover|free|gone|well)\w{0,4}",
    r"(?:full|complete|total|incredible|miraculous|astonishing) (?:recovery|healing)",
    r"(?:ms|lupus|symptom|disease|diabetes|arthritis|pain|relapse)-free",
    r"(?:entirely |completely |totally |forever )?free (?:of|from) <few>"
    r"(?:disease|ms|lupus|pain|symptoms|illness|arthritis|flares)",
    r"(?:get rid of|rid (?:yourself|you|your body) of|wipe[sd]? out|eradicat\w{1,4}|banish\w{0,3}"
    r"|vanquish\w{0,3}|obliterat\w{1,4}) <few>(?:<disease>|pain|symptoms|inflammation)",
    r"eliminat\w{1,4} (?:the |your |their |all |every )?(?:<disease>|pain|symptoms|flares)",
    r"(?:beat|beats|beating|defeat\w{0,3}|conquer\w{0,3}|overc(?:o|a)m(?:e|ing)|kick(?:ed)?)"
    r" (?:his |her |their |my |your )?<disease>",
    r"revers(?:e|es|ed|ing|al|ible)(?: <few>(?:<disease>|damage|decline|ag(?:e|e?ing)|symptoms"
    r"|years"
    r"|programme|program|autoimmun\w{1,4}|disability|paralysis))",
    r"(?:ms|lupus|diabetes|disease|age|damage|arthritis|autoimmune) reversal"
    r"|is \w{1,10} reversible",
    r"(?:say |said |saying |wave )good-?bye to",
    r"(?:end|ends|ending|stop|stops) (?:your|their|the) (?:pain|suffering|misery|nightmare|battle)",
    r"(?:the|an) end (?:of|to) <few>(?:suffering|pain|<disease>|flares)",
    r"gone (?:for good|forever)|(?:off|away|over|free|stop\w{0,4}) for (?:good|ever)",
    r"walk(?:s|ed|ing)?(?: and \w{1,10})? again|learn(?:ed|t)? to walk"
    r"|out of (?:\w{1,6} )?wheelchair",
    r"(?:back to|return(?:s|ed|ing)? to) <few>(?:normal|perfect health|full health)",
    r"perfect health|life without (?:pain|<drugs>|<disease>|limits|limitations|flares|symptoms)",
    r"(?:live|living|be|wake up|waking up) <few>without (?:pain|<drugs>|<disease>|fear|limits"
    r"|flares)",
    r"no longer (?:a life sentence|have|has|attacks?|suffers?|struggl\w{1,4}|lives?|need\w{0,2}"
    r"|depends?|dependent|bound|held|controls?|defines?|has to|requires?)",
    r"(?:permanent|lasting|lifelong|definitive|once-and-for-all) (?:solution|fix|healing|answer)",
    r"(?:turn|turns|turned|turning) (?:the |your |their )?<disease> around",
    r"(?:halt|halts|stop|stops|halting|stopping) <few>(?:<disease>|progression) (?:in its tracks"
    r"|dead)",
    r"no (?:trace|sign) of (?:the |my |her |his )?<disease> (?:left|remain\w{0,3}|after)",
    r"(?:i am|i'm|he is|she is|they are|patients are|now) (?:completely )?healed|were healed",
    r"scans? (?:are|is|were|was|came back) (?:now )?(?:clear|clean)",
    r"no more (?:pain|<drugs>|flares?|flare-ups|suffering|relapses|tablets|symptoms|daily|joint)",
    r"no <few>(?:pain|stiffness|fatigue|flares), no <few>(?:pain|stiffness|fatigue|tablets"
    r"|<drugs>)",
    r"a thing of the past|never (?:relapse|flare|hurt|suffer|worry)\w{0,3} again",
    r"(?:the |your )answer to <few>(?:<disease>|pain)|does not have to be the end",
    r"what(?:ever)? (?:the )?(?:disease|ms|lupus|illness) (?:stole|took|has taken)",
    level=Level.BLOCK,
    reason="No stem-cell treatment has been shown to cure an autoimmune disease. Say what a named "
    "study found, in how many people and for how long.",
    standard="FDA consumer notice 2021; EMA 2020; FTC 2018",
    excuses=PLAIN & ~Excuse.DENIED_WITHIN,
)

HYPE = rule(
    "RF02",
    "Superlatives",
    r"miracles?|miraculous\w{0,2}|game[- ]chang\w{1,3}|revolution(?:ary|s|i[sz]\w{1,4})?",
    r"break-?throughs?(?! (?:infection|bleeding|pain|therapy designation))",
    r"ground-?breaking|cutting[- ]edge|leading[- ]edge|state[- ]of[- ]the[- ]art|world[- ]class",
    r"(?:world[- ](?:leading|renowned|beating|famous)|world's (?:best|leading|first|most|finest|top"
    r"|highest|number))|leads? the world|number one|no\. ?1\b|#1|best[- ]in[- ]class"
    r"|second to none",
    r"remarkabl[ey]|extraordinar(?:y|ily)|incredibl[ey]|amazing\w{0,2}|astonish\w{0,5}"
    r"|astounding\w{0,2}|stunn(?:ing|ed)|phenomenal\w{0,2}|spectacular\w{0,2}|unprecedented"
    r"|unparalleled|unmatched|unrivall?ed|sensational|mind-blowing|jaw-dropping|marvell?ous\w{0,2}",
    r"(?:truly |simply |so )?(?:life|lives)[- ](?:changing|transforming|altering)|transformative",
    r"(?:chang|transform)(?:e|es|ed|ing) (?:my|your|her|his|their|our|thousands of|countless"
    r"|people's|patients'|the) (?:life|lives|world)|changed everything",
    r"transform(?:s|ed|ing)? <few>lives",
    r"(?:wonder|magic|super) (?:drug|cure|cells?|bullet)s?|magical\w{0,2}|super-?cells|holy grail",
    r"next[- ]generation (?!sequencing)|ultra-?modern|fountain of youth|master cells"
    r"|(?:the )?secret (?:of|to|behind|weapon)|paradigm shift|quantum leap|new dawn|new era"
    r"|milestone"
    r"|new frontier|the ultimate|a new chapter|new age of",
    r"(?:the |our |europe's |asia's )?(?:most|latest|highly) (?:advanced|powerful|sophisticated"
    r"|innovative|potent) <few><therapy>",
    r"(?:finest|highest|premium|superior|exceptional|unbeatable) (?:quality|grade|purity|potency"
    r"|standards?|results|care|viability|cells)",
    r"results (?:that )?speak for themselves|(?:biggest|greatest) <few>(?:since|discovery|advance)",
    r"(?:nature's|your body's|the body's) (?:own )?(?:repair kit|pharmacy|miracle|gift|medicine)",
    r"(?:medicine|future) of (?:tomorrow|medicine)|tomorrow's (?:medicine|cure|healthcare)",
    r"best (?:money|decision|thing) (?:i|we)|answer to (?:my|our|your) prayers",
    level=Level.BLOCK,
    reason="This word asserts importance instead of reporting a result. Say what was found.",
    standard="Murdoch 2018; Kamenova and Caulfield 2015",
    excuses=JUDGED | Excuse.DEFINED,
)

HOPE = rule(
    "RF03",
    "Appeals to hope",
    r"(?:beacon|ray|glimmer|message) of hope|(?:new|real|fresh|renewed|genuine|true|great"
    r"|lost) hope",
    r"(?:offer|bring|give|provid|restor|deliver|inspir)(?:e|es|s|ing|ed)? <few>hope",
    r"hope (?:for|to) (?:\w{1,12} )?(?:patients|people|those|you|your|millions|thousands|families"
    r"|sufferers|everyone|anyone)|hope is (?:here|now|real)|there is hope|lost (?:all )?hope",
    r"(?:don't|do not|never|not) (?:give|gave|giving) up(?: hope)?|never lose hope",
    r"second chance|new lease (?:of|on) life|light at the end|dreams? (?:come|came|into|again|of)",
    r"(?:get|got|gave|given|take|win|have|giving|claim)\w{0,4} (?:me |him |her |them |you )?"
    r"(?:my|your|his|her|their) (?:life|health|independence|freedom|mobility|body|energy) back",
    r"(?:reclaim|regain|rediscover|recapture|restore|take back|recover)(?:s|ed|ing)? "
    r"(?:the |your |their |her |his |my )(?:life|health|independence|freedom|mobility|vitality"
    r"|youth"
    r"|confidence|strength|energy|active|joy|body|dignity)",
    r"(?:brighter|better|healthier|pain-free|happier|bright) (?:future|tomorrow|life|days|you)",
    r"you (?:truly |really )?deserve|the life you|life (?:you|they|she|he) (?:deserve|once|love"
    r"|want|used)",
    r"(?:enjoy|love|do|doing|live) (?:the )?(?:foods?|things|activities|life|people|hobbies) "
    r"(?:you|they|that) (?:love|once|enjoy|used)|enjoy <few>life (?:again|to the full)",
    r"journey (?:back )?to|your (?:healing|recovery|wellness|health) journey|(?:step|road|path"
    r"|key) "
    r"(?:toward|to)s? <few>(?:recovery|healing|wellness|health|better|pain-free|life|freedom|new)",
    r"imagine (?:\w{1,10}ing|a life|being|if|your|no|how|life|what)|fresh start|new beginning"
    r"|start living"
    r"|come true|back on (?:your|my|his|her|their) feet|(?:what|something|chance) (?:you"
    r"|they)'?(?:ve| have)"
    r" (?:been )?(?:waiting|looking)",
    r"(?:within|in) (?:your )?reach|possibilit(?:y|ies) (?:are|is) endless|endless possibilities",
    r"(?:run|ran|running) out of options|(?:tried|try) everything|nothing (?:more|else|left)"
    r" (?:can|could|to|works|worked|helped)|(?:last|only) (?:hope|chance|resort)|(?:given up"
    r"|gave up) on",
    level=Level.WARN,
    reason="This appeals to hope where a reader needs the chance of benefit. Give the numbers.",
    standard="CIRM on stem-cell tourism; Bauer 2018",
    excuses=(JUDGED & ~Excuse.DENIED_WITHIN) | Excuse.DEFINED | Excuse.STUDIED,
)

VAGUE = rule(
    "RF04",
    "Vague promise",
    r"promising(?:ly)?|(?:hold|show|offer|ha)(?:s|ing|ve)?(?: \w{1,12}){0,2} promise"
    r"|(?:great|particular|enormous|real|tremendous|huge|much|considerable|such|early) promise"
    r"|promise (?:of|for|in) (?:\w{1,14} ){0,2}(?:stem|cell|treat|heal|therap|regenerat)\w{0,9}",
    r"(?:the|has|have|holds?|its?|their|full|great|huge|enormous|vast|tremendous|immense|natural"
    r"|incredible|therapeutic|healing|regenerative|unlimited|true|your|realize the) "
    r"potential(?! (?:harm|risk|side|danger|benefits? and|participant|donor|source|treatment"
    r"|conflict))",
    r"potentially (?!(?:serious|harmful|dangerous|fatal|deadly|life-threatening|unsafe"
    r"|lethal))\w{3,20}ing",
    r"potential (?:benefits? (?:for|of)|of stem|to (?:help|heal|improve|repair|restore|transform"
    r"|cure"
    r"|treat|reduce|change|revers|offer|regenerat)\w{0,5})",
    r"potential (?:for|in) (?:\w{1,14} ){0,2}(?:remission|treat|heal|repair|recover|cur|relief"
    r"|regener)\w{0,8}",
    r"exciting|encouraging (?:results|news|signs)|impressive\w{0,2}|remarkable|extremely positive",
    r"(?:may|might|could|will) (?:be|hold|well be) the (?:key|answer)|hold(?:s|ing)? the key"
    r"|key to (?:heal|"
    r"understanding|unlock|beat|defeat|reversing|treat|a (?:cure|health))\w{0,6}",
    r"(?:unlock|harness|unleash|tap into|tapping into|activat|awaken|wake|ignit)(?:s|ed|e|es"
    r"|ing)?(?: up)? "
    r"<few>(?:power|potential|healing|abilit\w{1,4}|repair|cells|capacity)",
    r"power(?:ed)? (?:of|by|to) <few>(?:stem|cells?|heal|nature|regenerat|restor|repair)\w{0,9}",
    r"open(?:s|ed|ing)? (?:up )?(?:the |new |a )?(?:doors?|new|world|possibilities|avenues"
    r"|horizons)",
    r"(?:promising|exciting|innovative|novel|new) (?:new )?(?:avenues?|horizons?|approach(?:es)?"
    r"|frontiers?)"
    r" (?:to|for|in|that)",
    r"(?:changing|expand\w{0,3}|redefin\w{1,3}|rewrit\w{1,4}) what (?:is|was) possible"
    r"|positive outcomes"
    r"|wide range of (?:advantages|benefits)|many (?:advantages|benefits)|added benefit",
    r"innovative <few>(?:medical|treatment|procedure|therap|approach|solution|technique|technolog"
    r"|method)\w{0,4}",
    r"optimistic about|growing interest|gained attention|in the right hands",
    level=Level.WARN,
    reason="A promise that cannot be checked. Keep it only beside a cited study, with its design "
    "and the number of people.",
    standard="Kamenova and Caulfield 2015; DISCERN 8",
    excuses=PROVABLE & ~Excuse.CAREFUL_VOICE,
)

FORECAST = rule(
    "RF21",
    "Forecasts",
    r"(?:may|will|could|can|to|would|might) (?:\w{1,12} )?soon|soon (?:be|become|replace|transform"
    r"|change)\w{0,3}",
    r"mainstream (?:treatment|therapy|option|medicine|care)|(?:the )?future of <few>(?:<therapy>"
    r"|medicine"
    r"|health\w{0,4}|care|stem|autoimmune)|is the future|future is (?:here|now|bright)",
    r"(?:just )?(?:around the corner|on the horizon|on the brink|on the verge|on the cusp"
    r"|in sight)",
    r"(?:in|within) (?:the )?(?:near|foreseeable) future|before the (?:decade|year) is (?:out"
    r"|over)",
    r"(?:available|reach|routine|standard|cur\w{1,3}|treat\w{0,3}|ready|reality|obsolete"
    r"|launch\w{0,3}"
    r"|eradicated|approved)[^.;]{0,40} (?:in|within) (?:the next |the coming |just )?(?:a few|few"
    r"|two"
    r"|three|five|ten|\d{1,2}) (?:years|months)",
    r"(?:expected|poised|set|bound|destined|about|predict\w{0,3}|likely) (?:to"
    r"|that) (?:\w{1,12} ){0,3}(?:become|"
    r"reach|replace|transform|change|revolutioni[sz]e|make|be (?:the|available|routine)|end"
    r"|redefine)",
    r"will (?:\w{1,10} )?(?:replace|transform|revolutioni[sz]e|redefine|reshape|eliminate|end"
    r"|eradicate|make) ",
    r"(?:could|will|would|may) (?:\w{1,10} )?(?:make|render|end|transform|revolutioni[sz]e|replace"
    r"|change the way)",
    r"(?:become|becoming|a|the) (?:new )?standard (?:of care|part of|treatment for)|matter of time"
    r"|transform the way|change the way|only the beginning|here to stay|here today",
    r"flocking|wave of the future|rapidly (?:growing|becoming|evolving|advancing)|more hospitals",
    level=Level.WARN,
    reason="Forecasts about treatments are mostly too hopeful. Say what exists today, with a date.",
    standard="Kamenova and Caulfield 2015",
    excuses=PROVABLE,
)

LASTING = rule(
    "RF23",
    "Results without numbers",
    r"(?:long[- ]term|lasting|permanent|durable|complete|sustained|achieve|achieved|into"
    r"|enter\w{0,3}|full"
    r"|prolonged|stable) remission",
    r"(?:long-?lasting|lasting|permanent|instant|immediate|rapid|fast|real|visible|noticeable"
    r"|measurable"
    r"|dramatic|drastic|substantial|tangible|profound|sustained|quick|exceptional|excellent|great"
    r"|better|best"
    r"|optimal|superb|outstanding|powerful|consistent) (?:\w{1,12} )?"
    r"(?:results?|relief|improvements?|benefits?|recovery|gains|outcomes?|changes?|response"
    r"|healing)",
    r"significant(?:ly)? (?:\w{1,12} )?(?:improv\w{1,6}|reduc\w{1,6}|better|benefits?|relief|gains"
    r"|recover\w{1,3})",
    r"dramatically|(?:improv|enhanc|boost|elevat|increas|maximi[sz])(?:e|es|ed|ing|s)? (?:your"
    r"|their|his|her|my|overall|the)?"
    r" ?(?:quality of life|mobility|energy|vitality|well-?being|stamina|strength|lives|health"
    r"|sleep|mood|function\w{0,3}|libido|performance|flexibility)",
    r"quality of life (?:\w{1,12} )?(?:improv|soar|return|increas)\w{1,4}"
    r"|improv\w{1,4} (?:the )?(?:lives|quality of life)",
    r"more energy|energy levels|feel(?:s|ing)? (?:\w{1,10} )?(?:younger|stronger|better than|great"
    r"|amazing|the difference"
    r"|a difference|like new|reborn|brand new|alive|rejuvenated|refreshed)|younger and"
    r"|years younger",
    r"better (?:intestinal|gut|joint|skin|brain|overall|immune) \w{4,10}|fewer (?:relapses|flares"
    r"|flare-ups|symptoms)",
    r"(?:symptoms?|pain|flares?|inflammation|fatigue|stiffness|lesions|disability"
    r"|swelling) (?:\w{1,12} )?(?:disappear|vanish"
    r"|melt|fad(?:e|ing)|gone|evaporat|subsid|eas(?:e|ed|es)|lift)\w{0,3}",
    r"results? (?:in|within|after) (?:\w{1,10} )?(?:\w{1,10} )?(?:days|weeks|hours|session"
    r"|treatment|infusion|injection|visit)s?"
    r"|within (?:just |only |a few |a couple of |mere )?(?:days|weeks|hours)|(?:first|second"
    r"|third) (?:drip|infusion|round|shot|session)",
    r"(?:after|only|just|in) (?:just |only )?(?:a single|one|a few|two|three|\d) <few>(?:treatment"
    r"|session|infusion|injection|visit|drip|round|course|dose|shot)s?",
    r"(?:one|single)(?:-time| time|-off)? (?:treatment|infusion|injection|session|visit|jab|drip)",
    r"(?:notice|enjoy|regain|experience|achieve|find|report|see|feel)(?:s|ed|ing)? <few>(?:relief"
    r"|recovery|gains|improvements?"
    r"|benefits|less pain|results|softer|stronger|energy|vitality)",
    r"results (?:are|that|will) (?:\w{1,10} )?(?:last|long|permanent|amazing|here|real)"
    r"|results last|effects? last (?:for )?(?:years|a lifetime|decades)"
    r"|lasts? (?:for )?(?:years|a lifetime|decades)|one is often enough|only need it once",
    r"(?:stop|stops|stopped|halt|halts|halted|arrest\w{0,2}|switch\w{0,3} off|shut\w{0,4} (?:off"
    r"|down)|turn\w{0,3} off|prevent\w{0,3}|end(?:s|ing)?) "
    r"<few>(?:immune attack|attack on|autoimmune|progression|inflammation|pathological|disease"
    r"|decline|degeneration|further damage|ms|it off)",
    r"switch(?:es|ed)? it off|(?:pain|symptom|long-lasting|lasting|welcome|much-needed|deep"
    r"|drug-free) relief|relief from <few>(?:pain|symptoms?|<disease>)",
    r"extends? (?:your|their) (?:life|lifespan)|longevity|look and feel|wonders|make you stronger"
    r"|succeeded again|benefit (?:enormously|greatly)",
    level=Level.WARN,
    reason="A result without numbers. Say how many of how many people, for how long, and compared "
    "with what.",
    standard="NHS: numbers; GRADE 26",
    excuses=PROVABLE,
)

RULES = (CURE, HYPE, HOPE, VAGUE, FORECAST, LASTING)
