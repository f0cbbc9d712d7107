"""What words mean to the readers of pages: tables by sense and language, which read nothing.

``bodies`` are what organisations are called by, ``acts``, ``events`` and ``money`` how prose tells
of acts, of events and of who paid; ``work`` is what an agency does and who took part; ``headings``
are headings and labels, ``goals`` the SDGs and the branches of social security, ``site`` what
belongs to a site or paper, ``standing`` what is not so, or not yet, or another's; ``small`` are
articles, joining words and signs. All are for matching text: no accents, any case.
"""
