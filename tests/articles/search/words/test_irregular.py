import pytest

from articles.search.words.irregular import american, lemmas


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("feet", ("foot",)),
        ("bled", ("bleed",)),
        ("leaves", ("leaf",)),
        ("lay", ("lie",)),
        ("worse", ("bad",)),
        ("axes", ("axis",)),
    ],
)
def test_a_form_leads_to_its_word(form, lemma):
    assert lemmas(form) == lemma


@pytest.mark.parametrize("word", ["cramps", "foot", "cramping", "", "судорога"])
def test_regular_words_are_left_to_the_stemmer(word):
    assert lemmas(word) == ()


@pytest.mark.parametrize(
    ("british", "spelt"),
    [
        ("oedema", "edema"),
        ("oesophagus", "esophagus"),
        ("anaemia", "anemia"),
        ("ischaemia", "ischemia"),
        ("hypocalcaemia", "hypocalcemia"),
        ("haemoglobin", "hemoglobin"),
        ("paediatric", "pediatric"),
        ("foetus", "fetus"),
        ("coeliac", "celiac"),
        ("manoeuvre", "maneuver"),
        ("diarrhoea", "diarrhea"),
        ("tumours", "tumors"),
        ("centre", "center"),
        ("fibres", "fibers"),
        ("randomisation", "randomization"),
        ("paralysed", "paralyzed"),
        ("labelled", "labeled"),
        ("sulphur", "sulfur"),
    ],
)
def test_british_spelling_is_made_american(british, spelt):
    assert american(british) == american(spelt) == spelt


@pytest.mark.parametrize(
    "word", ["toes", "shoes", "does", "hour", "four", "rise", "swelling", "crises", "diagnosis", "fire", "israel"]
)
def test_words_that_only_look_british_are_left_alone(word):
    assert american(word) == word
