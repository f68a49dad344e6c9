"""Files of other tools, and our own. A format is a module: what it is called, what it holds, how it is written and read.

TITLE, EXTENSION, MEDIA_TYPE, OFFSETS (a sentence), HOLDS (capacities of annotations/formats/middle/flat.py), and of these two one or both:
write(documents, losses, options) → pieces of the file; read(file, name, options) → a Flat, or why there is none, for each document.
"""

from types import ModuleType

from annotations.formats import doccano, native, spacy_docbin
from annotations.formats.brat import standoff
from annotations.formats.conll import conll2003, conllu
from annotations.formats.evidence import docx_file, markdown
from annotations.formats.ftm import entity_lines
from annotations.formats.labelstudio import task_list
from annotations.formats.prodigy import examples
from annotations.formats.tables import csv_archive, parquet, xlsx
from annotations.formats.uima import cas_json, xmi
from annotations.formats.w3c import web_annotation
from annotations.formats.webanno import tsv

FORMATS: dict[str, ModuleType] = {
    "brat": standoff,
    "casjson": cas_json,
    "conll2003": conll2003,
    "conllu": conllu,
    "csv": csv_archive,
    "doccano": doccano,
    "docx": docx_file,
    "evidence": markdown,
    "ftm": entity_lines,
    "labelstudio": task_list,
    "native": native,
    "parquet": parquet,
    "prodigy": examples,
    "spacy": spacy_docbin,
    "webannotation": web_annotation,
    "webannotsv": tsv,
    "xlsx": xlsx,
    "xmi": xmi,
}
