"""Documents that people send by the forms of pages: pasted text, or files that they choose."""

from __future__ import annotations

from flask import request
from werkzeug.datastructures import FileStorage

from outcome_graph.draft import SourceFile
from outcome_graph.errors import SourceError, TooLargeError
from outcome_graph.service.context import graph
from outcome_graph.service.protocol import FORM
from outcome_graph.service.writing import MULTIPART, file_name, nameless, said_columns
from outcome_graph.sources.detect import PAGE_FORMATS, detect

__all__ = ["FORMS", "form_documents"]

#: Media types of forms: without files, and with.
FORMS = (FORM, MULTIPART)


def form_documents() -> list[SourceFile]:
    """Return the files of the request's form, or else the text that was pasted into it.

    Raises:
        SourceError: there is neither, or a file is empty.
        TooLargeError: one is larger than is allowed.
    """
    if files := [file for file in request.files.getlist("file") if file.filename]:
        return [_chosen(file) for file in files]
    # Browsers send line ends as CR LF.
    data = request.form.get("document", "").encode()
    limit = graph().settings.max_source_bytes
    if len(data) > limit:
        raise TooLargeError(f"The document is larger than {limit:,} bytes.")
    if not data.strip():
        raise SourceError("There is nothing here: paste the text of a page, or choose a file.")
    return [SourceFile(nameless(data), data, "text/plain")]


def _chosen(file: FileStorage) -> SourceFile:
    """Return a file of the form; what it is, its name and bytes tell better than browsers do."""
    data = file.stream.read()
    source = SourceFile(file_name(file) or nameless(data), data, columns=said_columns())
    limit = graph().settings.max_source_bytes
    if detect(source) in PAGE_FORMATS and len(source.data) > limit:
        raise TooLargeError(f"{source.name} is larger than {limit:,} bytes.")
    if not source.data.strip():
        raise SourceError(f"{source.name} is empty.")
    return source
