"""Flags for who is made to speak: patients, experts, studies without a name."""

from editorial.checks import Level
from evidence.language.red_flags.rule import JUDGED, PLAIN, PROVABLE, Excuse, rule

STORIES = rule(
    "RF07",
    "Testimonials",
    r"(?:success|recovery|healing|patient|inspiring|inspirational|real-life|amazing|true) stor(?:y|ies)|testimonials?|before[- ]and[- ]after|(?:five|5)[- ]stars?|rave reviews?|happy (?:patients|clients|customers)|patient (?:videos|reviews)|[\w-]{2,20}'s story (?:shows|proves|is|will|inspir\w{1,4})|word of mouth",
    r"(?:hear|watch|read|see|meet|listen to) (?:\w{1,10} )?(?:\w{1,10} )?(?:from|real|our|how|what|their|the|\w{1,15}'s) <few>(?:<people>|stor(?:y|ies)|reviews?|videos?|recovery|journey|testimon\w{1,5}|say)",
    r"(?:real|our|many|most|past|former|previous|every|countless|satisfied|other|these|hundreds of|thousands of|some|cured|all|nine out of ten|most of our)(?: of our)? (?:\w{1,12} )?(?:\w{1,12} )?(?:patients?|clients?|people|guests|members|customers) "
    r"(?:we have treated )?(?:\w{1,12} )?(?:reports?|tell|say|notice|describe|rave|love|find(?! it)|feel(?! (?:sick|tired|worse|unwell|ill|very|low))|see|experience[ds]?(?! (?:side|pain|harm|complic|sympt))|enjoy\w{0,2}|regain\w{0,2}|has regained|improv\w{1,3}|throw|become|return\w{0,3}|achiev\w{1,3}|leave|left|walk\w{0,3}|recover\w{0,3}|thank|continue to|are learning|are now)",
    r"<people> (?:typically|often|usually|regularly|consistently|routinely|frequently|soon|now) (?:report|notice|feel|see|experience|enjoy|improve|regain|return|walk|describe)",
    r"(?:we have seen|i have (?:seen|witnessed)|i've (?:seen|witnessed)|we've seen|we see) <few><people>",
    r"(?:i|i'm|i've|my) [^.;!?\n]{0,110}\b(?:walk\w{0,3}|ran|danc\w{1,3}|play(?:ed|ing)?|swim|garden|climb\w{0,3}|stand|stood|no pain|pain-free|free of|free from|clear|speechless|can't believe|better than|feel better|changed (?:everything|my)|life back|healed|gone|gone down|thanks|recommend|amazing|miracle|wonderful|no longer (?:take|need|have|feel|use)|threw|stopped my|not looked back|again|lifted|strong|soft|normal|younger|living proof|cancelled|off (?:my|all|every)|how good|proved (?:them|him|her)|worth every|restart|not needed|best (?:money|thing|decision)|without (?:a|any|taking)|new (?:body|person|life|woman|man)|believe in|not one|grateful|so happy|saved|success)",
    r"(?:walk\w{0,3}|ran|danc\w{1,3}|play(?:ed|ing)?|swim|garden|climb\w{0,3}|stand|stood|no pain|pain-free|free of|free from|clear|speechless|can't believe|better than|feel better|changed (?:everything|my)|life back|healed|gone|gone down|thanks|recommend|amazing|miracle|wonderful|no longer (?:take|need|have|feel|use)|threw|stopped my|not looked back|again|lifted|strong|soft|normal|younger|living proof|cancelled|off (?:my|all|every)|how good|proved (?:them|him|her)|worth every|restart|not needed|best (?:money|thing|decision)|without (?:a|any|taking)|new (?:body|person|life|woman|man)|believe in|not one|grateful|so happy|saved|success)[^.;!?\n]{0,60}\b(?:i (?:ever|feel|felt|am|have)|my (?:life|skin|body|hands|legs|pain|family))|it felt as if",
    r"(?:gave|given|give) (?:me|us|him|her) (?:back )?(?:my|our|his|her)|(?:best (?:money|decision|thing)) i|without a second thought|the staff (?:were|was)|(?:highly|wholeheartedly) recommend|would recommend (?:this|it|them|the)",
    r"thanks to (?:\w{1,10} )?(?:stem|the (?:doctor|team|clinic|staff|cells)|dr|this|your|our)|thank you,? (?:dr|doctor|to)|came out dancing|(?:has|have|did) not looked? back",
    r"(?:threw|throw|throwing|thrown|toss\w{0,3}|put) (?:away |aside |down )?(?:my|her|his|their|your|the) <few>(?:away|crutches|cane|walker|sticks?|wheelchair|pens?)",
    r"(?:he|she|they|husband|wife|mother|daughter|son|patient) (?:is|was|can|could|has|now) (?:\w{1,10} )?(?:\w{1,10} )?(?:walk\w{0,3}|danc\w{1,3}|runn?\w{0,3}|play\w{0,3}|off (?:all )?(?:her|his|their)|pain|back (?:to|at)|symptom|living|well again|free)",
    r"(?:says|said|wrote|writes|explains|recalls) [\w'-]{2,15}(?: [\w.'-]{1,15})?,? (?:aged? )?\d\d|\w{3,12},? (?:aged? )?\d\d,? (?:from|of|who) ",
    r"we (?:have|had) (?:our|my) <few>back|(?:now|are) walking, talking|told (?:me|her|him|them|that)? <few>(?:nothing|never|no hope|untreatable|incurable)|told (?:i|she|he) (?:would|'d) never",
    level=Level.BLOCK,
    reason="A person's story cannot show that a treatment works: most are told soon after it, and "
    "those who got no better do not appear. Cite a study.",
    standard="ISSCR nine things, 7; CIRM; Sipp 2017",
    excuses=PLAIN & ~(Excuse.DENIED_BEFORE | Excuse.DENIED_WITHIN),
)

AUTHORITY = rule(
    "RF08",
    "Unnamed experts",
    r"(?:written|approved|formulated|developed|led|performed|administered|supervised|overseen|designed|founded|created) by (?:\w{1,12} ){0,3}(?:medical professional|experts?|doctors?|physicians?|specialists?|scientists|surgeons?)",
    r"as an? (?:\w{1,12} ){0,3}(?:expert|doctor|scientist|specialist|physician|surgeon|authority)",
    r"(?:world-|internationally |highly |globally |widely )?(?:leading|renowned|respected|top|foremost|eminent|expert|board[- ]certified|award[- ]winning|acclaimed|distinguished|elite|celebrated|skilled|qualified|trained|best|celebrity) (?:\w{1,14} )?(?:\w{1,14} )?"
    r"(?:doctors?|physicians?|specialists?|experts?|surgeons?|scientists?|team|staff|professionals?|clinics?|hospitals?|authorit(?:y|ies)|cent(?:er|re)s?|institutes?|researchers?|universit(?:y|ies))",
    r"(?:experts|doctors|scientists|specialists|physicians|researchers|analysts|surgeons)(?: \w{1,12})?(?: \w{1,12})?(?: \w{1,12})? (?:agree|say|believe|recommend|hail|predict|are calling|trust|love|swear|stunned|speechless|marvel|call it|are convinced|choose)",
    r"harvard|stanford|nobel|ivy league|award[- ]winning|pioneer(?:s|ed|ing)?|world authority|founding father|key opinion leader|peer-reviewed protocol|(?:years|decades) of (?:\w{1,12} ){0,3}(?:experience|expertise|research|excellence|practice)|(?:spent|over|more than) (?:\w{1,10} )?(?:\w{1,10} )?(?:years|decades) (?:perfecting|developing|treating|helping|refining)|two decades",
    r"(?:left|leaving) (?:\w{1,10} )?(?:doctors|experts|scientists|specialists) (?:\w{1,10})|recommended by (?:\w{1,12} )?(?:doctors|experts|physicians|athletes)|used by (?:\w{1,12} )?(?:athletes|celebrities|doctors|hospitals)|celebrit(?:y|ies)|athletes|hollywood",
    r"the (?:firm|company)'s (?:chief|founder)|according to (?:its|the) (?:founder|company|firm|clinic)|the (?:company|firm|clinic) (?:announced|said|today|unveiled|claims proudly)|said the (?:firm|company|clinic|founder|ceo|chief)",
    level=Level.BLOCK,
    reason="An authority without a name cannot be checked. Name the person, the role and what "
    "they declare, or leave it out.",
    standard="JAMA authorship; HON 1; Sipp 2017",
    excuses=PROVABLE,
)

STUDIES = rule(
    "RF09",
    "Unnamed studies",
    r"(?:stud(?:y|ies)|research|science|(?:clinical |preliminary )?evidence|papers?|literature|trials?|data|(?:early|clinical|published|recent|our) (?:results|findings))(?: \w{1,12})?(?: \w{1,12})? "
    r"(?:shows?|shown|showed|proves?|proven|proved|demonstrat\w{1,3}|confirm\w{0,3}|reveal\w{0,2}|establish\w{0,3}|found that|supports?|back(?:s|ed)?|agree|pronouncing|reported (?:positive|good|great|excellent|remarkable)|indicates?|validat\w{1,3})",
    r"(?:many|numerous|several|countless|hundreds of|thousands of|dozens of|multiple|various|mounting|growing|overwhelming|extensive|abundant|ample|solid|strong|scientific|rigorous) (?:\w{1,14} ){0,2}(?:studies|trials|research|evidence|papers|publications|data) ?"
    r"(?:have|has|now|all|that|prove\w?|show\w?|support\w?|back|behind|confirm|on|demonstrat\w{1,3}|pronounc\w{1,3}|suggest)?",
    r"(?:a|one|another|recent|new|landmark|major) (?:\w{1,14} )?(?:\w{1,14} )?stud(?:y|ies) (?:showed|shows|demonstrated|proved|proves|found|confirmed|revealed)|according to (?:an? |recent |new )(?:\w{1,14} ){0,3}(?:stud(?:y|ies)|research)",
    r"(?:clinically|scientifically|medically|fully) (?:proven|tested|validated|backed|supported|established|documented|researched)|(?:science|research|evidence|data|doctor)[- ](?:backed|based treatment|approved)|backed by|proof that|proving that",
    r"(?:early|preliminary|first|initial) (?:studies|results|research|evidence|data|findings) (?:\w{1,12} )?(?:of|suggests?|show|are (?!expected|due|in)|indicate|in|reveal)|have been (?:shown|proven) to|has been (?:shown|proven) to|(?:is|are) (?:now )?(?:proven|shown) to|proven (?:to|results|track|effective|treatment|therapy|method|protocol|technology|formula|by)|documented (?:results|success|cases)",
    r"(?:reported|published) (?:positive|excellent|great|good) (?:outcomes|results)|it is (?:well )?(?:known|established|documented|proven) that",
    level=Level.BLOCK,
    reason="A result whose study is not named cannot be checked. Cite the study.",
    standard="JAMA attribution; HON 4 and 5; DISCERN 4",
    excuses=PROVABLE,
)

POPULARITY = rule(
    "RF29",
    "Popularity as proof",
    r"(?:trusted|chosen|loved|used|recommended|relied on) by (?:\w{1,12} ){0,3}(?:thousands|hundreds|millions|patients|families|people|doctors|\d)",
    r"(?:thousands|hundreds|tens of thousands|millions|countless) (?:of )?(?:\w{1,12} )?(?:patients|people|lives|families|clients|satisfied|happy|others|sufferers)|join (?:the )?(?:thousands|hundreds|growing|millions|our (?!free|support|online|mailing|newsletter|charity|research)|over|more|\d)",
    r"(?:treated|helped|served|performed|administered|completed) (?:\w{1,12} )?(?:\w{1,12} )?(?:\d[\d,.]{2,9}\+?|thousands|hundreds|countless)|\d[\d,]{2,9}\+? (?:\w{1,12} )?(?:patients|procedures|treatments|infusions) (?:\w{1,10} )?(?:treated|performed|worldwide|completed|helped|and counting|trust|chose|have (?:chosen|come|trusted))",
    r"(?:patients|people|clients) (?:\w{1,12} )?from (?:\w{1,12} )?(?:\w{1,12} )?(?:\d+ |the world|around the|all over|every|across the|countries|many)|as seen (?:on|in)|in the news|featured in|most (?:popular|trusted|requested|visited)|word is out|everyone is talking|best-kept",
    level=Level.WARN,
    reason="How many people bought a treatment does not tell whether it works.",
    standard="Sipp 2017; FDA consumer notice 2021",
    excuses=PROVABLE,
)

SUCCESS_RATES = rule(
    "RF27",
    "Guarantees and success rates",
    r"guarante\w{1,3}|money[- ]back|(?:success|response|recovery|cure|satisfaction|improvement) rates? (?:of|is|are|above|over|exceed\w{0,3}|as high)|(?:high|proven|unmatched|impressive|highest|excellent|best) success(?: rates?)?|\d{1,3}(?:\.\d)? ?(?:%|per ?cent|percent) (?:\w{1,10} )?(?:success|effective|satisf\w{1,6}|safe|improv\w{1,5}|recover\w{0,3}|cure\w?|reduction|natural|success|safety|viab\w{1,5}|of (?:our|patients|people|clients|users|those|all|cases|ms|lupus) )",
    r"(?:nine|eight|9|8|seven|7|95|99) (?:out of|in|of) (?:ten|10|every ten|100)(?: of (?:our|the))? ?(?:\w{1,12} )?(?:patients|people|clients|report|improve|feel|say|would|walk|see)?|(?:vast|great|overwhelming) majority (?:of )?(?:\w{1,12} )?(?:patients|cases|people|clients|improve|report)?|almost (?:everyone|all|every) (?:one |patient|client|case|improv|benefit|respond|we |of our)\w{0,5}|(?:every|all|each) (?:one of )?(?:our |single )?patients?|every patient",
    r"works? (?:for (?:everyone|everybody|all|anyone|nearly)|every time|where|when|wonders|fast|quickly)|never fails?|we promise|you have our word|our promise|just as (?:the clinic|promised|we)|no questions asked|risk nothing|you will (?:\w{1,10} )?(?:see|feel|notice|walk|wake|be (?:free|able|amazed)|regain|enjoy|love|experience)|you'll (?:feel|notice|be amazed|walk|wake|regain|love|wonder|discover|never)",
    r"\d{1,3}(?:\.\d)? ?(?:%|per ?cent|percent) of (?:our |all )?(?:\w{1,12} )?(?:patients|people|clients|cases|users)|(?:up to|over|more than|by|with|around|nearly) \d{1,3} ?(?:%|per ?cent|percent) (?:\w{1,12} )?(?:improvement|reduction|success|less|fewer|more|better|recovery|of)|(?:ten|five|three|two|\d{1,3}) times (?:more|stronger|better|faster|as)|(?:double|triple)s? the",
    level=Level.BLOCK,
    reason="No treatment can be guaranteed, and a success rate without a named study and a "
    "comparison group says nothing. Give the study and its numbers.",
    standard="FTC 2018; NHS: numbers; GRADE 26",
    excuses=PROVABLE,
)

SUFFERING = rule(
    "RF25",
    "Pitying words",
    r"suffer(?:s|ed|ing)? (?:from|with)|sufferers?|debilitating|devastating|crippl\w{1,4}|victims? of|afflicted|stricken|wheelchair-bound|confined to a|plagued by|battling|cruel disease|desperate",
    level=Level.ADVISE,
    reason="Pity loads the decision. Say “people with”, and describe what the disease does.",
    standard="NHS: inclusive content",
    excuses=JUDGED | Excuse.DEFINED,
)

RULES = (STORIES, AUTHORITY, STUDIES, SUCCESS_RATES, POPULARITY, SUFFERING)
