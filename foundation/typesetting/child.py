"""Run in a process of its own: JSON of a document on standard input, its PDF on standard output.

Typst keeps what it compiled; a process that lives for one document keeps nothing. Imports nothing of the product.
"""

import json
import sys
from pathlib import Path

import fontpkg_atkinson_hyperlegible
import typst

FONTS = Path(fontpkg_atkinson_hyperlegible.__file__).with_name("files")


def main() -> int:
    """Compile what comes in; 1 with typst's words on standard error when that fails."""
    request = json.load(sys.stdin)
    template = Path(request["template"])
    try:
        pdf = typst.compile(
            str(template),
            root=str(template.parent),
            format="pdf",
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
            timestamp=request["timestamp"],
            sys_inputs={"data": json.dumps(request["data"])},
        )
    except typst.TypstError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())
