"""radnlp_status: the status of every mention of a key, by the cues around it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Protocol

from radnlp.pipes.draft import Draft
from radnlp.pipes.openings import OpeningReader
from radnlp.pipes.remnants import RemnantReader
from radnlp.records import Cue, Mention, Schema, TermMatch, Topic
from radnlp.text import ListHeads, Target, TopicFinder, decide_status


class ContextEngine(Protocol):
    """Finds the cues that act on targets inside one sentence."""

    def cues(self, text: str, start: int, end: int, targets: Sequence[Target]) -> list[tuple[Cue, ...]]:
        """The cues of each target, in the targets' order, each target's in text order.

        Args:
            text: The report text.
            start: Where the sentence starts.
            end: Where it ends.
            targets: Start, end and entity id, inside the sentence and in text order.
        """


class StatusStage:
    """Turns matches into mentions with a status.

    Matches of values get no status: a place is not affirmed or denied. Of a mention whose own component has said what
    it is (``Draft.said``) that counts, and no cue.

    Args:
        schema: Its keys and sections.
        engine: Finds the cues.
        topics: Words that tell another organ's lesions from the schema's own.
        openings: Reads what the first words of a report mean; None leaves that out.
        remnants: Reads whether a finding of the past is there again; None leaves that out.
        heads: Finds cues that speak of the list below them; None leaves that out.
    """

    name, needs = "status", "matches"

    def __init__(
        self,
        schema: Schema,
        engine: ContextEngine,
        *,
        topics: Sequence[Topic] = (),
        openings: OpeningReader | None = None,
        remnants: RemnantReader | None = None,
        heads: ListHeads | None = None,
    ) -> None:
        self._engine = engine
        self._openings = openings
        self._remnants = remnants
        self._heads = heads
        self._topics = TopicFinder(topics)
        self._effects = schema.section_effects
        self._key_types = {key.id: key.type for key in schema.keys}
        self._lasting = frozenset(key.id for key in schema.keys if key.lasting)
        self._value_types = {value.id: value.type for value in schema.values}

    def work(self, drafts: Sequence[Draft]) -> None:
        """Fill ``mentions``."""
        for draft in drafts:
            try:
                carried = self._carried(draft)
                cues = self._cues(draft, carried)
                elsewhere = self._topics.elsewhere(draft.report.text, draft.sentences or (), draft.matches or ())
            except Exception as error:  # one report's text must not end the run
                draft.note_failure(self.name, error)
                draft.mentions = ()  # without its cues every mention would be called present
                continue
            draft.mentions = tuple(
                self._mention(
                    draft,
                    match,
                    entity,
                    cues.get((match.start, match.end, entity), ()),
                    elsewhere=(match.start, entity) in elsewhere,
                )
                for match in draft.matches or ()
                for entity in match.entities
            )
            if draft.said:  # another component has decided, and these two would overrule it by our cues
                continue
            if self._openings is not None:
                draft.mentions = self._openings.read(draft, draft.mentions)
            if self._remnants is not None:
                draft.mentions = self._remnants.read(draft, draft.mentions, carried)

    def _carried(self, draft: Draft) -> Mapping[int, Cue]:
        """The cue of the list that a sentence is an item of, by the index of the sentence."""
        if self._heads is None:
            return {}
        named = [match.start for match in draft.matches or () if not self._key_types.keys().isdisjoint(match.entities)]
        return self._heads.carried(draft.report.text, draft.sentences or (), named)

    def _cues(self, draft: Draft, carried: Mapping[int, Cue]) -> dict[Target, tuple[Cue, ...]]:
        """The cues of every match of a key; sentences without one cost nothing."""
        targets: dict[int, list[Target]] = defaultdict(list)
        for match in draft.matches or ():
            for entity in match.entities:
                if entity in self._key_types and (match.start, match.end, entity) not in draft.said:
                    targets[match.sentence].append((match.start, match.end, entity))
        found: dict[Target, tuple[Cue, ...]] = dict(draft.said)
        for index, named in targets.items():
            sentence = (draft.sentences or ())[index]
            cues = self._engine.cues(draft.report.text, sentence.start, sentence.end, named)
            head = (carried[index],) if index in carried else ()
            found.update(zip(named, [(*head, *acting) for acting in cues], strict=True))
        return found

    def _mention(
        self, draft: Draft, match: TermMatch, entity: str, cues: tuple[Cue, ...], *, elsewhere: bool
    ) -> Mention:
        section = (draft.sentences or ())[match.sentence].section
        value_type = self._value_types.get(entity)
        if value_type:
            return Mention(
                entity=entity,
                type=value_type,
                status=None,
                start=match.start,
                end=match.end,
                sentence=match.sentence,
                section=section,
            )
        status, excluded = decide_status(
            [cue.category for cue in cues], section, self._effects, lasting=entity in self._lasting
        )
        return Mention(
            entity=entity,
            type=self._key_types[entity],
            status=status,
            start=match.start,
            end=match.end,
            sentence=match.sentence,
            section=section,
            cues=cues,
            excluded=excluded or ("other_organ" if elsewhere else None),
        )
