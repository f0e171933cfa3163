"""Words of everyday speech that mean the same in a question to this site. A list of our own: what
patients type, beside the words that careful pages use.
"""

SAME = (
    ("die", "death", "died", "deaths", "dying", "mortality", "fatal"),
    ("cost", "price", "pay", "charge", "money", "expensive", "afford"),
    ("scam", "fraud", "fake", "con", "deceived", "quack", "rip off"),
    ("medication", "medicine", "drug", "treatment", "meds", "tablets", "pills"),
    ("risk", "danger", "dangerous", "harm", "side effect", "safety", "complication"),
    ("baby", "have children", "pregnant", "pregnancy", "fertility", "infertile"),
    ("cancer", "tumour", "malignancy"),
    ("abroad", "overseas", "another country", "foreign country", "travel"),
    ("red flag", "warning sign"),
    ("approved", "approval", "licensed", "licence", "authorised"),
    ("eligible", "eligibility", "suitable", "qualify", "candidate"),
    ("doctor", "specialist", "consultant", "physician"),
    ("bowel", "gut", "intestine"),
    ("kidney", "renal"),
    ("shot", "jab", "injection"),
    ("study", "research"),
    ("hurt", "pain", "painful"),
    ("ad", "advert", "advertisement", "advertising"),
    ("repair", "mend", "regrow", "regenerate", "rebuild"),
    ("recovery", "recover", "follow up"),
    ("ill", "unwell", "sick"),
    ("own cells", "own stem cells", "autologous"),
    ("lab grown", "lab made", "grown in a lab", "made in a lab"),
    ("children", "child", "kid", "kids"),
    ("proven", "proof", "evidence"),
)
# What the whole site is about: beside another word these tell nothing.
SUBJECT = frozenset(
    {"stemcell", "stemcelltherapy", "stemcelltherapie", "stemcelltreatment", "celltherapy"}
)
