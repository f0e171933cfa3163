"""Flags for how other treatments and other diseases are spoken of."""

from editorial.checks import Level
from evidence.language.red_flags.rule import PROVABLE, Excuse, rule

DRUG_FREEDOM = rule(
    "RF14",
    "Freedom from drugs, better than usual care",
    r"(?:reduc|eliminat|cut|end|ending|stop|stopped|ditch|discontinu|escap|replac|avoid|lower"
    r"|minimi[sz]|decreas|free|freeing|wean|come|came|coming|get|getting|got|stay|live|living|be"
    r"|giv)(?:e|es|ed|s|ing|ting|ping|ned)? "
    r"(?:or \w{1,12} )?(?:your |their |the |all |her |his |our |yourself |you |patients |off "
    r"|from |without |reliance |dependence |dependency |dependent |need |needs |for |on |of "
    r"|taking |to |up |long-term |lifelong |ongoing |daily |toxic |conventional |expensive "
    r"|costly |a |use ){1,6}(?:\w{1,16} )?(?:<drugs>|immunosuppressive drugs|surgery|dialysis"
    r"|joint replacement|transplants?)",
    r"(?:reduction in )?(?:medication|drug|insulin|steroid) (?:dependence|dependency|freedom"
    r"|independence)|(?:medication|drug|insulin|steroid|pill|needle|injection)-free|(?:insulin"
    r"|drug) independence|off (?:all )?(?:her|his|my|their|your) (?:\w{1,12} )?(?:<drugs>)",
    r"(?:no longer (?:take|takes|taking|need|needs|needed|on|require)|without (?:taking|a single"
    r"|any)|not (?:needed|taken|touched)|threw (?:away|out)|throw (?:away|out)|free of|free from"
    r"|say no to|need(?:s|ed)? no|no (?:toxic|more)|stopped (?:my|all|her|his|taking)|stop their"
    r"|stop taking) (?:\w{1,12} )?(?:\w{1,12} )?(?:<drugs>)",
    r"unlike (?:conventional|traditional|standard|other|existing|current|ordinary|most|a|the|your"
    r"|drugs?|hospital|surgery|biologics|steroids|chemo\w{0,7}|immunosupp\w{1,9})",
    r"(?:better|safer|stronger|cheaper|faster|gentler|kinder|superior|more (?:effective|powerful"
    r"|natural|affordable)|less expensive) (?:than|to) (?:\w{1,12} ){0,3}(?:<drugs>|surgery"
    r"|standard|conventional|any|traditional|a lifetime|other|existing|treatments?|therapy"
    r"|anything|hospital)",
    r"outperform\w{0,3}|(?:where|what|when (?:all|everything"
    r"|nothing)) (?:\w{1,12} ){0,3}(?:<drugs>|treatments?|medicine|doctors|everything|nothing|else"
    r"|others?|options) (?:\w{1,10} )?(?:have |has |had )?(?:fail|failed|fails|cannot|can't|ran"
    r"|run|merely|only|stop|couldn't|does not|stops)",
    r"(?:cancelled|avoid|avoided|instead of|without(?! an operation)|alternative to|skip"
    r"|postpone|no need for"
    r"|spare\w{0,3}) (?:\w{1,10} ){0,3}(?:the operation|surgery|an operation|joint replacement"
    r"|knee replacement|transplant|colostomy|dialysis|invasive)",
    r"(?:make|making|render)s? (?:\w{1,12} )?obsolete|replace (?:conventional|traditional"
    r"|\w{1,12}) (?:drugs|medicine|treatments?)|own cells can do"
    r"|nothing (?:\w{1,12} ){1,3}(?:prescribed|ever worked|worked)",
    level=Level.BLOCK,
    reason="This can lead people to stop a medicine that works. Give trial numbers, and say: do "
    "not stop a treatment without your specialist.",
    standard="HON 2; FTC 2018",
    excuses=PROVABLE & ~(Excuse.DENIED_WITHIN | Excuse.CAREFUL_VOICE),
)

BELITTLING = rule(
    "RF15",
    "Belittling usual treatment",
    r"(?:traditional|conventional|standard|current|mainstream|existing|western|ordinary|orthodox"
    r"|usual|old-fashioned|typical|regular) (?:\w{1,14} )?(?:treatments?|treatment (?:options"
    r"|approaches)|medicines?|therap(?:y|ies)|drugs?|approach(?:es)?|medications?|care"
    r"|rheumatology|neurology|options|immunosuppressants)[^.;!?\n]{0,60}?\b"
    r"(?:only|merely|just|simply|focus\w{0,3}|fail\w{0,2}|mask\w{0,3}|suppress\w{0,3}|limited"
    r"|address|temporar\w{1,3}|toxic|harsh|weaken|dependent|may not always|leave|slow to|exposed"
    r"|often|band-aid)",
    r"(?:<drugs>|doctors|medicine|treatments?|which) (?:can |may |do |will )?(?:only|merely|just"
    r"|simply) (?:mask|manag|suppress|treat|dull|hid|cover|slow|reliev|control|calm|delay|deal"
    r"|address|work|offer)\w{0,4}",
    r"(?:toxic|harsh|dangerous|harmful|addictive|synthetic|heavy|powerful|costly|expensive|endless"
    r"|lifelong) (?:<drugs>|chemicals|chemo|side[- ]effects|treatments)|big pharma"
    r"|pharmaceutical (?:industry|companies)|band-?aid|(?:lifetime|rest of (?:your|my"
    r"|their) li(?:fe|ves)|cycle|handfuls?|years) of (?:\w{1,12} )?(?:<drugs>|side[- ]effects"
    r"|treatment|dependence)",
    r"(?:tired|sick|fed up|weary) (?:of|with) |only (?:treatment )?(?:possibility|option"
    r"|choice) (?:was|is|has been)|temporary (?:relief|fix)|limited (?:relief|solutions|options)"
    r"|do(?:es)? not address|don't address|never address\w{0,3}|weaken you|mask(?:s|ing)? (?:the "
    r"|your )?(?:symptoms?|pain)|hid(?:e|es|ing) the symptoms",
    r"(?:hasn't my|won't tell|didn't tell|don't want|doesn't want|never told"
    r"|will not tell) (?:\w{1,10} )?(?:\w{1,10} )?(?:doctor|you|me|told|know)|slow to accept"
    r"|(?:nothing|no more|nothing more) (?:more |left |else )?(?:\w{1,8} )?(?:be done|to try|help)"
    r"|prescribed ever worked|proved? (?:them|doctors|everyone) wrong|just (?:calming|managing"
    r"|masking|treating)",
    r"(?:dependent|hooked|reliant) on (?:\w{1,12} )?(?:<drugs>)|why (?:take|suffer|keep|live with"
    r"|settle|spend|rely|wait|risk)",
    level=Level.WARN,
    reason="A false contrast: effective treatments exist for these diseases. Describe them fairly, "
    "with what they do and what they cost the body.",
    standard="DISCERN 6 and 14",
    excuses=PROVABLE & ~(Excuse.DENIED_WITHIN | Excuse.DENIED_AFTER),
)

ALTERNATIVE = rule(
    "RF16",
    "Called an alternative",
    r"(?:as an?|an?|the|new|natural|promising|viable|real|effective|affordable|genuine|safe|safer"
    r"|better|proven|exploring|true|powerful|exciting|gentle|gentler|superior"
    r"|attractive) (?:\w{1,12} )?alternatives?(?! (?:name|splicing|explanation|hypothesis|is|was"
    r"|would|may|could))(?: (?:to|for|treatment|therap\w{1,3}|option|approach|medicine))?",
    r"alternative (?:to (?:\w{1,12} )?(?:<drugs>|surgery|standard|conventional|transplants?)"
    r"|therap(?:y|ies)|medicine|treatments?|solution|approach|healing)",
    level=Level.WARN,
    reason="“Alternative” puts an unproven product beside recognised treatment. Say whether it is "
    "approved for this disease.",
    standard="FDA consumer notice 2021",
    excuses=PROVABLE,
)

MANY_DISEASES = rule(
    "RF13",
    "One treatment, many diseases",
    r"(?:wide|broad|whole|full|vast|huge|diverse) (?:range|variety|spectrum|array|number"
    r"|host) of (?:\w{1,14} )?(?:\w{1,14} )?(?:conditions?|diseases?|disorders?|ailments?"
    r"|illnesses?|complaints?|problems)",
    r"(?:many|various|numerous|dozens of|hundreds of|countless|all kinds of|all types of|any"
    r"|virtually any|virtually every|almost any|every|multiple|most|several|a (?:range|variety"
    r"|host|number) of|(?:over|more than|up to) \d{1,3}|\d{1,3}\+?)"
    r" (?:other )?(?:health|medical|chronic|serious|autoimmune|degenerative|different|debilitating"
    r"|inflammatory|neurological|incurable)?,? ?(?:\w{1,14} )?(?:and \w{1,14} )?(?:conditions?"
    r"|diseases|disorders|ailments?|illnesses)[^.;!?\n]{0,60}?\b(?:treat|respond|help|benefit|heal"
    r"|cur|improv|therap|our|protocol|potential|symptom|including|from)\w{0,6}",
    r"(?:treat|help|benefit|heal|improv|respond|effective|suitable|ideal|work|suited|applied|cover"
    r"|used|therap|combat|tackl|program\w{0,3}|potential)\w{0,5} [^.;!?\n]{0,40}?\b(?:many|various"
    r"|numerous|dozens of|hundreds of|countless|all kinds of|any|virtually any|virtually every"
    r"|almost any|every|multiple|a (?:range|variety|host|number) of|(?:over|more than"
    r"|up to) \d{1,3}|\d{1,3}\+?)"
    r" (?:other )?(?:\w{1,14},? )?(?:\w{1,14} )?(?:and \w{1,14}(?:-\w{1,9})? )?(?:conditions?"
    r"|diseases|disorders|ailments?|illnesses|diagnos[ei]s)",
    r"(?:over|more than|up to) \d{1,3} (?:\w{1,14} )?(?:\w{1,14} )?(?:conditions|diseases"
    r"|illnesses) (?:respond|can be|are|treat|benefit)\w{0,3}|whatever (?:the|your) (?:diagnosis"
    r"|condition|disease)|(?:suitable for|effective (?:for|against|in)|covers?|treats?|helps? with"
    r"|works? for|answer to) (?:<disease>,? ){1}(?:and |to |, )?(?:<disease>,? ){1}(?:and |to "
    r"|, )?(?:<disease>)",
    r"(?:suitable|ideal|perfect) for (?:everyone|all ages|patients of|any age|most|almost|ms|all"
    r"|anyone)|one (?:treatment|therapy|infusion|protocol) for (?:all|many|every)"
    r"|almost everyone (?:is|can|qualif|benefit|improv)\w{0,4}|is a candidate",
    level=Level.WARN,
    reason="The same cells are unlikely to work in diseases with different causes. Name the "
    "disease that was studied, and the study.",
    standard="ISSCR nine things, 4; ISSCR handbook 2008",
    excuses=PROVABLE,
)

COUNTS = rule(
    "RF33",
    "A count of diseases without a source",
    r"(?:at least|over|more than|about|around|some|nearly|almost) (?:80|100"
    r"|\d{2,3}) (?:\w{1,12} )?(?:\w{1,12} )?(?:of )?(?:autoimmune|immune)",
    level=Level.ADVISE,
    reason="This count is repeated everywhere and seldom sourced. Cite where it comes from, or "
    "leave it out.",
    standard="JAMA attribution; HON 4",
    excuses=PROVABLE,
)

OFF_TOPIC = rule(
    "RF24",
    "Diseases that are not autoimmune",
    r"(?:treat|therap|medicine|stem cell|regenerat|help|heal|cure|benefit|improv|package|clinic"
    r"|relief|protocol|suitable|halt|reverse|respond)\w{0,6}[^.;!?\n]{0,70}?\b"
    r"(?:als|lou gehrig's|autism|alzheimer's|parkinson's|dementia|stroke"
    r"|spinal (?:cord )?injur(?:y|ies)|copd|cerebral palsy|hair loss|erectile dysfunction|wrinkles"
    r"|lyme|neuropathy|sports injur(?:y|ies)|back pain|macular degeneration|heart failure"
    r"|long covid)",
    r"als [^.;!?\n]{0,60}?\b(?:treated|gains|improv\w{1,4}|reversed|cells|halted|therapy"
    r"|does not have)",
    level=Level.WARN,
    reason="This disease is not autoimmune: a list of unlike diseases is often a clinic's menu.",
    standard="FDA consumer notice 2021; FDA advisers on NurOwn 2023",
    excuses=PROVABLE & ~Excuse.CAREFUL_VOICE,
)

PRODUCTS = rule(
    "RF26",
    "Products sold as stem cells",
    r"(?:exosomes?|svf|stromal vascular fraction|wharton's jelly|prp|platelet-rich plasma|amniotic"
    r"|placenta\w{0,2}|birth[- ]tissues?|umbilical|cord[- ](?:blood|tissue|derived)|fetal|foetal"
    r"|nano-?vesicles|secretome|growth factors?|nad\+?|peptides?)[^.;!?\n]{0,60}?\b"
    r"(?:therap(?:y|ies)|treatments?|injections?|infusions?|drips?|iv|serum|powerful|contain|rich"
    r"|packed|boost|bring|give|gives|heal|healing|range|double|better|potent|repair|renew|knees"
    r"|package|young|youthful|combo|products? (?:from|at)|available|work|regenerat\w{1,4}"
    r"|rejuvenat\w{1,4}|vials?)\w{0,3}",
    r"(?:inject|infus|combin|add|ship|offer|buy|order|our|premium|pure|with|receive|now|vial"
    r"|contain|packed|billion|million|trillion|fresh|live"
    r"|high-potency)\w{0,4} [^.;!?\n]{0,40}?\b(?:exosomes?|svf|stromal vascular fraction"
    r"|wharton's jelly|prp|platelet-rich plasma|placenta\w{0,2}|birth tissues?|amniotic|secretome)",
    r"\d{1,4} ?(?:m|million|billion) (?:\w{1,12} )?(?:\w{1,12} )?(?:cells|exosomes)|(?:millions"
    r"|billions|trillions) of (?!blood)(?:\w{1,12} )?(?!blood)(?:\w{1,12} )?(?:cells|exosomes)"
    r"|(?:fresh|live|potent|purest|young|vibrant|premium|high-potency|pharmaceutical-grade"
    r"|medical-grade) (?:\w{1,10} )?(?:stem )?(?:cells|exosomes)",
    level=Level.BLOCK,
    reason="An unapproved product that may contain no living stem cells; the FDA names such "
    "products in its warning. Say what it is and that it is not approved.",
    standard="FDA consumer notice 2021",
    excuses=PROVABLE,
)

RULES = (DRUG_FREEDOM, BELITTLING, ALTERNATIVE, MANY_DISEASES, COUNTS, OFF_TOPIC, PRODUCTS)
