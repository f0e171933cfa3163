"""Flags for how a treatment is said to work."""

from editorial.checks import Level
from evidence.language.red_flags.rule import PLAIN, PROVABLE, Excuse, rule

NATURAL = rule(
    "RF05",
    "Natural, so safe",
    r"natural(?:ly)?,? (?:\w{1,12} )?(?:heal\w{0,5}|way|solution|approach|therap\w{1,3}|treatment"
    r"|alternative|potential|remedy|ability|abilities|repair|process|regenerat\w{1,4}|power|method"
    r"|answer|defen[cs]es?|and (?:safe|effective|gentle))",
    r"(?:100 ?%|all|completely|totally|purely)[- ]natural|safe(?:,| and) natural"
    r"|gentle and natural|works? naturally",
    r"(?:body's|bodies'|your|nature's|their|the body's) (?:own )?(?:natural|innate|inner|inborn"
    r"|built-in|own) "
    r"(?:\w{1,12} )?(?:heal(?!thy)\w{0,5}|power|repair|ability|abilities|wisdom|intelligence"
    r"|capacity"
    r"|doctor|regenerat\w{1,4}|mechanisms?|resources|medicine)",
    r"heal(?:s|ing)? (?:itself|themselves|yourself|naturally|from (?:within|the inside))|(?:body"
    r"|cells) (?:to )?(?:repair|rebuild|renew|restore|heal)s? itself",
    r"(?:from|with|are|using|because) <some>(?:your|their) own (?:body|cells?|fat"
    r"|blood)[^.;]{0,40}(?:safe|no (?:risk|danger|chance)|risk|reject|danger|nothing|harm)\w{0,4}",
    r"(?:recogni[sz]es? (?:them|it) as (?:its|your) own)|(?:in harmony with|nature intended"
    r"|holistic|drug-free|chemical-free|toxin-free)",
    r"(?:with|by) <few>(?:cells|gift) you were born with|(?:your|their) own (?:cells|body) (?:can"
    r"|will|do|does|know|hold)(?! (?:still|cause|harm|be|do|not|carry))",
    r"(?:give|giving) your body (?:what|the|a)|help\w{0,3} (?:your|the) body (?:to )?(?:heal"
    r"|repair|help|restore|regenerate|rebuild|do what)",
    level=Level.BLOCK,
    reason="Natural, or from your own body, does not mean safe. Processed cells are regulated as "
    "medicines. Name the known harms instead.",
    standard="ISSCR nine things, 6; Ninth Circuit 2024",
)

NO_RISK = rule(
    "RF06",
    "No risk",
    r"(?:completely|totally|perfectly|100 ?%|extremely|entirely|proven|very|absolutely|inherently"
    r"|remarkably|is|are|be) safe(?! (?:enough|to (?:stop|wait|assume)|and well))"
    r"(?: (?:and|for|for patients|way))?",
    r"(?<!whether it is )(?<!that it is )safe(?:,| and"
    r"| &)(?: (?:and )?\w{1,15},?){0,2} (?:effective|painless|proven|easy|simple|non-invasive"
    r"|affordable|quick|reliable|fast)",
    r"safely and|safe,|safe (?:solution|option|way|procedure|treatment|therapy|alternative)|safest"
    r"|safety is (?:proven|guaranteed|assured)",
    r"(?:risk|pain|side[- ]effect|complication|hassle|trouble|worry|stress)s?[- ]free|free (?:of"
    r"|from) <few>(?:risks?|side[- ]effects?|complications?|unwanted effects|danger)",
    r"(?:no|zero|without(?: any)?|not a single|none of the|few(?:er)? if any|free of|minimal"
    r"|hardly any|virtually no|almost no|little to no|never any)"
    r" (?:\w{1,14} )?(?:\w{1,14} )?(?:side[- ]effects?|risks?|complications?|downtime|dangers?"
    r"|adverse (?:events|reactions|effects)|pain|rejection|recovery time|scars?|discomfort"
    r"|hospital stay|trauma)",
    r"no (?:surgery|hospital\w{0,6}|needles|chemo\w{0,7}|scalpel|incisions?|waiting|stitches"
    r"|general anaesth\w{1,5}),? ",
    r"painless(?:ly)?|harmless|non-?toxic|(?:minimally|non|less)[- ]invasive"
    r"|gentle <few>(?:<therapy>|method|approach|alternative|process|way)",
    r"(?:cannot|can't|can never|never|won't|will not|don't|do not) (?:be )?(?:reject|harm|hurt"
    r"|go wrong)\w{0,3}|nothing (?:can|could|will) go wrong",
    r"none have (?:ever )?been (?:reported|seen)|nothing to (?:lose|fear|worry)|(?:no"
    r"|little) (?:danger|fear|worry|harm)",
    r"(?:impeccable|excellent|perfect|outstanding|proven|superb|unblemished|strong|flawless"
    r"|exemplary|great) (?:safety|track)[- ](?:record|profile)",
    r"fly home (?:the )?(?:next|same)|back (?:to|at) work (?:the|within|in|next)"
    r"|out-?patient procedure|same[- ]day (?:treatment|procedure|therapy|return)|in and out"
    r"|lunch (?:hour|break)|quick(?:,| and) (?:easy|painless|simple|comfortable)|as simple as"
    r"|less than an hour|relaxing|comfortable (?:procedure|treatment|and)|well[- ]tolerated by",
    r"yes,? (?:it is |it's )?(?:completely|absolutely|totally|very|perfectly|of course)"
    r"|absolutely\b",
    level=Level.BLOCK,
    reason="Every procedure carries risk, and a transplant carries a known risk of death. State "
    "the harms, with numbers where they are known.",
    standard="ISSCR handbook 2008; Sormani 2017; DISCERN 11",
    excuses=(PLAIN & ~Excuse.DENIED_WITHIN) | Excuse.MEASURED,
)

ROOT_CAUSE = rule(
    "RF10",
    "Treats the root cause",
    r"(?:root|true|real|actual) (?:cause|source|problem|origin)s?"
    r"|underlying (?:\w{1,12} )?(?:causes?|issues?|problems?|dysfunction|faults?|imbalance|defect)",
    r"at (?:its|their|the|his|her) (?:very )?(?:source|root|core|origin|cause)s?|(?:to"
    r"|at) the (?:source|root|heart) of <few>(?:<disease>|problem|inflammation|pain|illness"
    r"|autoimmunity)",
    r"(?:not|than|instead of|beyond|rather than) (?:just |only |merely |simply )?(?:the "
    r"|treat\w{0,3} |mask\w{0,3} |manag\w{0,3} |calming |hiding |covering up |suppressing "
    r"|controlling ){1,3}(?:the |your )?(?:symptoms?|bowel|signs)",
    r"(?:go|goes|get|gets|going) (?:to work on the cause|to the (?:root|source|cause)"
    r"|beyond symptom)|beyond (?:symptom|just managing)",
    r"cause,? not (?:just )?(?:the )?(?:symptoms?|effect)|both the cause|on the cause"
    r"|the cause itself|what (?:made|makes|causes|is making) (?:you|your)",
    r"(?:correct|fix|repair|address|target|tackl|treat|eliminat|remov|attack)(?:e|es|s|ed"
    r"|ing)? (?:the |your )?(?:\w{1,12} )?(?:imbalance|malfunction|cause|source|fault|defect|root"
    r"|dysfunction|origin)s?\b",
    level=Level.BLOCK,
    reason="The causes of these diseases are not fully known, so no treatment can be said to "
    "remove them.",
    standard="ISSCR nine things, 5",
    excuses=PLAIN & ~(Excuse.DENIED_WITHIN | Excuse.CAREFUL_VOICE),
)

RESET = rule(
    "RF11",
    "Resetting the immune system",
    r"(?<!t cells )(?<!t cell )(?<!blood cells that )(?<!blood cell that )"
    r"(?:re-?set|re-?boot|re-?program|re-?train|re-?educat|re-?balanc|re-?calibrat|re-?wir"
    r"|re-?align|re-?charg|reinvigorat|re-?configur|re-?tun|re-?start|restor|normali[sz]"
    r"|harmoni[sz]|fix|strengthen|boost|supercharg|optimi[sz]|teach|wak|calm|sooth|repair|rebuild"
    r"|regenerat|renew|refresh)"
    r"(?:e|es|s|ed|d|ing|ting|ming|ned|med|ping)? (?:your |the |their |an? |my |his "
    r"|her )?(?:\w{1,14} )?(?:\w{1,14} )?(?:immune|immunity|body's defen[cs]es)",
    r"immun(?:e|ity)(?: system)?,? (?:\w{1,8} )?(?:\w{1,8} )?(?:re-?set|re-?boot|re-?balanc"
    r"|re-?program|re-?start|re-?train|renew|re-?generat|modulation and|harmony)\w{0,5}",
    r"(?:new|healthy|fresh|younger|brand-new|stronger),? (?:healthy |balanced )?immune system"
    r"|immune (?:balance|harmony|tolerance is)|restart button|factory settings|diabetes reset"
    r"|autoimmune reset",
    r"(?:teach|train|remind|tell|show|persuad)\w{0,3} (?:it|them|the immune|your immune|the body"
    r"|the cells) (?:\w{1,8} )?to (?:behave|stop|recogni[sz]e|tolerate)|no longer attacks",
    r"clean slate|blank slate|(?:modulate|rebalance|balance)s? (?:the "
    r"|your )?(?:overactive )?immune",
    level=Level.WARN,
    reason="A figure of speech. In a transplant, chemotherapy acts on the immune system and the "
    "cells let the blood recover. Name the chemotherapy and its risks.",
    standard="NHS: how we write; Jessop 2019",
    excuses=PROVABLE & ~Excuse.CAREFUL_VOICE,
)

REGENERATION = rule(
    "RF12",
    "Rebuilding tissue",
    r"regenerat(?:e|es|ed|ing|ion|ive)|rejuvenat\w{1,4}|re-?grow\w{0,4}|remyelinat\w{1,4}"
    r"|rebuild\w{0,3}|rebuilt|revitali[sz]\w{1,5}",
    r"(?:repair|restor|renew|mend|heal|replac|reconstruct|fix|recreat|replenish|nourish"
    r"|revive)(?:s|e|es|ed|ing)? <few>(?:damaged|injured|worn|lost|dead|diseased|destroyed|broken"
    r"|inflamed|aching|any|almost any)?"
    r" ?<few>(?:<tissue>|balance|normal|what|myelin|health|vitality|youth|them)",
    r"(?:tissue|joint|nerve|cartilage|organ|cellular|cell|bowel|skin|myelin|knee) (?:repair"
    r"|renewal|regrowth|restoration|healing|rebuilding)",
    r"heal(?:s|ing)? (?:activity|process|power|powers|properties|cells|capacity|capabilities"
    r"|effects?|touch|energy|response|begins)|(?:promot|speed|accelerat|stimulat|trigger|improv"
    r"|kick-?start|jump-?start)\w{0,4} (?:\w{1,10} )?(?:heal|repair|regenerat|recover)\w{0,5}",
    r"(?:new|fresh|healthy|young|youthful) (?:supply|nerve|brain|cartilage|pancreatic|beta|skin"
    r"|building|healing)(?: \w{1,10})?|anti-?ag(?:e?ing)|youthful|vitality",
    r"(?:begins?|start|starts|able) to (?:make|produce|mend|regrow) (?:its own |your own "
    r"|new )?\w{4,12}|can create new cells|young, (?:potent|active)|function can be restored",
    level=Level.WARN,
    reason="Stem cells have not been shown to rebuild nerve, joint or skin tissue in these "
    "diseases: blood-forming cells make blood, and mesenchymal cells act mostly by signals.",
    standard="Robey 2017; Caplan 2017; ISSCR questions and answers",
    excuses=PROVABLE,
)

ANIMALS = rule(
    "RF22",
    "Animals and laboratories beside patients",
    r"(?:mice|mouse|rats?|animals?|animal models?|pre-?clinical (?:studies|research|models|trials"
    r"|data|evidence)|laboratory studies|in vitro)[^.;!?\n]{0,80}?\b"
    r"(?:impressive|effectively|reverse[sd]?|demonstrated|proven?|proves|remarkabl\w|heal(?:ed|s"
    r"|ing)|cured?|regenerat\w{1,4}|confirm\w{0,3})",
    r"(?:impressive|effectively|reverse[sd]?|demonstrated|proven?|proves|remarkabl\w|heal(?:ed|s"
    r"|ing)|cured?|regenerat\w{1,4}|confirm\w{0,3}|promote)[^.;!?\n]{0,80}?\b"
    r"(?:in (?:\w{1,12} )?(?:mice|mouse|rats|animals?|animal models?|pre-?clinical|vitro))",
    level=Level.WARN,
    reason="A result in animals or in the laboratory, told as if it spoke for patients. Say "
    "“in animals only”, and say what is known in people.",
    standard="Sipp 2017, “Rationales”",
    excuses=PLAIN & ~Excuse.CAREFUL_VOICE,
)

WRONG_BIOLOGY = rule(
    "RF34",
    "Cells that do what they do not do",
    r"(?:stem cells?|mscs?|cell) [^.;!?\n]{0,120}?\b(?:like|into|become|as) (?:a "
    r"|an )?(?:new )?(?:brain|nerve|blood)(?: cells?)? (?:cell )?or (?:a |an )?(?:brain|nerve"
    r"|blood|heart)",
    r"mscs?\)?[:,]? (?:are |is )?(?:an? )?(?:[\w-]{1,20} )?substances?|stem cells? (?:are"
    r"|is) (?:an? )?(?:[\w-]{1,20} )?(?:substance|medicine|drug)s?",
    r"(?:migrat|travel|hom(?:e|ing)|go|mov|flow|head|find)(?:e|es|s|ing)?(?: straight| directly"
    r"| their way)? (?:in |on )?(?:to|toward)s? (?:where|wherever|the (?:affected|damaged|injured"
    r"|inflamed|site|problem)|damaged|injured|inflamed|sites? of|areas?|there)",
    r"(?:go|travel) straight (?:there|to the (?:damage|problem|site|affected|source))|(?:seek|hunt"
    r"|search)(?:s|ing)? out <few>(?:inflammation|damage|disease|injur)\w{0,3}"
    r"|know(?:s)? (?:exactly )?where (?:the|to)|(?:turn|transform|develop|chang"
    r"|differentiat)\w{0,3} into (?:any|whatever|virtually any|almost any|whichever"
    r"|specialized cells to heal)",
    r"injecting healthy stem cells|infusion of healthy stem cells|healing cells that",
    level=Level.WARN,
    reason="The cells do not work like this. Mesenchymal cells act mostly by signals and do not "
    "become brain or blood cells; blood-forming cells settle in the bone marrow.",
    standard="Robey 2017; Caplan 2017; ISSCR questions and answers",
    excuses=PROVABLE & ~Excuse.CAREFUL_VOICE,
)

RULES = (NATURAL, NO_RISK, ROOT_CAUSE, RESET, REGENERATION, ANIMALS, WRONG_BIOLOGY)
