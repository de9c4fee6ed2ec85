"""The language model: spaCy, told the names of the lexicon. Workers import this, web processes never."""

import importlib
import re
from collections.abc import Iterable
from functools import cache
from typing import Any, cast

import spacy
from spacy.language import Language
from spacy.pipeline import EntityRuler, Lemmatizer
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import compile_infix_regex
from thinc.api import use_ops
from threadpoolctl import threadpool_limits

from .lexicon import Lexicon
from .mending import mend

LABELS = {"country": "GPE", "person": "PERSON"}
BATCH = 32
AFTER_A_NUMBER = r"(?<=[0-9]),(?=[A-Z])"
"""The comma of "On 3 July 2025,Putin" (reading.py sets it): spaCy splits there only after letters."""

RARE = ("stag", "hop", "din", "rap")
"""Verbs that news does not use and that the pipeline takes "staged", "hoped", "dined" for."""
WHITE = re.compile(r"\s")


@cache
def _load(pipeline: str) -> Language:
    """A pipeline by its package: one that carries its own path (`model_path`), else spaCy's way.

    Its matrices are multiplied by NumPy's BLAS, in 1.07 ms where BLIS, which spaCy takes, needs 3.05
    (500 words by the 288 × 288 of a layer). One thread: more would wait for each other, and make a
    worker slower wherever another one runs beside it.
    """
    threadpool_limits(1, user_api="blas")
    with use_ops("numpy", use_blis=False):
        try:
            package = importlib.import_module(pipeline)
        except ModuleNotFoundError:
            return spacy.load(pipeline)
        path = getattr(package, "model_path", None)
        nlp = spacy.load(path()) if path else spacy.load(pipeline)
    lemmas = cast(Lemmatizer, nlp.get_pipe("lemmatizer")).lookups.get_table("lemma_index")
    lemmas["verb"] = [verb for verb in lemmas["verb"] if verb not in RARE]
    infixes = [*(nlp.Defaults.infixes or ()), AFTER_A_NUMBER]
    cast(Tokenizer, nlp.tokenizer).infix_finditer = compile_infix_regex(infixes).finditer
    return nlp


_told: dict[str, Lexicon] = {}


def _patterns(lexicon: Lexicon) -> Iterable[dict[str, str | list[dict[str, Any]]]]:
    for words, senses in lexicon.senses.items():
        entry = lexicon.entries[senses[0].entry]
        if any(words in lexicon.entries[sense.entry].ambiguous for sense in senses):
            continue
        label = "NORP" if senses[0].via == "demonym" else LABELS.get(entry.kind, "ORG")
        yield {"label": label, "pattern": words}


def _hyphenated(lexicon: Lexicon) -> frozenset[str]:
    """ "Jong-un" and "Ki-moon", one word each: the parser takes the "in" of "Jae-in" for a noun.

    Not "Boutros-Ghali", which as one word it takes for a verb.
    """
    words = {word for surface in lexicon.senses for word in surface.split()}
    return frozenset(w for w in words if w[0].isupper() and w.partition("-")[2].islower())


def model(pipeline: str, lexicon: Lexicon) -> Language:
    """The pipeline, its entity ruler filled with this lexicon (a second or so when it is another).

    The ruler goes before the tagger of names, which else takes bare "Trump" for an organisation.
    """
    nlp = _load(pipeline)
    if _told.get(pipeline) is not lexicon:
        if "entity_ruler" in nlp.pipe_names:
            nlp.remove_pipe("entity_ruler")
        cast(Tokenizer, nlp.tokenizer).token_match = _hyphenated(lexicon).__contains__
        ruler = cast(EntityRuler, nlp.add_pipe("entity_ruler", before="ner"))
        with nlp.select_pipes(disable=nlp.pipe_names):  # else it tags and parses every name first
            ruler.add_patterns(list(_patterns(lexicon)))
        _told[pipeline] = lexicon
    return nlp


def parse(sentences: Iterable[str], *, pipeline: str, lexicon: Lexicon) -> list[Doc]:
    """One Doc a sentence, so that spaCy's sentences are ours; hard spaces and line ends as spaces."""
    plain = (WHITE.sub(" ", sentence) for sentence in sentences)
    docs = list(model(pipeline, lexicon).pipe(plain, batch_size=BATCH))
    for doc in docs:
        mend(doc)
    return docs
