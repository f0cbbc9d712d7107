"""How fast IATI activity files are read, linked and mapped, and how much memory that takes.

Run: ``python tests/benchmarks/iati.py [--megabytes 200] [--validate]``. The file is made of
activities of the size and kind of real ones (some 4 kB, one result with an indicator each).
Prints activities/s and the resident memory at each quarter, which must not grow.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from pathlib import Path

from outcome_graph.mapping import record_to_triples
from outcome_graph.pipeline.reading import SourceReader
from outcome_graph.settings import Settings

COUNTRIES = ("KH", "LA", "SN", "CR", "PE", "KE", "VN", "TG", "MZ", "EC")
TEXT = "Registers informal workers with the fund and pays their contributions. " * 12


def activity(number: int) -> str:
    """One activity; every value that can differ between real ones does."""
    country = COUNTRIES[number % len(COUNTRIES)]
    target = 1000 + number % 900
    return f"""<iati-activity xml:lang="en" default-currency="USD">
<iati-identifier>XM-DAC-41302-{number:07d}</iati-identifier>
<reporting-org ref="XM-DAC-41302" type="40"><narrative>ILO</narrative></reporting-org>
<title><narrative>Project {number} for social protection</narrative></title>
<description type="1"><narrative>{TEXT}</narrative></description>
<description type="2"><narrative>{TEXT}</narrative></description>
<participating-org role="1" type="10"><narrative>Luxembourg</narrative></participating-org>
<participating-org role="4"><narrative>Ministry {number % 40}</narrative></participating-org>
<activity-status code="2"/><activity-date iso-date="2020-02-03" type="2"/>
<contact-info type="1"><email>nobody@example.org</email></contact-info>
<recipient-country code="{country}"/>
<sector vocabulary="1" code="16010"/><tag vocabulary="2" code="1"/><tag vocabulary="3" code="1.3"/>
<policy-marker vocabulary="1" code="1" significance="1"/>
<transaction><transaction-type code="3"/><transaction-date iso-date="2020-03-03"/>
<value value-date="2020-03-03">{number}</value></transaction>
<transaction><transaction-type code="2"/><transaction-date iso-date="2020-03-03"/>
<value value-date="2020-03-03">{number}</value></transaction>
<document-link format="text/html" url="https://example.org/{number}"><title>
<narrative>Project page</narrative></title><category code="A12"/></document-link>
<result type="2"><title><narrative>Workers of project {number} are insured</narrative></title>
<indicator measure="1" ascending="1"><title><narrative>Workers registered</narrative></title>
<baseline year="2019" iso-date="2019-12-31" value="{number % 100}"/>
<period><period-start iso-date="2020-01-01"/><period-end iso-date="2020-12-31"/>
<target value="{target}"/><actual value="{target - 7}"/></period></indicator></result>
</iati-activity>
"""


def make(path: Path, size: int) -> int:
    """Write a file of about so many bytes; return its number of activities."""
    count = written = 0
    with path.open("w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03">\n')
        while written < size:
            written += file.write(activity(count))
            count += 1
        file.write("</iati-activities>\n")
    return count


def resident() -> int:
    """Resident memory of this process, in bytes."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize()


def main() -> None:
    """Make the file, read it, print what it took."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--megabytes", type=int, default=200)
    arguments.add_argument("--validate", action="store_true")
    given = arguments.parse_args()
    reader = SourceReader(Settings())
    _ = reader.knowledge
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "activities.xml"
        count = make(path, given.megabytes * 1_000_000)
        memory: list[int] = []
        triples = read = 0
        began = time.perf_counter()
        for found in reader.sources([path]):
            for item in reader.items(found):
                read += 1
                statements = record_to_triples(item.draft.record, reader.minter)
                triples += len(statements)
                if given.validate:
                    reader.validator.check(item.draft.record.id, statements, item.draft.locations)
                if read % (count // 4) == 0:
                    memory.append(resident() // 1_000_000)
        seconds = time.perf_counter() - began
    print(
        json.dumps(
            {
                "file MB": given.megabytes,
                "activities": count,
                "records": read,
                "triples": triples,
                "seconds": round(seconds, 1),
                "activities/s": round(count / seconds),
                "validated": given.validate,
                "resident MB at each quarter": memory,
            }
        )
    )


if __name__ == "__main__":
    main()
