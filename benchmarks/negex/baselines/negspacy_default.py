r"""negspacy with its clinical term set. It needs spaCy >= 3.8, so on Python 3.11 an environment of its own.

python3 -m venv /tmp/negspacy && /tmp/negspacy/bin/pip install negspacy
/tmp/negspacy/bin/python benchmarks/negex/baselines/negspacy_default.py < targets.jsonl \
    > benchmarks/negex/predictions/negspacy.jsonl
"""

import json
import sys

import spacy
from negspacy.negation import Negex  # noqa: F401  registers the factory
from negspacy.termsets import termset
from prediction import prediction


def main() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    negex = nlp.add_pipe("negex", config={"neg_termset": termset("en_clinical").get_patterns()})
    for line in sys.stdin:
        row = json.loads(line)
        negated = False
        if row["start"] is not None:
            doc = nlp.make_doc(row["text"])
            for token in doc:
                token.is_sent_start = token.i == 0
            doc.ents = [doc.char_span(row["start"], row["end"], label="CONDITION", alignment_mode="expand")]
            (entity,) = negex(doc).ents
            negated = entity._.negex
        print(prediction(row["id"], negated=negated))


if __name__ == "__main__":
    main()
