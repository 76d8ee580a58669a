"""One-line brain MRI reports and which diagnoses a neuroradiologist takes from them, with their status."""

import pytest

from radnlp.pipeline import Assembly
from radnlp.records import Sentence
from radnlp.testing import differences, parse_markup
from radnlp.text import TermMatcher

LINES = [
    # the abbreviations of the field
    "[GBM](glioma present). [HGG](glioma present). [DIPG](glioma present).",
    "[PCNSL](lymphoma present). [DLBCL](lymphoma present).",
    "[LM seeding](metastasis present) and [brain mets](metastasis present).",
    "[SAH](hemorrhage_vascular present), [SDH](hemorrhage_vascular present) and [ICH](hemorrhage_vascular present).",
    "[SVD](hemorrhage_vascular present), [DVA](hemorrhage_vascular present), [AVM](hemorrhage_vascular present).",
    "[NMOSD](demyelinating present). [ADEM](demyelinating present). [MS](demyelinating present).",
    "[HSE](infection_inflammation present). Old [CVA](stroke present).",
    # misspelt
    "[Glioblastma](glioma present). [Menigioma](non_malignant_tumor present). [Metastasys](metastasis present).",
    "[Infarcton](stroke present) in the left MCA territory. [Lymhpoma](lymphoma present).",
    # Korean
    "좌측 전두엽의 [교모세포종](glioma present).",
    "[청신경초종](non_malignant_tumor present)과 [수막종](non_malignant_tumor present)이 있음.",
    "[다발성 경화증](demyelinating present), [뇌농양](infection_inflammation present).",
    "우측의 [뇌동맥류](hemorrhage_vascular present).",
    "[급성 뇌경색](stroke present)은 보이나 [뇌출혈](hemorrhage_vascular absent)은 없음.",
    # cancer elsewhere in the body
    "Lung metastases and lymph node metastasis.",
    "Clinical information: DLBCL, lung cancer with metastasis",
    "Clinical information: [PCNSL](lymphoma historical)",
    "C/I) gastric cancer, r/o [brain metastasis](metastasis excluded)",
    # what is none of these diagnoses
    "Both mastoiditis and maxillary sinusitis.",
    "Nonspecific T2 high signal intensity lesions in the white matter.",
    "Spinal stenosis. Hippocampal sclerosis. Arachnoid cyst.",
    "Stroke MRI protocol.",
    # denied
    "No evidence of [acute infarction](stroke absent), [hemorrhage](hemorrhage_vascular absent) or mass.",
    "[Infarction](stroke absent) (-), [hemorrhage](hemorrhage_vascular absent) (-).",
    "[Metastasis](metastasis absent)를 시사하는 enhancing lesion은 없음.",
    # doubted
    "[Metastasis](metastasis uncertain) is suspected.",
    "[Abscess](infection_inflammation uncertain) cannot be excluded.",
    "Small enhancing nodule, [metastasis](metastasis uncertain)?",
    "r/o [metastasis](metastasis uncertain), DDx. [abscess](infection_inflammation uncertain)",
    "[Aneurysm](hemorrhage_vascular uncertain) suspected at the left PCOM.",
    "[수막종](non_malignant_tumor uncertain) 의증.",
    "Necrotic mass, most likely [glioblastoma](glioma uncertain).",
    # the radiologist's reading is no doubt
    "[SVD](hemorrhage_vascular present)로 생각되는 고신호 병변.",
    "c/w [vestibular schwannoma](non_malignant_tumor present).",
    "[Calvarial hemangioma](non_malignant_tumor present) of the left parietal bone.",
    # operated, treated, gone
    "S/P op. for [astrocytoma](glioma historical).",
    "[Oligodendroglioma](glioma historical)로 수술받은 환자.",
    "S/P clipping for [aneurysm](hemorrhage_vascular historical).",
    "No recurrence of [oligodendroglioma](glioma historical).",
    "Previously noted [metastasis](metastasis historical) is not visualized on the current study.",
    "[Metastasis](metastasis historical): no longer seen.",
    "The [hematoma](hemorrhage_vascular absent) has resolved.",
    # there all the same
    "Residual [glioma](glioma present). Recurrent [lymphoma](lymphoma present).",
    "[Meningioma](non_malignant_tumor present), no change.",
    "[Old lacunar infarct](stroke present).",
    # other people's diseases, and what comes next
    "Family history of [aneurysm](hemorrhage_vascular excluded).",
    "F/U MRA for [aneurysm](hemorrhage_vascular excluded) is recommended.",
]


@pytest.mark.parametrize("line", LINES)
def test_line(brain_mri, line):
    marked = parse_markup(line)
    assert differences(marked, brain_mri(marked.text)._.rad) == []


@pytest.fixture(scope="module")
def brain():
    return Assembly.of("brain_mri")


def test_no_general_cue_holds_the_name_of_a_diagnosis(brain):
    """Such a cue speaks of the cause of a chest finding; here it would keep others from the diagnosis itself.

    What fails here belongs into ``withdrawn_cues`` or ``withdrawn_with`` of the schema's cue files.
    """
    keys = {key.id for key in brain.schema.keys}
    terms = TermMatcher(term for term in brain.lexicon.terms if keys.intersection(term.entities) or not term.entities)
    held = []
    for cue in brain.lexicon.cues:
        if "brain_mri" in cue.owner or cue.pattern is not None:
            continue
        words = [Sentence(index=0, start=0, end=len(cue.literal), section=None)]
        if any(keys.intersection(match.entities) for match in terms.find(cue.literal, words)):
            held.append(cue.literal)
    assert held == []


def test_malignant_tumours_last_and_alone_have_episodes(brain):
    schema = brain.schema
    (relation,) = schema.relations
    assert relation.keys == ("glioma", "lymphoma", "metastasis")
    assert tuple(key.id for key in schema.keys if key.lasting) == relation.keys
    assert schema.values_of(relation) == ("progression", "stable", "improvement")


def test_words_of_change_are_terms_of_the_episodes(brain):
    entities = {term.phrase: term.entities for term in brain.lexicon.terms}
    assert entities["newly appeared"] == ("progression",)
    assert entities["no interval change"] == ("stable",)
    assert entities["mixed response"] == ("progression", "improvement")
    assert entities["감소"] == ("improvement",)


def test_a_schema_without_changes_has_no_words_of_change():
    lexicon = Assembly.of("chest_ct").lexicon
    assert lexicon.changes == ()
    assert "newly appeared" not in {term.phrase for term in lexicon.terms}
