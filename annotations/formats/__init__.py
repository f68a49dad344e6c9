"""Files of other tools, and our own. A format is a module: what it is called, what it holds, how it is written and read.

TITLE, EXTENSION, MEDIA_TYPE, OFFSETS (a sentence), HOLDS (capacities of annotations/formats/middle/flat.py), and of these two one or both:
write(documents, losses, options) → pieces of the file; read(file, name, options) → a Flat, or why there is none, for each document.
"""

from types import ModuleType

from annotations.formats import (
    brat,
    casjson,
    conll2003,
    conllu,
    csvtables,
    doccano,
    evidence,
    ftm,
    labelstudio,
    native,
    parquet,
    prodigy,
    spacybin,
    webannotation,
    webannotsv,
    word,
    xlsx,
    xmi,
)

FORMATS: dict[str, ModuleType] = {
    "brat": brat,
    "casjson": casjson,
    "conll2003": conll2003,
    "conllu": conllu,
    "csv": csvtables,
    "doccano": doccano,
    "docx": word,
    "evidence": evidence,
    "ftm": ftm,
    "labelstudio": labelstudio,
    "native": native,
    "parquet": parquet,
    "prodigy": prodigy,
    "spacy": spacybin,
    "webannotation": webannotation,
    "webannotsv": webannotsv,
    "xlsx": xlsx,
    "xmi": xmi,
}
