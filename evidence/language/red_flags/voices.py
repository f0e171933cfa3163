"""Flags for who is made to speak: patients, experts, studies without a name."""

from editorial.checks import Level
from evidence.language.red_flags.rule import JUDGED, PLAIN, PROVABLE, Excuse, rule

STORIES = rule(
    "RF07",
    "Testimonials",
    r"(?:success|recovery|healing|patient|inspiring|inspirational|real-life|amazing|true) stor(?:y"
    r"|ies)|testimonials?|before[- ]and[- ]after|(?:five|5)[- ]stars?|rave reviews?"
    r"|happy (?:patients|clients|customers)|patient (?:videos|reviews)"
    r"|[\w-]{2,20}'s story (?:shows|proves|is|will|inspir\w{1,4})|word of mouth",
    r"(?:hear|watch|read|see|meet|listen to) (?:\w{1,10} )?(?:\w{1,10} )?(?:from|real|our|how|what"
    r"|their|the|\w{1,15}'s) <few>(?:<people>|stor(?:y|ies)|reviews?|videos?|recovery|journey"
    r"|testimon\w{1,5}|say)",
    r"(?:real|our|many|most|past|former|previous|every|countless|satisfied|other|these|hundreds of"
    r"|thousands of|some|cured|all|nine out of ten"
    r"|most of our)(?: of our)? (?:\w{1,12} )?(?:\w{1,12} )?(?:patients?|clients?|people|guests"
    r"|members|customers) "
    r"(?:we have treated )?(?:\w{1,12} )?(?:reports?|tell|say|notice|describe|rave|love"
    r"|find(?! it)|feel(?! (?:sick|tired|worse|unwell|ill|very|low))|see"
    r"|experience[ds]?(?! (?:side|pain|harm|complic|sympt))|enjoy\w{0,2}|regain\w{0,2}"
    r"|has regained|improv\w{1,3}|throw|become|return\w{0,3}|achiev\w{1,3}|leave|left|walk\w{0,3}"
    r"|recover\w{0,3}|thank|continue to|are learning|are now)",
    r"<people> (?:typically|often|usually|regularly|consistently|routinely|frequently|soon"
    r"|now) (?:report|notice|feel|see|experience|enjoy|improve|regain|return|walk|describe)",
    r"(?:we have seen|i have (?:seen|witnessed)|i've (?:seen|witnessed)|we've seen"
    r"|we see) <few><people>",
    r"(?:i|i'm|i've|my) [^.;!?\n]{0,110}?\b(?:walk\w{0,3}|ran|danc\w{1,3}|play(?:ed|ing)?|swim"
    r"|garden|climb\w{0,3}|stand|stood|no pain|pain-free|free of|free from|clear|speechless"
    r"|can't believe|better than|feel better|changed (?:everything|my)|life back|healed|gone"
    r"|gone down|thanks|recommend|amazing|miracle|wonderful|no longer (?:take|need|have|feel|use)"
    r"|threw|stopped my|not looked back|again|lifted|strong|soft|normal|younger|living proof"
    r"|cancelled|off (?:my|all|every)|how good|proved (?:them|him|her)|worth every|restart"
    r"|not needed|best (?:money|thing|decision)|without (?:a|any|taking)|new (?:body|person|life"
    r"|woman|man)|believe in|not one|grateful|so happy|saved|success)",
    r"(?:walk\w{0,3}|ran|danc\w{1,3}|play(?:ed|ing)?|swim|garden|climb\w{0,3}|stand|stood|no pain"
    r"|pain-free|free of|free from|clear|speechless|can't believe|better than|feel better"
    r"|changed (?:everything|my)|life back|healed|gone|gone down|thanks|recommend|amazing|miracle"
    r"|wonderful|no longer (?:take|need|have|feel|use)|threw|stopped my|not looked back|again"
    r"|lifted|strong|soft|normal|younger|living proof|cancelled|off (?:my|all|every)|how good"
    r"|proved (?:them|him|her)|worth every|restart|not needed|best (?:money|thing|decision)"
    r"|without (?:a|any|taking)|new (?:body|person|life|woman|man)|believe in|not one|grateful"
    r"|so happy|saved|success)[^.;!?\n]{0,60}?\b(?:i (?:ever|feel|felt|am|have)|my (?:life|skin"
    r"|body|hands|legs|pain|family))|it felt as if",
    r"(?:gave|given|give) (?:me|us|him|her) (?:back )?(?:my|our|his|her)|(?:best (?:money|decision"
    r"|thing)) i|without a second thought|the staff (?:were|was)|(?:highly"
    r"|wholeheartedly) recommend|would recommend (?:this|it|them|the)",
    r"thanks to (?:\w{1,10} )?(?:stem|the (?:doctor|team|clinic|staff|cells)|dr|this|your|our)"
    r"|thank you,? (?:dr|doctor|to)|came out dancing|(?:has|have|did) not looked? back",
    r"(?:threw|throw|throwing|thrown|toss\w{0,3}|put) (?:away |aside |down )?(?:my|her|his|their"
    r"|your|the) <few>(?:away|crutches|cane|walker|sticks?|wheelchair|pens?)",
    r"(?:he|she|they|husband|wife|mother|daughter|son|patient) (?:is|was|can|could|has"
    r"|now) (?:\w{1,10} )?(?:\w{1,10} )?(?:walk\w{0,3}|danc\w{1,3}|runn?\w{0,3}|play\w{0,3}"
    r"|off (?:all )?(?:her|his|their)|pain|back (?:to|at)|symptom|living|well again|free)",
    r"(?:says|said|wrote|writes|explains"
    r"|recalls) [\w'-]{2,15}(?: [\w.'-]{1,15})?,? (?:aged? )?\d\d"
    r"|\w{3,12},? (?:aged? )?\d\d,? (?:from|of|who) ",
    r"we (?:have|had) (?:our|my) <few>back|(?:now|are) walking, talking|told (?:me|her|him|them"
    r"|that)? <few>(?:nothing|never|no hope|untreatable|incurable)|told (?:i|she|he) (?:would"
    r"|'d) never",
    level=Level.BLOCK,
    reason="A person's story cannot show that a treatment works: most are told soon after it, and "
    "those who got no better do not appear. Cite a study.",
    standard="ISSCR nine things, 7; CIRM; Sipp 2017",
    excuses=(PLAIN & ~(Excuse.DENIED_BEFORE | Excuse.DENIED_WITHIN)) & ~Excuse.CAREFUL_VOICE,
)

# Doctors who decide with a patient claim nothing. An authority is one for what it vouches for.
WITH_THE_PATIENT = (
    r" (?:with (?:you|your|each|them|their)|together|whether|which|who|when|how (?:long|often|much)"
    r"|between|no|(?:on )?(?:a|the|your) (?:plan|dose|date|day))(?!\w)"
)
THE_PRODUCT = (
    r" {0,2}(?:[.!?;,:\"'-]|$)| (?:us|our|this|it|these|stem|cells|for|first|over|above)(?!\w)"
)

AUTHORITY = rule(
    "RF08",
    "Unnamed experts",
    r"(?:written|approved|formulated|developed|led|performed|administered|supervised|overseen"
    r"|designed|founded|created) by (?:\w{1,12} ){0,3}(?:medical professional|experts?|doctors?"
    r"|physicians?|specialists?|scientists|surgeons?)",
    r"as an? (?:\w{1,12} ){0,3}(?:expert|doctor|scientist|specialist|physician|surgeon|authority)",
    r"(?:world-|internationally |highly |globally |widely )?(?:leading|renowned|respected|top"
    r"|foremost|eminent|expert|board[- ]certified|award[- ]winning|acclaimed|distinguished|elite"
    r"|celebrated|skilled|qualified|trained|best|celebrity) (?:\w{1,14} )?(?:\w{1,14} )?"
    r"(?:doctors?|physicians?|specialists?|experts?|surgeons?|scientists?|team|staff"
    r"|professionals?|clinics?|hospitals?|authorit(?:y|ies)|cent(?:er|re)s?|institutes?"
    r"|researchers?|universit(?:y|ies))",
    r"(?:experts|doctors|scientists|specialists|physicians|researchers|analysts"
    r"|surgeons)(?: \w{1,12})?(?: \w{1,12})?(?: \w{1,12})? (?:(?:agree|say|believe|recommend)"
    rf"(?!{WITH_THE_PATIENT})|hail|predict|are calling|trust(?! each)|love|swear|stunned|speechless"
    rf"|marvel|call it|are convinced|choose(?={THE_PRODUCT}))",
    r"harvard|stanford|nobel|ivy league|award[- ]winning|pioneer(?:s|ed|ing)?|world authority"
    r"|founding father|key opinion leader|peer-reviewed protocol|(?:years"
    r"|decades) of (?:\w{1,12} ){0,3}(?:experience|expertise|research|excellence|practice)"
    r"|(?:spent|over|more than) (?:\w{1,10} )?(?:\w{1,10} )?(?:years|decades) (?:perfecting"
    r"|developing|treating|helping|refining)|two decades",
    r"(?:left|leaving) (?:\w{1,10} )?(?:doctors|experts|scientists|specialists) (?:\w{1,10})"
    r"|recommended by (?:\w{1,12} )?(?:doctors|experts|physicians|athletes)"
    r"|used by (?:\w{1,12} )?(?:athletes|celebrities|doctors|hospitals)|celebrit(?:y|ies)|athletes"
    r"|hollywood",
    r"the (?:firm|company)'s (?:chief|founder)|according to (?:its|the) (?:founder|company|firm"
    r"|clinic)|the (?:company|firm|clinic) (?:announced|said|today|unveiled|claims proudly)"
    r"|said the (?:firm|company|clinic|founder|ceo|chief)",
    level=Level.BLOCK,
    reason="An authority without a name cannot be checked. Name the person, the role and what "
    "they declare, or leave it out.",
    standard="JAMA authorship; HON 1; Sipp 2017",
    excuses=PROVABLE & ~Excuse.CAREFUL_VOICE,
)

STUDIES = rule(
    "RF09",
    "Unnamed studies",
    r"(?:stud(?:y|ies)|research|science|(?:clinical |preliminary )?evidence|papers?|literature"
    r"|trials?|data|(?:early|clinical|published|recent|our) (?:results"
    r"|findings))(?: \w{1,12})?(?: \w{1,12})? "
    r"(?:shows?|shown|showed|proves?|proven|proved|demonstrat\w{1,3}|confirm\w{0,3}|reveal\w{0,2}"
    r"|establish\w{0,3}|found that|supports?|back(?:s|ed)?|agree|pronouncing|reported (?:positive"
    r"|good|great|excellent|remarkable)|indicates?|validat\w{1,3})",
    r"(?:many|numerous|several|countless|hundreds of|thousands of|dozens of|multiple|various"
    r"|mounting|growing|overwhelming|extensive|abundant|ample|solid|strong|scientific"
    r"|rigorous) (?:\w{1,14} ){0,2}(?:studies|trials|research|evidence|papers|publications|data) ?"
    r"(?:have|has|now|all|that|prove\w?|show\w?|support\w?|back|behind|confirm|on"
    r"|demonstrat\w{1,3}|pronounc\w{1,3}|suggest)?",
    r"(?:a|one|another|recent|new|landmark|major) (?:\w{1,14} )?(?:\w{1,14} )?stud(?:y"
    r"|ies) (?:showed|shows|demonstrated|proved|proves|found|confirmed|revealed)"
    r"|according to (?:an? |recent |new )(?:\w{1,14} ){0,3}(?:stud(?:y|ies)|research)",
    r"(?:clinically|scientifically|medically|fully) (?:proven|tested|validated|backed|supported"
    r"|established|documented|researched)|(?:science|research|evidence|data|doctor)[- ](?:backed"
    r"|based treatment|approved)|backed by|proof that|proving that",
    r"(?:early|preliminary|first|initial) (?:studies|results|research|evidence|data"
    r"|findings) (?:\w{1,12} )?(?:of|suggests?|show|are (?!expected|due|in)|indicate|in|reveal)"
    r"|have been (?:shown|proven) to|has been (?:shown|proven) to|(?:is|are) (?:now )?(?:proven"
    r"|shown) to|proven (?:to|results|track|effective|treatment|therapy|method|protocol|technology"
    r"|formula|by)|documented (?:results|success|cases)",
    r"(?:reported|published) (?:positive|excellent|great|good) (?:outcomes|results)"
    r"|it is (?:well )?(?:known|established|documented|proven) that",
    level=Level.BLOCK,
    reason="A result whose study is not named cannot be checked. Cite the study.",
    standard="JAMA attribution; HON 4 and 5; DISCERN 4",
    excuses=PROVABLE & ~Excuse.CAREFUL_VOICE,
)

POPULARITY = rule(
    "RF29",
    "Popularity as proof",
    r"(?:trusted|chosen|loved|used|recommended|relied on) by (?:\w{1,12} ){0,3}(?:thousands"
    r"|hundreds|millions|patients|families|people|doctors|\d)",
    r"(?:thousands|hundreds|tens of thousands|millions"
    r"|countless) (?:of )?(?:\w{1,12} )?(?:patients|people|lives|families|clients|satisfied|happy"
    r"|others|sufferers)|join (?:the )?(?:thousands|hundreds|growing|millions|our (?!free|support"
    r"|online|mailing|newsletter|charity|research)|over|more|\d)",
    r"(?:treated|helped|served|performed|administered"
    r"|completed) (?:\w{1,12} )?(?:\w{1,12} )?(?:\d[\d,.]{2,9}\+?|thousands|hundreds|countless)"
    r"|\d[\d,]{2,9}\+? (?:\w{1,12} )?(?:patients|procedures|treatments"
    r"|infusions) (?:\w{1,10} )?(?:treated|performed|worldwide|completed|helped|and counting|trust"
    r"|chose|have (?:chosen|come|trusted))",
    r"(?:patients|people|clients) (?:\w{1,12} )?from (?:\w{1,12} )?(?:\w{1,12} )?(?:\d+ |the world"
    r"|around the|all over|every|across the|countries|many)|as seen (?:on|in)|in the news"
    r"|featured in|most (?:popular|trusted|requested|visited)|word is out|everyone is talking"
    r"|best-kept",
    level=Level.WARN,
    reason="How many people bought a treatment does not tell whether it works.",
    standard="Sipp 2017; FDA consumer notice 2021",
    excuses=PROVABLE,
)

SUCCESS_RATES = rule(
    "RF27",
    "Guarantees and success rates",
    r"guarante\w{1,3}|money[- ]back|(?:success|response|recovery|cure|satisfaction"
    r"|improvement) rates? (?:of|is|are|above|over|exceed\w{0,3}|as high)|(?:high|proven|unmatched"
    r"|impressive|highest|excellent|best) success(?: rates?)?|\d{1,3}(?:\.\d)? ?(?:%|per ?cent"
    r"|percent) (?:\w{1,10} )?(?:success|effective|satisf\w{1,6}|safe|improv\w{1,5}|recover\w{0,3}"
    r"|cure\w?|reduction|natural|success|safety|viab\w{1,5}|of (?:our|patients|people|clients"
    r"|users|those|all|cases|ms|lupus) )",
    r"(?:nine|eight|9|8|seven|7|95|99) (?:out of|in|of) (?:ten|10|every ten|100)(?: of (?:our"
    r"|the))? ?(?:\w{1,12} )?(?:patients|people|clients|report|improve|feel|say|would|walk|see)?"
    r"|(?:vast|great|overwhelming) majority (?:of )?(?:\w{1,12} )?(?:patients|cases|people|clients"
    r"|improve|report)?|almost (?:everyone|all|every) (?:one |patient|client|case|improv|benefit"
    r"|respond|we |of our)\w{0,5}|(?:every|all|each) (?:one of )?(?:our |single )?patients?"
    r"|every patient",
    r"works? (?:for (?:everyone|everybody|all|anyone|nearly)|every time|where|when|wonders|fast"
    r"|quickly)|never fails?|we promise|you have our word|our promise|just as (?:the clinic"
    r"|promised|we)|no questions asked|risk nothing|you will (?:\w{1,10} )?(?:see|feel|notice|walk"
    r"|wake|be (?:free|able|amazed)|regain|enjoy|love|experience)|you'll (?:feel|notice|be amazed"
    r"|walk|wake|regain|love|wonder|discover|never)",
    r"\d{1,3}(?:\.\d)? ?(?:%|per ?cent|percent) of (?:our |all )?(?:\w{1,12} )?(?:patients|people"
    r"|clients|cases|users)|(?:up to|over|more than|by|with|around|nearly) \d{1,3} ?(?:%|per ?cent"
    r"|percent) (?:\w{1,12} )?(?:improvement|reduction|success|less|fewer|more|better|recovery|of)"
    r"|(?:ten|five|three|two|\d{1,3}) times (?:more|stronger|better|faster|as)|(?:double"
    r"|triple)s? the",
    level=Level.BLOCK,
    reason="No treatment can be guaranteed, and a success rate without a named study and a "
    "comparison group says nothing. Give the study and its numbers.",
    standard="FTC 2018; NHS: numbers; GRADE 26",
    excuses=PROVABLE,
)

SUFFERING = rule(
    "RF25",
    "Pitying words",
    r"suffer(?:s|ed|ing)? (?:from|with)|sufferers?|debilitating|devastating|crippl\w{1,4}"
    r"|victims? of|afflicted|stricken|wheelchair-bound|confined to a|plagued by|battling"
    r"|cruel disease|desperate",
    level=Level.ADVISE,
    reason="Pity loads the decision. Say “people with”, and describe what the disease does.",
    standard="NHS: inclusive content",
    excuses=JUDGED | Excuse.DEFINED,
)

RULES = (STORIES, AUTHORITY, STUDIES, SUCCESS_RATES, POPULARITY, SUFFERING)
