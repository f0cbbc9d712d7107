"""Reading result pages: text as it is copied or saved from the web.

In the order of reading. ``lines`` tells what a line is by its form and blanks what belongs to a
site or paper; ``headings`` which heading it is, ``labels`` what a label on it says, and
``layout`` parts the text by them into the pages and sections of ``sections``; ``paragraphs``
tells what stands under no heading. Of a page, ``tail`` takes the lists (names, SDGs, branches:
``names`` with ``segmentation`` and ``name_tokens``, ``goals``), ``header`` the line of facts
(``fact_line``) and ``about`` what of it no label says; ``facts`` has the prose read: ``acts``,
``activities`` (with ``event_details``, ``event_table``, ``event_turns``, ``people``) and, for the
days that these leave, ``event_days``; ``funders``, ``mentions``; ``projects`` the
symbols. ``judging`` says whether it is a result at all, and ``reader`` makes the draft.

How sure a reading is has one scale, ``evidence``; ``act_standing`` and ``event_standing`` tell what
is surely said from what is planned, cited or another's. What is read of prose begins with
``prose`` (sentences, names) and ``dates``. ``words`` holds the words of English, French and Spanish
by which all this is told. There is no table of countries or SDG codes: what is read stays in the
page's own words for ``linking``.
"""
