"""Label Studio's own SDK (label-studio-sdk) checks the configuration and every task, and converts them to CoNLL and spaCy.

python tests/clients/labelstudio.py DIRECTORY/labelstudio.zip
"""

import json
import sys
import tempfile
import zipfile
from pathlib import Path

from label_studio_sdk.converter import Converter
from label_studio_sdk.label_interface import LabelInterface


def main(path: str) -> None:
    with zipfile.ZipFile(path) as archive:
        tasks, config = json.loads(archive.read("tasks.json")), archive.read("config.xml").decode()
    view = LabelInterface(config)
    view.validate()
    regions = 0
    for task in tasks:
        # The annotations by themselves: validate_task of SDK 2.1 calls their check without them.
        assert view.validate_task({"data": task["data"]}), "the task is not valid"
        for annotation in task["annotations"]:
            # Annotations are checked as predictions are: these checks name what is wrong.
            errors = view.validate_prediction({"model_version": "x", "score": 1.0, **annotation}, return_errors=True)
            assert not errors, errors
            regions += len({each["id"] for each in annotation["result"] if each["type"] == "labels"})
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "tasks.json"
        source.write_text(json.dumps([{"id": number, **task} for number, task in enumerate(tasks, 1)]))
        Converter(config, project_dir=folder).convert(str(source), folder, "CONLL2003", is_dir=False)
        names = (Path(folder) / "result.conll").read_text().count(" B-")
    print(
        f"Label Studio: {len(tasks)} tasks, {regions} regions valid; {names} of them, which do not overlap, as CoNLL by its converter"
    )


if __name__ == "__main__":
    main(sys.argv[1])
