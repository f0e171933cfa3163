"""Flags for the seller's way of speaking: to the reader, about cells, against doctors."""

from editorial.checks import Level
from evidence.language.red_flags.rule import JUDGED, PROVABLE, Excuse, rule

CELLS_THAT_THINK = rule(
    "RF31",
    "Cells that think",
    r"(?:(?:stem |our |the |these |healing |young )cells|exosomes|messengers|marrow|pancreas|brain"
    r"|nerves|legs) (?:\w{1,12} )?(?:\w{1,8} )?(?:hunt|wake|mend|calm|repair|remember|forget|teach"
    r"|carry repair|slip past|quiet|quieten|bring|renew|seek|adapt|remind|orchestrate|conduct"
    r"|rewire|rebuild|restore|soothe|rescue|learn|go to (?:work|school|wherever|where)|go straight"
    r"|go wherever|do the work|find(?:s)? (?:its|their) way|take its place|switch|heal"
    r"|become any (?:tissue|organ)|become whatever|turn into any (?:tissue|organ)|keep (?:their"
    r"|its) youthful|cracked|put out)(?:s|es|ed|d|ing)?",
    r"(?:teach|taught|tell|tells|remind|reminds|train|trains|instruct|instructs|persuade|persuades"
    r"|show|shows|coach|wake|wakes|awaken|awakens|feed|feeds|flood|charge|talk to|speak to|retune"
    r"|re-educate|remember)(?:s|ed|ing)? (?:to )?(?:up )?(?:your|the|a|it|them|sleeping|their"
    r"|tired) (?:\w{1,12} )?(?:\w{1,12} )?(?:immune|body|cells?|pancreas|system|defences|joints?"
    r"|it|marrow)",
    r"(?:smart|intelligent|wise|sleeping|asleep|tired|young|youngest|strongest|fresh|fresher"
    r"|youthful|vigorous|energetic|sleepy|dormant|master|powerful|potent|premium"
    r"|hungry) (?:and \w{1,12} )?(?:stem )?cells",
    r"stem cells? (?:are|is) (?:\w{1,10} )?(?:intelligent|smart|asleep|remarkable|master"
    r"|the body's|nature's|liquid gold|key|clever|amazing|powerful)|(?:think of (?:it|them) as"
    r"|like (?:an? )?(?:software|conductor|orchestra|mechanic|smart|army|gardener|key|switch|reset"
    r"|charger|fire|new body|getting)|software update|turned off like|immune (?:army|orchestra)"
    r"|liquid gold|treasure (?:chest|trove)|building blocks|repair (?:orders|crew|kit|team)"
    r"|healing signals|tiny messengers|master mechanics|body's mechanics|instruction manual)",
    r"(?:confused|misguided|forgetful|overworked|broken|lost) (?:immune|body)"
    r"|immune system (?:is (?:not|just) (?:broken|confused)|come home|comes home|finds its way"
    r"|the intelligence)|(?:already )?inside you|(?:body|immune system|cells) (?:in|into|to"
    r"|back (?:in|into)) (?:balance|harmony|tune)|harmony to|in harmony|code of|cracked the"
    r"|put out the fire|started the fire|forgets? how to be",
    level=Level.WARN,
    reason="A picture in place of a mechanism: cells do not know, teach or wake. Say what has been "
    "measured, and in whom.",
    standard="NHS: how we write; Robey 2017",
    excuses=PROVABLE,
)

SYMPTOMS_GO = rule(
    "RF35",
    "Symptoms that simply go",
    r"(?:pain|fatigue|fog|brain fog|swelling|stiffness|inflammation|paralysis|attack on the joints"
    r"|attack|symptoms?|lesions?|scar tissue|skin|breathing|hands|joints?|nerves?|signals"
    r"|gut lining|gut|kidneys|lungs|blood sugars?|sugars?|legs|cartilage|disease|lupus|ms"
    r"|arthritis|disease activity|disability|flares?|muscle strength|speech|balance|walking"
    r"|mobility|vision|numbness|digestion|damage|the illness|tissue) "
    r"(?:and \w{1,12} )?(?:\w{1,10} )?(?:lifts?|lifted|clears?|cleared|stops|leaves|vanish(?:es"
    r"|ed)?|disappear(?:s|ed)?|softens?|softened|turns soft|settles?|settled|renews|recovers?"
    r"|recovered|heals?|healed|grows? back|opens?|loosens?|eases?|gets easier|goes away|went away"
    r"|goes and|melts?|fades?|flows?|is silenced|silenced|be silenced|be turned off|is reversible"
    r"|be reversed|be managed without|are re-insulated|came back|come back to|returned to normal"
    r"|has been perfect|were obviously improved|improves with each|obviously improved"
    r"|doesn't stand|does not stand|regressed)",
    r"(?:improvement|improvements|relief|change|difference|result|results|recovery|benefit"
    r"|benefits) (?:\w{1,10} )?(?:is|are|was|were|begins?|starts?|comes?|builds?|continues?"
    r"|can be) (?:\w{1,10} )?(?:felt|seen|visible|noticed|noticeable|within|after|from|usually"
    r"|rapid|quick|for up to|evident|obvious|dramatic|between|faster|immediate)",
    r"(?:relapse|flare|pain|symptom|drug|pill|steroid|insulin)s?(?:,| and) not one"
    r"|not one (?:flare|pill|relapse|tablet)|(?:lifelong|permanent|lasting) (?:protection|change"
    r"|freedom|immunity)|leaves for good|keeps? (?:working|improving)|every one of them|come in on"
    r"|leave on their feet|(?:make|makes|made) \w{1,12} (?:\w{1,12} )?history",
    r"(?:new|healthy|fresh) (?:\w{1,10} )?(?:cells|tissue) (?:form|take|grow|replace|arrive"
    r"|emerge)|relief when|reduced inflammation|better mobility|renewed energy|overall wellbeing"
    r"|full and active life|regain control|return to (?:a |an |their |your )?(?:full|normal|active"
    r"|life|work|old)",
    r"(?:drop|reduce|lower|cut) (?:or \w{1,8} )?(?:their|your|all) (?:\w{1,10} )?(?:tablets|drugs"
    r"|medicines?|dose|pills|medication)|no longer (?:writes|rules|runs|controls|dictates)"
    r"|new life\b|life again|life back|takes? nothing but|off (?:prednisone|steroids|insulin"
    r"|methotrexate|everything|all drugs)|drug-free|free from|live free|life free",
    level=Level.WARN,
    reason="A result told as a matter of course. Say in how many of how many people, and who "
    "counted.",
    standard="NHS: numbers; GRADE 26",
    excuses=PROVABLE,
)

TO_THE_READER = rule(
    "RF32",
    "Coaxing the reader",
    r"you (?:owe it|have suffered|were not born|deserve|finally|too can|can (?:have|beat|be among"
    r"|be part|finally|heal|live|stop|do this|again|join it)|could be next|don't have to be"
    r"|walk in|will hardly|won't believe)|(?:can|could) you (?:put a price|afford|imagine)"
    r"|what would you do|would you wait|why (?:wait|be|not|let|suffer|choose)|(?:who"
    r"|anyone) else is|who wouldn't|your (?:story|turn|future|body deserves|specialist is not"
    r"|one chance)",
    r"(?:tag (?:someone|a|your)|share this (?:post|if|video)|comment (?:ready|below|yes|if)|swipe"
    r"|follow (?:us|me|along)|dm (?:us|me|for)|subscribe and|click (?:here|below|the link)"
    r"|like and|link in|pov:|guys,|ladies,|dear friend|hi dear|listeners who|readers of this"
    r"|phone this week|reply yes|send (?:us|me) a|message (?:us|me)|who needs to see)",
    r"(?:say yes|choose life|hold your|dance at|be the|feel (?:ten|like|better|younger|alive|the)"
    r"|wake up|live free|upgrade your|heal your|feed your|skip the|give (?:us|your)|let us"
    r"|let (?:the|your) (?:cells|body|stem)|don't let|stop (?:managing|masking|fighting|suffering"
    r"|letting)|start (?:healing|living|enjoying|your)|experience the|discover (?:how|the|what"
    r"|why)|see (?:what|their|the difference|for yourself)|lie back|turn back|get the same"
    r"|get your (?:life|health|mobility|freedom|body|energy) back|sip your|take back|take control"
    r"|unlock|unleash|rediscover|join the|meet the|embrace|trust your|listen to your body"
    r"|picture (?:yourself|this)|invest in)",
    r"(?:nothing|no one|nobody) (?:else )?(?:should have to|comes close|like it|to fear|goes in"
    r"|compares)|nothing else like|there's a (?:better|cell)|there is a (?:better|cell|way out"
    r"|another)|there is (?:an answer|simply)|a better way|what (?:sets us|makes us) (?:apart"
    r"|different)|the worst that can|only thing you have|has an address|happens here"
    r"|beyond (?:\w{1,12}\.|limits|drugs|biologics)|one of the lucky|lucky few"
    r"|handful of (?:centres|centers|clinics|places)|can do what (?:we|your)|(?:now|where) (?:open"
    r"|healing) (?:in|meets)|meets (?:\w{1,12} )?(?:hospitality|science|nature|care)",
    r"(?:until|before|by|this|every) (?:friday|sunday|monday|weekend|week|month-end|midnight"
    r"|tonight)(?: only)?|hold (?:this|your|the) (?:price|place|bed|seat)|register tonight"
    r"|seats go|holds your|every day (?:without|you|of)|the earlier you|waiting for proof"
    r"|is a luxury|no waiting list|red tape|time is over|as little as|in your (?:budget|reach)"
    r"|without (?:delay|referral|red)",
    r"science and compassion|from (?:wheelchair|stretcher|despair|pain) to|(?:read|see"
    r"|hear) (?:their|our|her|his) (?:words|faces|stories|letters)|thank-you letters"
    r"|wall is covered|god bless|living proof|if i can|so can you|cried when|wept|with joy"
    r"|for the first time in|she dances|dances? again|hikes?|climbed|the golf course|grandchildren"
    r"|wedding|dance floor|ten years younger|was (?:nine|ten|five|\w{3,6}) years ago"
    r"|may have saved|saved (?:my|his|her)|stood up|new body|changed (?:my|our|her|his|everything)"
    r"|like family",
    level=Level.WARN,
    reason="This coaxes instead of informing. Say what is known, what is not, and let the reader "
    "decide.",
    standard="HON 8; DISCERN 15",
    excuses=JUDGED | Excuse.STUDIED | Excuse.DEFINED,
)

AGAINST_DOCTORS = rule(
    "RF36",
    "Against doctors and regulators",
    r"(?:drug companies|big pharma|hospitals|regulators|doctors|your (?:specialist|doctor"
    r"|neurologist)|modern medicine|mainstream|the (?:system|establishment|fda)|authorities"
    r"|industry|governments?) (?:\w{1,10} )?(?:hope|make money|are (?:years )?behind"
    r"|is not trained|do not want|don't want|could only|has given up|have given up|hide"
    r"|keep\w{0,3} you|called it|call it|said was|laughed|ignores?|won't|will never|never|denies"
    r"|profit)",
    r"(?:keeping|keep) you (?:sick|ill|dependent)|(?:your own|home) country denies|denies you"
    r"|free to choose|they laughed|laughed when|(?:ignore|ignored|ignoring|against) (?:his|her|my"
    r"|your) (?:specialist|doctor)|(?:told|given) (?:to just|two years|nothing)|just live with it"
    r"|we (?:do not|don't) believe in|call(?:s|ed)? (?:it )?(?:inexplicable|incurable|untreatable"
    r"|impossible)|what they call|guinea pigs?|lottery|half the people get nothing|treat a name"
    r"|never will\b|patients? (?:with no|without) options",
    r"(?:drugs|steroids|biologics|pharmaceutical\w{0,5}|pills|medicine|treatments) (?:manage"
    r"|destroy|drain|poison|come with frightening|only|weaken|wreck|make you|cost you)|(?:no"
    r"|any) (?:drug|medicine|pill) (?:on the market |in the world )?(?:can|could|comes|does)"
    r"|(?:deeper|further|more|better) than (?:any|drugs|the) (?:drug|drugs|medicine|biologic)"
    r"|between steroids and|biologics,? (?:drain|neither)|neither makes you|lifetime of (?:drugs"
    r"|immunosuppress\w{1,5}|prescriptions|tablets|biologics)|years of prescriptions"
    r"|none of the toxicity|few if any|drawbacks",
    level=Level.BLOCK,
    reason="This turns readers against the people who treat them. Describe other treatments "
    "fairly.",
    standard="DISCERN 6 and 14; HON 2",
    excuses=PROVABLE & ~Excuse.DENIED_WITHIN,
)

PRODUCT_VOICE = rule(
    "RF37",
    "Selling a product",
    r"(?:capsules?|supplements?|(?:our|signature|new|unique|advanced"
    r"|this) (?:\w{1,12} )?(?:formula|blend|serum|drip|booster|kit|product line)|bottles?"
    r"|colostrum|peptides|ozone|detox|hyperbaric|nad\b|placenta\w{0,2}|berry|per bottle"
    r"|two capsules|doctor[- ]formulated|plant-based|third-party tested|ethically sourced"
    r"|pharmaceutical standards|viability|gmp|live cell)",
    r"supports? (?:healthy|the release|your|natural|immune|the body's|joint)|(?:nourish|feeds?"
    r"|raises?|boosts?|flood)(?:es|s)? (?:your|the|circulating|sleeping|immune)|(?:full|money"
    r"|fee) refund\w{0,2}|refunded|send it back|not satisfied|half price|free (?:bottle"
    r"|of charge consultation|webinar|flight|companion|second)|flies free|at no extra cost"
    r"|interest-free|credit (?:cards|terms)|monthly plans?|(?:summer|special|weekend|group"
    r"|winter) (?:rate|special|offer|price)|one simple fee|gift for|vouchers?|(?:this|our"
    r"|special) (?:offer|price) (?:is|for|until)|iv sessions|next-day shipping|ready-to-ship"
    r"|bottom line|grow your practice|your practice|revenue|partner with|private (?:villas?"
    r"|transport|suite|driver)|sea-?view|villas?|massage|guests|the (?:investment|price) (?:pays"
    r"|of one)|pays for itself|put a price|made it affordable|within everyone's|(?:diamond|vip"
    r"|royal) (?:protocol|package|plan)|(?:one|two|three) vials?|\d{2,3} million (?:stem )?cells"
    r"|billion (?:particle|exosome)|high dose|the same cells|fraction of the cost|bring a friend"
    r"|bring your latest|candidate\b(?! gene| drug)|available immediately",
    r"(?:voted|rated|ranked) (?:best|number|top)|(?:considered|known as|called) the (?:father"
    r"|mother|king|pioneer)|father of|most (?:experienced|trusted|respected|concentrated"
    r"|requested)|presidents|olympic|film stars|kings|movie legends|elite (?:sport|athletes)"
    r"|champions|five-star|(?:thirty|\d{1,3}),?000 successful|successful (?:procedures|treatments"
    r"|transplant\w{0,7})|experience you can|perfected here|now in (?:dubai|bali|\w{3,10})\."
    r"|our (?:founder|scientists|guests|hospital|concierge|board|observations|study|in-house"
    r"|international|diamond|network|wall|former)|personally supervises|tailored to your"
    r"|your unique|every (?:batch|treatment|case) is|(?:trusted in|in over|from over"
    r"|across) (?:over |more than )?\d{1,3} countries|highest seal|seal of quality|(?:independent"
    r"|ethics) (?:\w{1,8} )?(?:board|committee) has approved|government licen[cs]e|legal, licensed"
    r"|safety is assured|right-to-try|self-funded|banking it",
    level=Level.BLOCK,
    reason="This sells a product, a place or a person. It has no place in information.",
    standard="HON 8; FTC 2018; PIF",
    excuses=(JUDGED & ~Excuse.DENIED_WITHIN) | Excuse.STUDIED | Excuse.DEFINED,
)

LEARNED = rule(
    "RF38",
    "Learned words without a study",
    r"(?:potent|robust|profound|comprehensive|pleiotropic|multimodal|multifaceted|synergistic"
    r"|broad|favou?rable|remarkable|unparalleled|extraordinary|superior|striking"
    r"|compelling) (?:\w{1,20} )?(?:\w{1,20} )?(?:effects?|actions?|activity|mechanisms?"
    r"|safety profile|efficacy|modulation|normali[sz]ation|reconstitution|potential"
    r"|immunomodulat\w{1,4}|anti-inflammatory|regulation|properties|outcomes|evidence|benefits)",
    r"(?:induc|restor|re-?establish|normali[sz]|achiev|promot|confer|exert|herald|underscor"
    r"|establish|position|represent)(?:e|es|s|ed"
    r"|ing)? (?:\w{1,14} )?(?:\w{1,14} )?(?:\w{1,14} )?(?:homeostasis|tolerance|self-tolerance"
    r"|superiority|neuroprotect\w{1,4}|normali[sz]ation|effects|epoch|curative|paradigm\w{0,2}"
    r"|successor|equilibrium|reconstitution|immune balance|natural repair)",
    r"(?:widely|generally|universally|now|commonly) (?:\w{1,8} )?(?:accepted|regarded"
    r"|recogni[sz]ed|acknowledged|considered|agreed) (?:that|as|to)|(?:superiority|successor"
    r"|paradigm (?:change|shift)|immunoprivileged|new epoch|curative (?:promise|potential)"
    r"|unique ability|immunologically privileged|previously considered (?:lost|incurable"
    r"|irreversible)|clinically meaningful improvement|virtually all (?:recipients|patients)"
    r"|cannot match|overwhelmingly|without concern|without (?:matching|restriction|limitation) or)"
    r"|high(?:ly)? effective(?: rate)?|very high (?:effective|success)|obviously improved"
    r"|address(?:es)? (?:inflammation|both|all)|whole spectrum|for the whole|most promising"
    r"|new possibilities|exhausted (?:conventional|all|other)|targets the (?:disease|cause|source)"
    r"|natural repair mechanisms?|introducing healthy cells|regenerative (?:cascade|capacity|power"
    r"|potential|revolution|network)",
    r"(?:regained|recovered) (?:\w{1,16} )?(?:function|movement|sight|feeling|strength)"
    r"|(?:differentiate|develop|turn|transform) into (?:the )?(?:needed|required|any|whatever)"
    r"|home to the (?:lesion|damage|injur\w{1,3})|(?:trial|study) after (?:trial|study)"
    r"|data are in|science (?:has proved|proves|confirms|knows|is clear)|doctors (?:were"
    r"|are) (?:amazed|stunned|baffled|astonished)|convinced that|have finally|calling it the"
    r"|the end of (?:insulin|wheelchairs|\w{1,12})|spell the end|likely that .{1,30} soon"
    r"|disease of the past|age of (?:regeneration|lifelong)|is ending\b|closer than you think"
    r"|will (?:make|take|become) (?:\w{1,12} )?(?:\w{1,12} )?(?:history|immune-suppressing)"
    r"|within a decade|quiet revolution|next chapter of",
    level=Level.WARN,
    reason="Learned words claim an effect and name no study. Cite the study, with its design and "
    "the number of people.",
    standard="JAMA attribution; DISCERN 4; Sipp 2017",
    excuses=PROVABLE,
)

RULES = (CELLS_THAT_THINK, SYMPTOMS_GO, TO_THE_READER, AGAINST_DOCTORS, PRODUCT_VOICE, LEARNED)
