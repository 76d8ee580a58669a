"""The words of a pipeline: terms, cues, headings and abbreviations of all its languages, as plain records.

Phrases are stored expanded: every alternative that a TOML file writes as ``(a|b)`` is a phrase of its own here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

CueDirection = Literal["forward", "backward", "bidirectional", "terminate", "pseudo"]
CueCategory = Literal[
    "negated",
    "uncertain",
    "historical",
    "asserted",
    "family",
    "question",
    "recommendation",
    "other_organ",
    "this_organ",
    "boundary",
    "gone",
]
#: What a signpost says; see :class:`Signpost`.
SignpostKind = Literal[
    "other_finding",
    "other_place",
    "unnamed_finding",
    "common_name",
    "finding_part",
    "same_finding",
    "placed",
    "same_place",
    "beside",
    "opposite",
    "same_side",
    "around",
    "touches",
    "cause",
    "respectively",
    "emphasis",
    "level",
    "both",
    "in",
    "is",
    "means",
    "closes",
    "with",
    "and",
    "more_than",
    "nothing",
]
#: What a word of change says; see :class:`ChangeWord`.
ChangeMeaning = Literal[
    "new", "recurrent", "more", "same", "less", "gone", "mixed", "change", "nothing", "not", "not_behind", "void"
]
#: What a word around a size says; see :class:`MeasurementWord`.
MeasurementMeaning = Literal[
    "about",
    "up_to",
    "at_least",
    "largest",
    "previous",
    "not_a_size",
    "dimension",
    "filler",
    "article",
    "times",
    "range",
    "from_to",
    "becomes",
    "came_from",
    "list",
    "between",
    "change",
    "joins",
    "preposition",
    "landmark",
    "refers_back",
    "other_subject",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Words that name entities of the schema.

    Attributes:
        entities: The ids it names; empty for words that must *not* be read as an entity ("thyroid nodule").
        owner: The file the term comes from, for messages.
        not_in: Sections in which the words mean something else, and name nothing: "lymphoma" in the history of a brain
            MRI is that of the body.
    """

    phrase: str
    entities: tuple[str, ...]
    owner: str
    not_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CueRule:
    """A cue after ConText (Harkema et al., J Biomed Inform 2009;42:839).

    Attributes:
        literal: The words that match; for a rule with a pattern its name.
        followed_by: A regular expression that must match right behind the literal, in the folded sentence; None for no
            condition. Of two cues with the same words the one with a condition is asked first.
        pattern: A regular expression that matches instead of the literal, in the folded sentence (lower case, single
            spaces, inner hyphens as spaces); None for the literal.
        category: What the cue says of the mentions in its scope; ``boundary`` for a terminating cue, ``this_organ`` for
            words that end what is said of another organ. ``gone`` is a denial of what was there before ("has
            disappeared"), which leaves a lasting key ``historical``.
        direction: forward, backward or bidirectional; ``terminate`` ends the scopes of others, ``pseudo`` only keeps
            shorter cues inside its words from matching.
        max_scope: Furthest reach in tokens, None for the whole sentence.
        max_targets: How many mentions it may act on, nearest first; None for all.
        allowed_types: The ids of the keys it may act on; empty for all.
        excluded_types: The ids of the keys it may not act on; at most one of the two is given.
        terminated_by: Categories whose cues end this one's scope.
        owner: The file the cue comes from.
    """

    literal: str
    category: CueCategory
    direction: CueDirection
    followed_by: str | None = None
    pattern: str | None = None
    max_scope: int | None = None
    max_targets: int | None = None
    allowed_types: tuple[str, ...] = ()
    excluded_types: tuple[str, ...] = ()
    terminated_by: tuple[str, ...] = ()
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingRule:
    """A heading and the section it opens."""

    phrase: str
    section: str
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signpost:
    """Words that steer which place belongs to which finding.

    Attributes:
        kind: ``other_finding``: something that the schema has no key for and that owns the places beside it
            ("tumour", "clear"); ``other_place``: a place that is none of the schema's values ("mediastinum");
            ``unnamed_finding``: told by its looks, and named elsewhere ("enhancing nodule"); ``common_name``:
            likewise, by a name of many ("tumour"); ``finding_part``: a part or property of the finding that is
            spoken of ("surrounding oedema"); ``same_finding``: speaks of the finding before ("it", "the largest");
            ``placed``: likewise, unless that finding stands before it in the clause ("located"); ``same_place``:
            the place named before ("same lobe"); ``beside``: next to what was named before, for the finding behind
            it ("adjacent"); ``opposite`` and ``same_side``: the other side and the same side as the place before
            ("contralateral", "ipsilateral"); ``around``: the finding behind it only tells where another one is
            ("adjacent to the mass"); ``touches``: the place behind it only bounds the finding ("abutting the left upper
            lobe") or is left out ("except"); ``cause``: what is behind it has brought it about ("due to");
            ``respectively``; ``emphasis``: stresses a part of what was said ("especially"); inside a place's own words
            ``level`` is a part of a lung that leaves the side open ("lobe") and ``both`` says that both are meant;
            ``in``, ``is``, ``means``, ``closes``, ``with``, ``and``, ``more_than``: words between findings and places
            that tie them to each other, or part them; ``nothing``: keeps shorter signposts inside it from matching
            ("one can see").
        owner: The file it comes from.
    """

    phrase: str
    kind: SignpostKind
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeWord:
    """Words that tell how something has changed since an earlier examination.

    Attributes:
        meaning: ``new``, ``recurrent``, ``more``, ``same``, ``less``, ``gone``, ``mixed`` (more here, less there): what
            values of a schema are made of; ``change``: something has changed, no matter how, so that only its denial
            says anything ("no ... change" is ``same``); ``nothing``: keeps shorter words inside it from being read
            ("new line"); ``not``, ``not_behind``: deny the change behind or before them; ``void``: what follows is
            asked or planned ("to evaluate progression").
        owner: The file it comes from.
    """

    phrase: str
    meaning: ChangeMeaning
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasurementWord:
    """Words that say how to read a size in the text ("up to 8 mm"), or whose it is.

    Attributes:
        meaning: ``about``, ``up_to``, ``at_least``, ``largest``, ``previous``: the qualifier of the size;
            ``not_a_size``: it measures no lesion ("slice thickness"); ``dimension``: it does, and belongs to the size
            ("diameter"); ``filler``, ``article``: may stand between such words and the number; ``times``, ``range``,
            ``from_to``, ``becomes``, ``came_from``, ``list``: between two numbers; ``between`` makes "3 and 5 mm" a
            range, ``change`` makes "from 3 to 5 mm" two sizes, an earlier one and today's; ``joins``,
            ``preposition``: end the words that a size before its noun may have in between; ``landmark``: what follows
            only tells where ("adjacent to the aorta"); ``refers_back``: means what was named before ("its");
            ``other_subject``: has sizes of its own and no key ("aorta").
        side: Where words about a size stand: before or behind it; for other meanings of no weight.
        owner: The file it comes from.
    """

    phrase: str
    meaning: MeasurementMeaning
    side: Literal["before", "after"] = "before"
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A word for what a sentence, and those after it, speak of (radnlp.text.topics).

    Attributes:
        keys: The ids of the keys that are another organ's beside this word; empty for a word of the schema's own
            region.
        owner: The file it comes from.
    """

    phrase: str
    keys: tuple[str, ...]
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Everything a pipeline knows of words.

    Attributes:
        languages: The languages it was put together for.
        abbreviations: Words after which a full stop ends no sentence, without that stop.
        signposts: Words that steer which place belongs to which finding.
        withdrawn_cues: Of a single file: words of cues of more general files that it takes back.
        withdrawn_with: Likewise: parts of such words or patterns.
        changes: Words of change; empty for a schema without a value that is a change.
        clause_breaks: Words that part clauses ("but", ";"): a relation does not reach across.
        codes: Key or value -> code system -> code, on top of those that the schema gives.
        digest: SHA-256 over schema and lexicon, for provenance and resuming.
    """

    languages: tuple[str, ...]
    terms: tuple[Term, ...] = ()
    cues: tuple[CueRule, ...] = ()
    headings: tuple[HeadingRule, ...] = ()
    abbreviations: tuple[str, ...] = ()
    clause_breaks: tuple[str, ...] = ()
    signposts: tuple[Signpost, ...] = ()
    measurement_words: tuple[MeasurementWord, ...] = ()
    topics: tuple[Topic, ...] = ()
    changes: tuple[ChangeWord, ...] = ()
    withdrawn_cues: tuple[str, ...] = ()
    withdrawn_with: tuple[str, ...] = ()
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False)
    digest: str = ""
