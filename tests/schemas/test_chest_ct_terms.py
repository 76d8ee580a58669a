"""Wordings that reports have for the lesions and places of chest_ct, and words that only look like one."""

import pytest

from radnlp.pipeline import Assembly
from radnlp.records import Sentence
from radnlp.text import TermMatcher


@pytest.fixture(scope="module")
def matcher():
    return TermMatcher(Assembly.of("chest_ct").lexicon.terms)


@pytest.fixture(scope="module")
def named(matcher):
    """Lesions and places named in a sentence, as two sets of ids."""
    schema = Assembly.of("chest_ct").schema
    keys = {key.id for key in schema.keys}

    def read(text):
        ids = {
            name for match in matcher.find(text, [Sentence(index=0, start=0, end=len(text))]) for name in match.entities
        }
        return ids & keys, ids - keys

    return read


LESIONS = [
    # written by or translated for people whose language is another one
    ("Nodular consolidative areas were observed.", "nodules consolidation"),
    ("Ground glass density increments are seen.", "ggo"),
    ("Frosted glass-like density increases were observed.", "ggo"),
    ("Ground- glass areas", "ggo"),
    ("Density increases compatible with sequelae were observed.", "fibrosis"),
    ("Pleuroparenchymal sequelae density increases are present.", "fibrosis"),
    ("Sequelae changes were observed.", "fibrosis"),
    ("Sequela fibroatelectatic band", "fibrosis atelectasis"),
    ("Linear sequelae densities, fibrocicatricial tracts", "fibrosis"),
    ("Post-tuberculosis sequelae", "fibrosis"),
    ("Tuberculosis sequelae changes", "fibrosis"),
    ("Atelectatic changes of linear shape", "atelectasis"),
    ("Peribronchial minimal thickening was observed.", "bronchial_wall_thickening"),
    ("Increase in thickness of the bronchial wall", "bronchial_wall_thickening"),
    ("Bronchial wall thickness increases are present.", "bronchial_wall_thickening"),
    ("Wall thickening was observed in the segmental bronchi.", "bronchial_wall_thickening"),
    ("The bronchial walls of the right lower lobe appear thickened.", "bronchial_wall_thickening"),
    ("No bronchiectasis, no wall thickening.", "bronchiectasis bronchial_wall_thickening"),
    ("Interlobular septal thickness increase", "interstitial_thickening"),
    ("The interlobular septa are smooth and thickened.", "interstitial_thickening"),
    ("Reticular density increases", "interstitial_thickening"),
    ("The pleura around it is thickened.", "pleural_thickening"),
    ("Pleural minimal thickening", "pleural_thickening"),
    ("Plaques were observed on the pleura.", "pleural_thickening"),
    ("Pleural or pericardial effusion or thickening was not detected.", "pleural_effusion pleural_thickening"),
    ("Pericardial-pleural effusion", "pleural_effusion"),
    ("Fluid was seen between the leaves, in the left pleural space.", "pleural_effusion"),
    ("Bud tree view, budding tree appearance", "nodules"),
    ("Nodular infiltrative lesions", "nodules"),
    ("Acinonodular opacities", "nodules"),
    ("Ectasia of the bronchi", "bronchiectasis"),
    ("Varicose dilatation in the bronchioles", "bronchiectasis"),
    # American dictation, British spelling
    ("Calcified granulomata", "nodules"),
    ("Haemothorax, chylothorax, empyemata", "pleural_effusion"),
    ("Airspace opacification", "consolidation"),
    ("Non-solid nodule", "nodules ggo"),
    ("Honey-combing and scarring", "fibrosis"),
    ("Dystelectasis", "atelectasis"),
    # terse notes
    ("patchy cons. RLL", "consolidation"),
    ("Both pl. eff.", "pleural_effusion"),
    ("GG nodule, r/o AIS", "nodules ggo"),
    ("SPN 8 mm", "nodules"),
    ("TIB pattern", "nodules"),
    ("subseg. atel. BLL", "atelectasis"),
    ("nodule(s) in LLL", "nodules"),
    ("BWT (+)", "bronchial_wall_thickening"),
    # slips of the pen
    ("Linear atelctasis with efusion", "atelectasis pleural_effusion"),
    ("bronchiectassis, consolidaton, noduls", "bronchiectasis consolidation nodules"),
    ("plueral thickning", "pleural_thickening"),
    ("Fluid within the right hemithorax", ""),
    ("Vascular engorgement and a lobulated contour", ""),
]

OTHERS = [
    "Right thyroid nodule",
    "Both thyroid lobe nodules",
    "Nodule of the left adrenal gland",
    "Nodules in the right lobe of the thyroid",
    "Renal mass, breast masses, axillary mass",
    "Adrenal nodular lesion",
    "Schmorl's nodules, Schmorl type nodule",
    "Pericardial minimal effusion",
    "Effusion was observed in the pericardial space.",
    "Glenohumeral effusion, effusion in the left shoulder joint",
    "Oesophageal wall thickening",
    "Gallbladder wall thickening, adrenal thickening",
    "T12 vertebral body collapse, compression fx., collapse",
    "The gallbladder is collapsed.",
    "Mosaic attenuation, mass effect, muscle mass",
    "Cystic fibrosis, hepatic fibrosis",
    "Pneumonic infiltration, pneumonia",
    "Lung cancer without extension",
    "Pleural retraction, pleural tag",
    "Branchial cleft cyst",
]

PLACES = [
    # a lobe, a segment, a zone without its side
    ("lower lobe", "bll"),
    ("in the upper zone", "bul"),
    ("at the lung base", "bll"),
    ("posterobasal", "bll"),
    ("superior segment", "bll"),
    ("S6, S8/9", "bll"),
    ("apicoposterior segment", "bul"),
    ("apically", "bul"),
    ("in the apex of the right lung", "rul"),
    ("at the base of the left lung", "lll"),
    ("posterior segment of the left lower lobe, anterior segment right lower lobe", "rll lll"),
    ("S8 of the right lower lobe, S2 of the right upper lobe", "rll rul"),
    ("small nodule in liver S5", ""),
    ("S1+2", "bul"),
    ("anterior segment of the upper lobe", "bul"),
    ("posterior segment", "bul"),
    ("medial segment", "rml"),
    ("middle lobe, Rt.", "rml"),
    ("S4", "rml left_lingula"),
    ("middle zone", "right_lung left_lung"),
    ("상엽", "bul"),
    # with it, in one phrase
    ("right lung lower lobe superior segment", "rll"),
    ("RLL superior segment", "rll"),
    ("RLL (S6)", "rll"),
    ("LUL apicoposterior segment", "lul"),
    ("lower lobe of the right lung, posterobasal segment", "rll"),
    ("left lower lobe, anteromediobasal segment", "lll"),
    ("LUL, S5", "left_lingula"),
    ("right S8/9", "rll"),
    ("좌측 S6", "lll"),
    ("우측 S3", "rul"),
    ("좌하엽 상분절", "lll"),
    # on the pleura
    ("perifissural", "pleural"),
    ("pleural-based", "pleural"),
    ("subpleural", ""),
    ("adjacent to the fissure", ""),
    ("at the level of the minor fissure", ""),
    # other organs
    ("right atrium, left kidney, right adrenal, left clavicle", ""),
    ("bilateral renal cysts, right hepatic lobe, left chest wall", ""),
    ("right main bronchus, upper lobe bronchus, lower lobe pulmonary artery", ""),
    ("temporal lobe, lobe of azygos, caudate lobe", ""),
    ("apex of the heart, base of the neck, skull base, basal ganglia", ""),
    ("liver S5, S8 of the liver, L5-S1", ""),
    ("posterior segment of the right lobe of the liver", ""),
    ("left 3rd rib, right seventh rib, 좌측 제3 늑골", ""),
    ("scoliosis convex to the right, shifted to the left", ""),
]


@pytest.mark.parametrize(("text", "lesions"), LESIONS)
def test_wordings_of_lesions(named, text, lesions):
    assert named(text)[0] == set(lesions.split())


@pytest.mark.parametrize("text", OTHERS)
def test_words_of_other_organs_and_other_things(named, text):
    assert named(text)[0] == set()


@pytest.mark.parametrize(("text", "places"), PLACES)
def test_wordings_of_places(named, text, places):
    assert named(text)[1] == set(places.split())


def test_evidence_of_a_misspelt_word_is_what_stands_in_the_report(matcher):
    text = "Small  efusion and bronchiectassis."
    found = matcher.find(text, [Sentence(index=0, start=0, end=len(text))])
    assert [text[match.start : match.end] for match in found] == ["efusion", "bronchiectassis"]
