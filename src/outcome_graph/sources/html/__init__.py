"""Reading result pages saved from the web: markup is turned into the text a person sees.

``markup`` decodes and parses (tag soup, MHTML), ``lines`` draws the lines of text out of the
elements, ``reader`` hands them to the reader of result pages, which knows the headings and facts:
an HTML page and the text copied from it give the same record.
"""

from typing import TYPE_CHECKING

from outcome_graph.lazy import lazy_names

if TYPE_CHECKING:
    from outcome_graph.sources.html.reader import read_html, text_of

__all__ = ["read_html", "text_of"]

# To tell that a file is none of these takes nothing of what reads pages, which is much.
__getattr__ = lazy_names(__name__, {"outcome_graph.sources.html.reader": ("read_html", "text_of")})
