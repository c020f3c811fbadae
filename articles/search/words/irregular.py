"""English words whose forms no rule joins: feet and foot, bled and bleed, oedema and edema.

A table of our own, because a dictionary of all English lemmas takes a worker 26 MB to join these few hundred words.
"""

import re

_FORMS = """
foot feet | tooth teeth | goose geese | mouse mice | louse lice | man men | woman women | child children
| person people | ox oxen | knife knives | life lives | wife wives | calf calves | half halves
| leaf leaves | loaf loaves | shelf shelves | self selves | scarf scarves | hoof hooves | elf elves | thief thieves
| wolf wolves | bacterium bacteria | virus viri | medium media | datum data | ovum ova | septum septa
| cerebrum cerebra | diverticulum diverticula | atrium atria | ganglion ganglia | criterion criteria
| phenomenon phenomena | spectrum spectra | vertebra vertebrae | larva larvae | bursa bursae | fossa fossae
| aorta aortae | axilla axillae | fistula fistulae | papilla papillae | petechia petechiae | trachea tracheae
| scapula scapulae | patella patellae | tibia tibiae | fibula fibulae | fungus fungi | bacillus bacilli
| nucleus nuclei | stimulus stimuli | bronchus bronchi | embolus emboli | thrombus thrombi | calculus calculi
| meniscus menisci | coccus cocci | alveolus alveoli | focus foci | radius radii | diagnosis diagnoses
| prognosis prognoses | thrombosis thromboses | stenosis stenoses | metastasis metastases | psychosis psychoses
| neurosis neuroses | analysis analyses | crisis crises | paralysis paralyses | synthesis syntheses | testis testes
| axis axes | basis bases | hypothesis hypotheses | prosthesis prostheses | exostosis exostoses | sclerosis scleroses
| fibrosis fibroses | cirrhosis cirrhoses | dialysis dialyses | appendix appendices | cervix cervices
| cortex cortices | index indices | matrix matrices | vertex vertices | apex apices | helix helices
| phalanx phalanges | larynx larynges | pharynx pharynges | meninx meninges | stoma stomata | carcinoma carcinomata
| foramen foramina | lumen lumina | corpus corpora | viscus viscera | genus genera | bad worse worst
| good better best | far farther further | little less least | much more most
| be am is are was were been being | have has had having | do does did done doing | go goes went gone going
| arise arose arisen | awake awoke awoken | bear bore borne born | beat beaten | become became | begin began begun
| bend bent | bind bound | bite bit bitten | bleed bled | blow blew blown | break broke broken | breed bred
| bring brought | build built | burn burnt | buy bought | catch caught | choose chose chosen | cling clung | come came
| creep crept | deal dealt | dig dug | draw drew drawn | dream dreamt | drink drank drunk | drive drove driven
| eat ate eaten | fall fell fallen | feed fed | feel felt | fight fought | find found | fly flew flown
| forbid forbade forbidden | forget forgot forgotten | freeze froze frozen | get got gotten | give gave given
| grind ground | grow grew grown | hang hung | hear heard | hide hid hidden | hold held | keep kept | kneel knelt
| know knew known | lead led | lean leant | learn learnt | leave left | lend lent | lie lay lain lying | lay laid
| lose lost | make made | mean meant | meet met | mistake mistook mistaken | pay paid | ride rode ridden
| ring rang rung | rise rose risen | run ran | say said | see saw seen | seek sought | sell sold | send sent
| sew sewn | shake shook shaken | shrink shrank shrunk | sing sang sung | sink sank sunk | sit sat | sleep slept
| slide slid | smell smelt | speak spoke spoken | speed sped | spend spent | spill spilt | spin spun | spit spat
| spoil spoilt | spring sprang sprung | stand stood | steal stole stolen | stick stuck | sting stung
| strike struck stricken | swear swore sworn | sweep swept | swell swelled swollen | swim swam swum | swing swung
| take took taken | teach taught | tear tore torn | tell told | think thought | throw threw thrown
| tread trod trodden | understand understood | undergo underwent undergone | wake woke woken | wear wore worn
| weep wept | withdraw withdrew withdrawn | write wrote written | die dying dies died | tie tying
"""

# Forms that are oftener a word of their own: the left leg, a bit, a saw.
DOUBTFUL = frozenset(
    ["bit", "bore", "bound", "felt", "fell", "ground", "lay", "leaves", "left", "met", "rose", "saw", "wound"]
)

_LEMMAS: dict[str, tuple[str, ...]] = {}
for _line in _FORMS.split("|"):
    _lemma, *_others = _line.split()
    for _form in _others:
        _LEMMAS[_form] = (*_LEMMAS.get(_form, ()), _lemma)

_SPELLINGS = (
    (re.compile(r"rrhoea"), "rrhea"),
    (re.compile(r"(?<=[a-z])(?:ae|oe)(?=[a-z]{2})|^(?:ae|oe)(?=[a-z]{3})"), "e"),
    (re.compile(r"(?<=[a-z]{2})our(?=$|s$|ed$|ing$|less$|able$)"), "or"),
    (re.compile(r"(?<=[a-z]{3})([iy])s(?=(?:e|es|ed|er|ers|ing|ation|ations)$)"), r"\1z"),
    (re.compile(r"(?<=[a-z]{2}[btv])re(s?)$"), r"er\1"),
    (re.compile(r"(?<=[a-z]{3}e)ll(?=ed$|ing$|er$|ers$)"), "l"),
    (re.compile(r"sulph"), "sulf"),
)


def lemmas(word: str) -> tuple[str, ...]:
    """The base forms of a folded English word that only a table can tell; empty for regular words."""
    return _LEMMAS.get(word, ())


def american(word: str) -> str:
    """The word with British spellings made American, roughly but always alike: oedema is edema, tumour is tumor."""
    for pattern, letters in _SPELLINGS:
        word = pattern.sub(letters, word)
    return word
