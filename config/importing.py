"""`python -m config.importing`: carries out the order on its standard input and writes the answer on its standard output."""

import json
import sys
from pathlib import Path
from typing import Any

from config.parent_watch import end_with
from config.start import prepare, set_up


def main() -> None:
    order = json.load(sys.stdin)
    end_with(order["parent"])
    prepare()
    set_up()
    from django.db import connection

    connection.settings_dict["NAME"] = order["database"]
    json.dump(answered(order), sys.stdout)


def answered(order: dict[str, Any]) -> dict[str, Any]:
    from django.db import OperationalError

    from annotations.imports.order import Order
    from annotations.imports.process import BUSY, FULL
    from annotations.imports.tuning import tuned
    from corpus.db.full_disk import is_full_disk

    try:
        with Path(order["path"]).open("rb") as file, tuned():
            return {"summary": Order(**order["order"]).carry_out(file)}
    except (OperationalError, OSError) as error:
        if is_full_disk(error):
            return {"wrong": FULL}
        if isinstance(error, OperationalError):
            return {"wrong": BUSY, "detail": str(error)}
        raise


if __name__ == "__main__":
    main()
