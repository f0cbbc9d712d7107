"""What words mean to the readers of pages: tables by sense and language, which read nothing.

``bodies`` are what organisations are called by; ``acts``, ``events`` and ``money`` how prose tells
of acts, of events and of who paid; ``people`` numbers and whom they count; ``work`` agencies, what
they do and who took part; ``headings`` known headings, ``labels`` what others and labels speak of;
``goals`` the SDGs and the branches of social security; ``standing`` what is not so, or not yet, or
another's; ``small`` articles, joining words and signs, and ``forms``, by which a sense is written
down by language. All are for matching text: no accents, any case.
"""
