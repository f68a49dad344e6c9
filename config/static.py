"""Static files under names that hold their content's hash."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """A file's name changes with its content, so browsers may keep it for ever; imports between our modules are rewritten too."""

    support_js_module_import_aggregation = True
