"""Documents on paper: a template of ours and typed data become a PDF that everybody can read (PDF/UA-1, ISO 14289-1).

::

    typeset(Document("wallet/documents/statement.typ", title="…", language="ja", at=act.at, data=Statement(…)))

A template is Typst, written by us, beside the app's other templates; it begins with ``#import "/house.typ": *`` and
``#show: house`` and reads ``data``. Data goes in as JSON and is never spliced into the source, so no name can be a command.
What a template says in words comes in the data, by gettext. The same document is the same bytes. It is set in a process of its
own that sees no file but our template and our fonts, with an end to its time and memory.
"""

from kernel.documents.fonts import missing_fonts
from kernel.documents.setting import Document, DocumentsAway, DocumentTooLarge, order_of, typeset

__all__ = ["Document", "DocumentTooLarge", "DocumentsAway", "missing_fonts", "order_of", "typeset"]
