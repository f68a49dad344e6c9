"""`manage.py native_schema`: write the JSON Schema of the native format where it is served from."""

from typing import Any

from django.core.management.base import BaseCommand

from annotations.documents.json_schema import FILE, published


class Command(BaseCommand):
    help = "Write static/native.schema.json from the code that validates native documents."

    def handle(self, *args: Any, **options: Any) -> None:
        FILE.write_text(published(), encoding="utf-8")
        self.stdout.write(f"Wrote {FILE}.")
