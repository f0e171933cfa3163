"""What makes a sentence careful although it holds a seller's words.

A sentence may deny the words ("not a cure"), warn of them ("clinics that promise …"), count
("3 of 55 people in the trial"), say that something is being studied, define a word, or ask. In a
seller's own voice ("our patients", "call now") none of these but denial counts.
"""

import re
from functools import cached_property

from evidence.language.red_flags.rule import Excuse, compiled

# What denies, and the look-alikes that sell: "not only", "no longer", "can't wait".
DENIAL = re.compile(
    r"(?<!\w)(?:not(?! (?:only|just|merely|simply|needed|looked|have to))|no(?! (?:longer|more"
    r"|wonder|doubt|need|matter|surgery|downtime|side|chemo|hospital|drugs|needles|placebo|toxic))"
    r"|never(?! (?:been|felt|give|lose))|cannot|(?!can't wait|don't wait|don't give|don't miss"
    r"|don't hesitate|don't let|don't settle|couldn't be)\w{2,6}n't|nor|neither|whether|until"
    r"|nobody|none|nothing is|without (?:proof|evidence|knowing|showing|being)|lack(?:s|ed|ing)?"
    r"|(?:little|weak|limited|poor|insufficient) (?:\w{1,10} )?evidence|too (?:early|few|small"
    r"|soon)|unlikely|unable|unproven|unclear|fail(?:s|ed)? to|yet to|far from|hardly|rarely"
    r"|few if any|different from|stopped short of)(?!\w)"
)
# Where what was denied ends.
TURN = re.compile(
    r"[;:?!]|\. | - | but | yet (?!to)|, (?:just|only|simply|so|our|your|and you|while|because|as"
    r"|they|it|we|he|she|stem|the"
    r" cells|this|these|now|and now|i|which means) "
)
DENIED_WITHIN = re.compile(
    r"(?<!\w)(?:not(?! (?:only|just))|cannot|never|no (?:charge|cost|fee)|\w{2,6}n't)(?!\w)"
)
FEW_WORDS_QUOTED = re.compile(r'"[^"\n]{1,45}"')
DENIED_AFTER = re.compile(
    r"(?:(?!\b(?:that|which|what|where|because|and|but|when|who|unlike|without"
    r"|if)\b)[^.;:?!,]){0,50}?"
    r"(?<!\w)(?:(?:is|are|was|were|has|have|had|do|does|did|can|could|should|would|will|may"
    r"|might) (?:\w{1,12} )?(?:not|never|no)(?! (?:only|just|longer))|(?:is|are|was|were|has|have"
    r"|had|do|does|did|ca|could|should|would|wo)n't|cannot|remains? (?:un|to be)|(?:is"
    r"|are) (?:an? |the |often |usually |still ){0,3}(?:myth|misleading|false|wrong|untrue|unproven"
    r"|unknown|unlikely|uncertain|unclear|warning|not|rare|early|exaggerat\w{1,3}|red flag"
    r"|marketing)|means? (?:nothing|little)|tells? you nothing)"
)

WARNING = (
    r"(?:be |stay )?(?:beware|wary|cautious|careful|suspicious|sceptical|skeptical)(?: (?:of|about"
    r"|if|when|with))?|warn(?:s|ed|ing|ings)?|caution(?:s|ed)?|red flags?",
    r"(?<!only )(?<!few )(?<!best )(?<!leading )(?<!first )(?<!top )(?:clinics?|compan(?:y|ies)"
    r"|websites?|business(?:es)?|firms?|sellers?|providers?|anyone|anybody|people|someone|sites?"
    r"|pages?|posts?|adverts?|ads?|advertisements?|marketers|those|products|treatments|offers?"
    r"|centres|doctor) (?:\w{1,10} )?(?:\w{1,10} )?(?:that|who|which"
    r"|whose) (?:\w{1,10} )?(?:\w{1,10} )?(?:promis|claim|advertis|offer|sell|say|charg|tell|ask"
    r"|guarantee|use|boast|call|make|market|suggest|describ|urge|press|pay|put|refus|cannot|show"
    r"|mix|avoid|ha|hide|want|require)\w{0,6}",
    r"(?:some|many|most|private|unregulated|unlicensed|commercial|overseas|these|other|several"
    r"|such|a|the|if a|if an?|when a) (?:\w{1,14} )?(?:clinics?|sellers?|adverts?|websites?"
    r"|compan(?:y|ies)|businesses|advertisements?|headlines?|providers?|articles?|posts?"
    r"|newspapers?|stories) (?:\w{1,10} )?(?:say|says|claim\w{0,2}|promis\w{1,3}|advertis\w{1,3}"
    r"|charg\w{1,3}|offer\w{0,3}|call\w{0,2}|describe\w?|use\w?|sell\w?|tell\w?|make\w?|suggest\w?"
    r"|present\w?|show\w?|may|might|often|that|market\w?|ask\w?|quote\w?|list\w?|give\w?|imply"
    r"|implies|refuse\w?|speak\w?|boast\w?|post\w?|exaggerat\w{1,3})",
    r"adverts?|advertis(?:ements?|ing)|(?:the|a|this|their|its|clinic|clinics'|sellers'|misleading"
    r"|glossy|online) (?:marketing|slogans?|sales pitch|leaflets?|brochures?|headlines?)"
    r"|marketing (?:\w{1,12} )?(?:claims?|terms?|words?|phrases?|language|device|often|may|can)"
    r"|marketed|marketed as|hype[ds]?|so-called|misleading|mislead|misled|scam\w{0,2}|fraud\w{0,5}"
    r"|deceiv\w{1,3}|deceptive|exaggerat\w{1,4}|overstat\w{1,4}|over-?claim\w{0,3}|unproven"
    r"|untested|unapproved|unlicensed|unregulated|unsupported|unfounded|not true|untrue|myths?",
    r"(?:claims?|statements?|phrases?|words?|slogans?|language|talk|testimonials?|anecdotes?"
    r"|predictions?|forecasts?) (?:like|such as|of|that|about|alone|cannot|however|from|can't)"
    r"|promises (?:of|that|a|to|like)|the promise of a cure|(?:stories|story|testimonials?"
    r"|anecdotes?|videos?)[^.;!?\n]{0,50} (?:cannot|can't|do not|does not|is not|are not"
    r"|tells? you)|(?:forecasts?|predictions?|headlines?)[^.;!?\n]{0,60} (?:often|wrong|many)"
    r"|it (?:also |even )?(?:says|suggests|calls|speaks of|implies|claims|presents|promises"
    r"|describes)|clinics? (?:\w{1,12} ){0,4}(?:sold|advertised|claimed|listed|promised)|(?:do"
    r"|cause|causes|caused|doing) (?:\w{1,10} )?harm",
    r"(?:often |sometimes |widely |commonly |also |being |heavily )?(?:sold|marketed|advertised"
    r"|promoted|presented|touted|billed|pitched|described|portrayed|offered) (?:as|to|for|abroad"
    r"|by|online|directly|without|outside)",
    r"ask (?:\w{1,10} )?(?:\w{1,10} )?(?:whether|if|what|how|about|for|who|why|which|to|them|your"
    r"|yourself)|question(?:s)? (?:to ask|is|worth|that)|check (?:whether|that|if|with|who|what"
    r"|any)|find out|look for|make sure|if (?:a|an|any|someone|anyone|the|you (?:are|were|hear|see"
    r"|read|have been|feel)|they|it|your|somebody)(?: \w{1,12}){0,3} (?:clinic|seller|advert"
    r"|website|tells?|told|says?|offer\w{0,3}|promis\w{1,3}|claim\w{0,2}|charg\w{1,3}|asks?|asked"
    r"|hear|page|company|offered|sounds?|pressed|read|see|doctor|provider)",
    r"too good to be true|called (?:that|it|this) (?:false|untrue|misleading)|tribunal|(?:stop"
    r"|stopped|from) (?:saying|claiming|advertising|selling|calling|describing)|(?:been "
    r"|being )told to (?:stop|pay|leave)|no change|nothing changed|no difference|(?:got|gets"
    r"|getting|became|felt) worse|worse than|once (?:thought|believed|sold|hoped)"
    r"|no longer (?:believed|thought|recommended|approved|sold)|walk away|steer clear|stay away"
    r"|think twice|prove nothing|is not evidence|nobody (?:there )?mentioned|wish someone had"
    r"|but i (?:still|would not|do not)|came home with|does not (?:mean|make|prove|show|imply"
    r"|guarantee)|do not (?:mean|make|prove|show|imply|stop|rely|pay)|doesn't (?:mean|make|prove"
    r"|show|guarantee)|is no (?:proof|guarantee|evidence|substitute)|is not (?:proof|evidence"
    r"|approval|the same|a guarantee)|tells you nothing|tell you nothing|honest answer"
    r"|figure of speech|metaphor|nobody can|no one can|no-one can|cannot (?:show|prove|tell"
    r"|promise|guarantee|rule)|can't (?:show|prove|tell|promise|guarantee)|false hope"
    r"|hope more than|there(?: is|'s| are| was| were) (?:no|not enough|little|not yet"
    r"|not) (?:\w{1,12} )?(?:\w{1,12} )?(?:evidence|proof|cure|way|reason|guarantee|stud(?:y|ies)"
    r"|trials?|sign|comparison|difference|data|information|treatments?|control|approved|licensed"
    r"|known)|we found no|was not|were not|did not|never been|should not (?:have to|be)"
    r"|not (?:been )?(?:properly )?(?:shown|tested|proven|known|proved|compared|established"
    r"|approved|licensed|recommended|yet|clear|certain)|so we cannot|cannot (?:be sure|know|say"
    r"|assume)|it (?:does|is|did|has) not[.!]?$|but (?:it|this|that|they) (?:is|are|was|does|do"
    r"|has|have) not|this is not true|but not|no (?:evidence|proof|study|studies|trial|trials"
    r"|treatment|stem|product|clinic|known cure)|regulators?|courts?|prosecut\w{1,4}|fined|(?:fda"
    r"|ema|ftc|mhra|isscr|nhs|nice|charit(?:y|ies)) (?:has|have|says?|said|warn\w{0,3}|sent"
    r"|ordered|list\w?|advis\w{1,3}|named|took|does|do|did|recommend\w?|approved|has not)"
    r"|in one case|harmed",
    r"(?:talk|speak) (?:to|with) (?:your|a|the)|(?:tell|contact|call|see|ask) (?:your"
    r"|the) (?:\w{1,12} )?(?:doctor|gp|nurse|specialist|team|hospital|consultant|pharmacist|care)"
    r"|helpline|call (?:999|111|112|911)|emergency|without (?:talking|speaking|asking|advice)"
    r"|your (?:\w{1,12} )?(?:doctor|gp|nurse|specialist|team|consultant)(?:'s| may| can| will"
    r"| should)",
)  # fmt: skip
COUNTING = (
    r"(?:trials?|stud(?:y|ies)|participants|cohort|review|meta-analysis|register|registry"
    r"|follow-up|group|placebo|dummy|randomi[sz]ed|compared with|median|confidence interval"
    r"|hazard ratio|researchers)",
)
NAMED_STUDY = (
    r"placebo|dummy (?:treatment|infusion|injection)|control group|comparison group"
    r"|transplant group|cell group|randomi[sz]ed|at random|double-blind|open-label"
    r"|confidence interval|hazard ratio|phase (?:1|2|3|i|ii|iii)|cochrane|ebmt"
    r"|clinicaltrials\.gov identifier|nct\d{8}|isrctn\d{4,8}|mesems|mist trial|astis|astic|admire"
    r"|certainty (?:of|is|was)|(?:low|moderate|high|very low)[- ]certainty|side effects were"
    r"|adverse events|the (?:authors|researchers|investigators|trial)|this (?:trial|study|review)"
    r"|\d{1,4} (?:of|out of) (?:the )?\d{2,4}(?: \w{1,12})? people|of (?:the )?\d{2,4} people"
    r"|\d{1,4} of the \d{1,4}|study of \d{1,4}|\d{1,3}(?: \w{1,9})? in (?:every )?(?:100|1,000)"
    r"|follow-up (?:was|lasted)|main outcome|primary (?:outcome|end ?point)|participants|in (?:the"
    r"|both|each) (?:\w{1,12} )?groups?",
)
STUDY = (
    r"whether|it is not known|it's not known|not (?:yet )?(?:known|clear)|unknown|unclear"
    r"|uncertain\w{0,2}|we (?:do not|don't) (?:yet )?know|nobody (?:yet )?knows|hope to learn"
    r"|aims? of (?:the|this) (?:trial|study)|is being (?:studied|tested)|are being (?:studied"
    r"|tested)|(?:trials?|researchers|scientists|studies|doctors) (?:are|is) (?:now |still |also "
    r"|currently )?(?:testing|studying|looking|trying|asking|recruiting|investigating|comparing"
    r"|working|following)|under way|more (?:research|trials|studies) (?:is"
    r"|are) needed(?! to fully)|still (?:being|research|experimental|in trials)"
    r"|experimental (?:and|treatment|only)|only (?:as part of|in|within) (?:\w{1,10} )?(?:research"
    r"|trials?)|part of (?:a |clinical )?(?:research|trials?)|may (?:change|help some|not|need)"
    r"|some people|in some (?:people|cases)|for some people|goal missed|as far as|by (?:itself"
    r"|themselves)|for a time|for a while|come and go|the aim (?:is|of|was)|(?:hope|idea) is that"
    r"|consultant|eligible|was missed|throughout (?:your|our) li(?:fe|ves)|in your (?:bone marrow"
    r"|skin|gut)|side effects? (?:of|can|may|include|such)|(?:risk|chance|danger)s? of|harms?"
    r"|fertility|infections?|died|deaths?|dying|chemotherapy|nobody can|too (?:early|small|few)"
    r"|ethics committee|questions?|guidelines?|eligib\w{1,6}|criteria",
)
DEFINITION = (
    r"(?:is|are) (?:\w{1,9} )?(?:the|an?|another) (?:\w{1,12} )?(?:name|term|word|label|phrase"
    r"|type|kind|form|measure|scale|test|process|substance|disease|condition|figure)s?"
    r"|means? (?:that|the|an?|there|having|being|you)|refers? to|(?:is|are) (?:also |sometimes "
    r"|often )?called|the (?:word|term|phrase|name)s?|defin(?:e|ed|ition)\w{0,2}|figure of speech"
    r"|(?<=: )(?:an?|the|one|use|taking|travelling|from) (?:\w{1,12} ){0,3}(?:field|kind|type|time"
    r"|treatment that|number|bubble|study|measure|person's|chemotherapy|process|test|research|drug"
    r"|medicine|body|blood|country)|: research|short for|stands for|(?:words?"
    r"|terms?) (?:such as|like)",
)
SELLING = (
    r"our (?:\w{1,16} )?(?:\w{1,16} )?(?:clinics?|cent(?:er|re)s?|patients|clients|protocols?|stem"
    r"|cells?|treatments?|therap(?:y|ies)|doctors|physicians|specialists|laborator(?:y|ies)|labs?"
    r"|facilit(?:y|ies)|packages?|programmes?|programs?|method|products?|exosomes|prices"
    r"|procedures?|infusions?|technolog\w{1,3}|technique|formula|gentle)|we (?:treat|offer|teach"
    r"|restore|special\w{1,4}|guarantee|combine|deliver|have treated|can heal|use only)",
    r"(?:book|call|order|apply|enquire|buy|act) (?:now|today)|free consultation|contact us"
    r"|limited (?:places|time|spots)|payable|(?:enrol?l|enrolment) (?:in|is open)|you deserve"
    r"|discounts?|all-inclusive|money-back|thanks to (?:the|stem|dr)|say good-?bye"
    r"|imagine (?:waking|a life|being)|is it \w{1,12}\? yes",
)
# One person's tale. A warning that is plain to see outweighs it.
STORY = (
    r"(?<!that )(?<!if )(?<!when )i (?:no longer|felt|feel|had|was|am|could|threw|stopped"
    r"|would recommend)|my (?:\w{1,12} )?(?:skin|immune|legs|hands|pain|symptoms|scans?|energy|ms"
    r"|lupus|arthritis|daughter|son|husband|wife|mother|father|life|gut|surgeon|rheumatologist"
    r"|neurologist)",
)
PLAIN_WARNING = (
    r"adverts?|beware|(?:be )?(?:wary|careful|cautious|suspicious) of|warning signs?|red flags?"
    r"|misleading|clinics? that|cannot (?:separate|tell|show|prove)",
)
BUYER_ASKED = re.compile(
    r"\b(?:ready|tired|sick of|fed up|looking for|searching for|want to|imagine|what if you"
    r"|wouldn't|why (?:not|take|suffer|wait|live|settle|keep)|could this be|did you know"
    r"|have you tried|still )"
)
FIGURE = re.compile(r"(?<!type )(?<!phase )\d")


class Sentence:
    """One sentence in folded letters, and what it holds that excuses. Asked only when needed.

    `under` is what announces it: the heading or the line above a list.
    """

    def __init__(self, folded: str, *, cited: bool = False, under: str = "") -> None:
        self.text = folded
        self.cited = cited
        self.under = under

    def excuses(self, start: int, end: int, allowed: Excuse) -> bool:
        """Whether one of the `allowed` excuses holds for the words from `start` to `end`."""
        return bool(
            self.frames & allowed
            or (Excuse.DENIED_BEFORE in allowed and self.is_denied_before(start))
            or (Excuse.DENIED_AFTER in allowed and DENIED_AFTER.match(self.text, end, end + 90))
            or (Excuse.DENIED_WITHIN in allowed and DENIED_WITHIN.search(self.text, start, end))
            or (Excuse.WARNED in allowed and self.is_held_at_arms_length(start, end))
        )

    def is_denied_before(self, start: int) -> bool:
        before = self.text[max(0, start - 110) : start]
        turns = list(TURN.finditer(before))
        return bool(DENIAL.search(before[turns[-1].end() :] if turns else before))

    def is_held_at_arms_length(self, start: int, end: int) -> bool:
        """A few words in quotation marks, as one quotes what one does not say oneself."""
        quotes = FEW_WORDS_QUOTED.finditer(self.text)
        is_quoted = any(quote.start() <= start and end <= quote.end() for quote in quotes)
        return is_quoted and not self._is_sold()

    @cached_property
    def frames(self) -> Excuse:
        """Every excuse that holds for the sentence as a whole."""
        if self._is_sold():
            return Excuse(0)
        found = Excuse.WARNED if self._is_under_a_warning() else Excuse(0)
        for excuse, pattern in (
            (Excuse.WARNED, WARNING),
            (Excuse.STUDIED, STUDY),
            (Excuse.DEFINED, DEFINITION),
        ):
            if compiled(pattern).search(self.text):
                found |= excuse
        if self.cited or compiled(NAMED_STUDY).search(self.text) or self._counts():
            found |= Excuse.MEASURED
        if self.text.rstrip("\"') ").endswith("?") and not BUYER_ASKED.search(self.text):
            found |= Excuse.ASKED
        return found

    @property
    def is_introduced(self) -> bool:
        """Whether a citation or a heading of warnings says how to take it."""
        return self.cited or self._is_under_a_warning()

    def _is_under_a_warning(self) -> bool:
        return bool(self.under and compiled(WARNING).search(self.under))

    def _is_sold(self) -> bool:
        if compiled(SELLING).search(self.text):
            return True
        return bool(
            compiled(STORY).search(self.text) and not compiled(PLAIN_WARNING).search(self.text)
        )

    def _counts(self) -> bool:
        return bool(FIGURE.search(self.text) and compiled(COUNTING).search(self.text))
