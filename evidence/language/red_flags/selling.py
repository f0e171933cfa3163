"""Flags for selling: the shop's voice, links, fees, borrowed approval, pressure."""

from editorial.checks import Level
from evidence.language.red_flags.rule import JUDGED, PLAIN, PROVABLE, Excuse, rule

MONEY = r"(?:us\$|[$€£]|usd |eur |gbp )\d[\d,.]{0,9}(?! ?(?:m|mn|million|billion)\b)"

SALES = rule(
    "RF17",
    "Sales voice",
    r"(?:book|schedule|reserve|secure|claim|request|arrange|get|receive|lock in|start"
    r"|begin)(?: with)? (?:a|an|your|my|this) (?:\w{1,14} )?(?:\w{1,14} )?(?:consultations?"
    r"|evaluation|assessment|spot|place|slot|quote|session|seat|treatment|call|infusion|price"
    r"|year's price|date|journey|healing|transformation|discount)",
    r"free (?:\w{1,14} )?(?:consultation|evaluation|quote|assessment|trial session|ebook|brochure"
    r"|guide to your)|no[- ]obligation|(?:contact|call|email|whatsapp|message|text|dm|phone"
    r"|visit) (?:us (?:now|today|to (?:book|learn|schedule|start|see)|for (?:a|your|more))"
    r"|our (?:clinic|cent|team|friendly|patient|coordinator|specialist|website|advis)\w{0,9}|now"
    r"|today)|one phone call|click (?:here|below|the)|link in (?:bio|our)|learn more|sign up"
    r"|apply (?:now|today)|(?:enquire|inquire|order|buy|book|call|enroll?|register|act) (?:now"
    r"|today)",
    r"(?:discounts?|special offer|\d{1,2} ?% off|dollars off|off your|save (?:up to )?\d|save \d"
    r"|early[- ]bird|coupon|promo(?:tion)?|voucher|sale ends|refer a friend|payment plans?"
    r"|financing|instal?lments|affordable|best value|(?:for )?the price of|pay in full"
    r"|deposit (?:secures|today)|gift card|loyalty|all[- ]inclusive|concierge|vip|luxur\w{1,5}"
    r"|five-star|complimentary|airport (?:transfer|pick)|(?:free|included) (?:hotel|transfer)"
    r"|hotel (?:transfer|stay|included|and)|(?:and|,) hotel)",
    r"our (?:\w{1,16} )?(?:\w{1,16} )?(?:clinics?|cent(?:er|re)s?|patients|clients|protocols?|stem"
    r"|cells?|treatments?|therap(?:y|ies)|doctors|physicians|specialists|laborator(?:y|ies)|labs?"
    r"|facilit(?:y|ies)|packages?|programmes?|programs?|method|approach|products?|exosomes|prices"
    r"|procedures?|surgeons|coordinators|infusions?|driver|suite|technolog\w{1,3}|technique"
    r"|formula|driver|cutting|hospital|experts|promise|mission)(?! (?:charity|helpline))",
    r"we(?: \w{1,12}ly)?(?: are| have| can| also| will| only| now|'re|'ve"
    r"|'ll)?(?: \w{1,12}ly)? (?:offer|treat|treated|provide|special\w{1,4}|deliver|help|helped"
    r"|combine|design\w{0,2}|tailor|use only|teach|restore|proud|leading|the number|the first"
    r"|experts|guarantee|transform|welcome|give you|heal|cure|believe in|harvest|inject|administer"
    r"|culture|expand|isolate|customi[sz]e|personali[sz]e|have an answer|here for|invite"
    r"|look forward|make it|accept|ship|take care)",
    r"(?:the|at) (?:\w{1,14} ){0,2}(?:institute|clinic|cent(?:er|re)) we"
    r"|at [\w'-]{2,20}(?: [\w'-]{2,20})? we|(?<=\w )inc\b\.?|why choose|choose us|(?:patient"
    r"|treatment|care) coordinator|medical (?:tourism|travel|holiday)|(?:wellness|rejuvenation"
    r"|healing|recovery|stem cell) (?:retreat|resort|holiday|vacation|suite|experience|package"
    r"|getaway|programme)",
    r"(?:gold|platinum|silver|premium|deluxe|basic|starter|executive|ultimate) (?:plan|package"
    r"|programme|program|membership|tier|option)|(?:freedom|recovery|reversal|renewal|reset"
    r"|wellness|rejuvenation|combo|total) (?:package|programme|program|plan|combo|bundle)|(?:add"
    r"|any|treatment|care|our) packages?",
    rf"(?:from|only|just|for|at|packages?|sessions?|knees|combo|starting at|worth|price\w?:?"
    rf"|transfer,|of|:|,) ?{MONEY}|{MONEY} (?:per|each|for|with|all|only|off)"
    rf"|[\w-]{{2,20}}, {MONEY}|(?:don't|do not) (?:wait|hesitate|delay|miss|settle|suffer)"
    rf"|(?:still )?(?:hesitating|wondering|thinking about it)|ready to (?:\w{{1,10}})"
    rf"|are you (?:tired|ready|looking|suffering|struggling|living)|(?:looking"
    rf"|searching) for (?:\w{{1,12}} ){{0,3}}(?:relief|answers?|solution|treatment|alternative"
    rf"|way)",
    r"(?:personali[sz]ed|customi[sz]ed|tailor-made|bespoke|individuali[sz]ed"
    r"|tailored) (?:\w{1,12} )?(?:to you|care|protocol|programme|program|plan|stem|treatment"
    r"|therapy|regenerative|healing)|patented|proprietary"
    r"|exclusive(?:ly)?(?: \w{1,12})? (?:formula|protocol|offer|technique|technology|treatment"
    r"|access|at|method)|cutting|(?:designed|built) around (?:you|your)|welcome you|every detail"
    r"|your comfort|peace of mind|world of difference|follow us|tag a friend"
    r"|share this(?! (?:word|name))|swipe up"
    r"|drop (?:a|us)|comment below",
    level=Level.BLOCK,
    reason="The voice of a seller has no place in information. Take it out.",
    standard="HON 8; NHS content standard; PIF",
    excuses=(JUDGED & ~Excuse.DENIED_WITHIN) | Excuse.STUDIED,
)

PRESSURE = rule(
    "RF28",
    "Pressure to decide",
    r"(?:limited|few|last|remaining|only \w{1,6}) (?:\w{1,12} )?(?:time|places?|spots?|slots?"
    r"|availability|spaces?|appointments|seats|offer|left)|(?:places?|spots?|spaces?|slots?"
    r"|appointments) (?:are |is )?(?:\w{1,10} )?(?:limited|available|filling|going|left|from)"
    r"|(?:offer|price|deal|discount|promotion) (?:ends|expires|valid|available|is only)",
    r"before (?:the end of|it's too late|it is too late|prices|places)|(?:act (?:now|fast|today"
    r"|quickly)|hurry|today only|while (?:stocks|places|supplies)|don't miss|waiting list is"
    r"|every day (?:counts|you wait|matters)|time is (?:running|not)|this month only"
    r"|now is the time|the sooner you|you (?:can't|cannot) afford to|priority date"
    r"|what are you waiting)",
    r"(?:they|doctors|big pharma|your doctor) (?:don't|doesn't|do not|won't|will not) want you",
    level=Level.BLOCK,
    reason="Pressure to decide is a sign of selling. A reader needs time and a second opinion.",
    standard="HON 8; ISSCR handbook 2008",
    excuses=(JUDGED & ~(Excuse.DENIED_WITHIN | Excuse.CAREFUL_VOICE)) | Excuse.STUDIED,
)

PAID_TRIAL = rule(
    "RF19",
    "Paying to take part",
    r"(?:patient|self|participant)[- ](?:funded|sponsored|paid|financed)|(?:participation"
    r"|enrol?lment|registration|trial|study|research) (?:participation )?fees?"
    r"|pay[- ]to[- ](?:participate|play)|(?:fee|charge|cost|price"
    r"|pay\w{0,3})[^.;!?\n]{0,60}?\b(?:enroll?\w{0,4}|participat\w{1,4}|take part|join|(?:our|this"
    r"|the) (?:study|trial|research))",
    rf"(?:trial|study|research)[^.;!?\n]{{0,50}}(?:{MONEY}|for a fee|no placebo)|(?:enroll?|join"
    rf"|participate|take part)[^.;!?\n]{{0,40}}(?:{MONEY}|for a fee|fee of|no placebo)"
    rf"|no placebo group|everyone (?:gets|receives) (?:the )?(?:real|active)",
    level=Level.BLOCK,
    reason="Taking part in a trial should be free. A fee is a known marketing device, even where "
    "the study is on a register.",
    standard="Turner 2017; FDA consumer notice 2021; ISSCR nine things, 8",
    excuses=PLAIN & ~Excuse.CAREFUL_VOICE,
)

BORROWED = rule(
    "RF20",
    "Borrowed approval",
    r"(?:fda|ema|mhra|who|government|state|officially|ministry|internationally|iso|gmp|cgmp|fully"
    r"|jci|aatb)[- ](?:registered|cleared|compliant|licen[sc]ed|certified|accredited|recogni[sz]ed"
    r"|regulated|inspected|approved (?:lab\w{0,8}|facilit\w{1,3}|clinics?|protocols?|process"
    r"|treatments?|therap\w{1,3}|stem|cells?|technolog\w{1,3}|kits?|devices?|exosomes?))",
    r"(?:registered|listed|compliant|accredited|certified|approved|endorsed|recogni[sz]ed"
    r"|recognition|licen[sc]ed|in line|accordance) (?:\w{1,12} )?(?:with|on|at|by|from|to"
    r"|in) (?:\w{1,12} )?(?:\w{1,12} )?(?:fda|ema|clinicaltrials\.gov|nih|government|official"
    r"|ministry|who|health|iso|gmp|trials? regist\w{1,4}|international|authorit\w{1,4}"
    r"|medical board)",
    r"(?:iso|gmp|cgmp|jci) ?(?:\d{3,5}|lab\w{0,8}|facility|standards?|grade|certif\w{1,7}"
    r"|accredit\w{1,5}|production|quality)|(?:meets?|exceeds?|met|highest|strictest"
    r"|rigorous) <few>standards?(?: of approval)?|approved by (?:\w{1,12} )?(?:an? |our )?(?:irb"
    r"|ethics|institutional|ministry|doctors)|irb[- ](?:approved|registered)|compliant with fda"
    r"|fda rules|legally compliant|official (?:recognition|partner|approval)"
    r"|member of the (?:\w{1,14} ){0,4}(?:society|association|academy)",
    r"(?:quality|proven|you can trust|trust) (?:\w{1,12} )?(?:it|us|our (?:clinic|team|cells"
    r"|doctors))|so you (?:can|know)|which means (?:that )?you can (?:trust|rely|relax|be)"
    r"|confirms its quality",
    level=Level.BLOCK,
    reason="A registration or a licence for a building is not approval of a treatment, and "
    "approval for one use is not approval for another. Name what is approved, for what.",
    standard="FDA consumer notice 2021; Sipp 2017",
    excuses=PROVABLE,
)

LINKS = rule(
    "RF18",
    "Links to sellers",
    r"(?:https?://|www\.)[\w./%?=&#-]{0,60}(?:stem-?cell|regen|clinic(?!al)|therap|cure|wellness"
    r"|anti-?ag|shop|store|medtour)[\w./%?=&#-]{0,120}",
    level=Level.BLOCK,
    reason="A link to a seller lends it trust. Link to regulators, registers, charities and "
    "studies.",
    standard="MedlinePlus link guidelines; HON 8",
    excuses=Excuse(0),
)

TO_CLINICS = rule(
    "RF30",
    "Sends readers to clinics",
    r"(?:seek|choose|choosing|find|finding|visit|look for|go to|treat\w{0,4}"
    r"|select\w{0,3}) <some>(?:reputable|trusted|leading|accredited|qualified|licensed|good"
    r"|certified|experienced)"
    r" (?:\w{1,12} )?(?:clinics?|providers?)",
    level=Level.BLOCK,
    reason="Approval is the test of a treatment, not the good name of a clinic. Say what is "
    "approved, and send readers to their own specialist.",
    standard="FDA consumer notice 2021; HON 8",
    excuses=Excuse.ASKED | Excuse.DENIED_WITHIN,
)

RULES = (SALES, TO_CLINICS, PRESSURE, PAID_TRIAL, BORROWED, LINKS)
