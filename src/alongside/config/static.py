"""Static files under names that change with what is in them, the modules that our own scripts import included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage as Compressed


class HashedStaticFiles(Compressed):
    # without the last one a page could run a new script with a part of the old one
    patterns = (*Compressed.patterns, ("ui/js/*.js", Compressed._js_module_import_aggregation_patterns[1]))
