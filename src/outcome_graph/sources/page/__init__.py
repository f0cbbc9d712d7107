"""Reading result pages: text as it is copied or saved from the web.

``reader`` puts the parts together: ``sections`` finds pages and headings, ``header`` the line of
facts, ``tail`` the lines below the last statement (names, SDG bullets, branches), ``names`` the
organisations in a run-together line, ``acts``, ``funders`` and ``activities`` the facts of prose,
``dates`` dates in three languages. ``evidence`` is the scale by which all of them say how sure
they are; ``act_standing`` and ``event_standing`` tell what is surely said from what is planned,
cited or another's. The package knows words of English, French and Spanish; it holds
no table of countries or SDG codes: what it reads stays in the page's own words for ``linking``.
"""
