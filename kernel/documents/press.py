"""The press: one document an order, in a process of its own. As a program it reads an order (JSON) and writes a PDF, or why not.

It stands alone, without Django and settings, so that it starts quickly and knows no secret.
"""

import json
import re
import resource
import sys
from typing import Any

import typst

FAMILIES = {"BIZ UDPGothic", "NanumGothic", "ZCOOL XiaoWei"}  # named in root/house.typ
LANGUAGES = {"ja": ("ja", "JP"), "en": ("en", "GB"), "zh": ("zh", "CN"), "ko": ("ko", "KR")}
GETA = "〓"  # what printers in Japan set for a character that they have no type for
MOST_GETA = 20
_UNSETTABLE = re.compile(r'the text `"(.+?)"` could not be displayed')


def page_forms(order: dict[str, Any], form: str = "pdf", ppi: float = 144) -> Any:
    """Set an order. This function will put ``〓`` for a character that no font of ours has, as printers do.

    :raises typst.TypstError: where the template does not hold; :raises ValueError: where fonts lack a family or far too many signs.
    """
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=order["fonts"])
    if missing := FAMILIES - set(fonts.families()):
        raise ValueError(f"without {', '.join(sorted(missing))} the pages would be empty")
    inputs = {name: json.dumps(order[name], ensure_ascii=False) for name in ("data", "frame")}
    for _attempt in range(MOST_GETA):
        try:
            return _compile(order, fonts, inputs, form, ppi)
        except typst.TypstError as fault:
            sign = _UNSETTABLE.search(fault.message)
            if sign is None:
                raise
            inputs = {name: text.replace(sign[1], GETA) for name, text in inputs.items()}
    raise ValueError("too many characters that no font has")


def _compile(order: dict[str, Any], fonts: typst.Fonts, inputs: dict[str, str], form: str, ppi: float) -> Any:
    compiler = typst.Compiler(
        root=order["root"], font_paths=fonts, ignore_system_fonts=True,
        package_path=order["root"], package_cache_path=order["root"],
    )  # fmt: skip
    return compiler.compile(
        input=order["template"].encode(), format=form, ppi=ppi, sys_inputs=inputs,  # type: ignore[arg-type]
        pdf_standards=["ua-1"] if form == "pdf" else [], timestamp=order["at"],
    )  # fmt: skip


def main() -> None:
    """Set what comes in on standard input; the last line on standard error says why nothing came out."""
    order = json.load(sys.stdin.buffer)
    resource.setrlimit(resource.RLIMIT_CPU, (order["seconds"], order["seconds"] + 1))
    resource.setrlimit(resource.RLIMIT_AS, (order["memory"], order["memory"]))
    try:
        sys.stdout.buffer.write(page_forms(order))
    except (typst.TypstError, ValueError) as fault:
        sys.exit(f"{getattr(fault, 'message', fault)}")


if __name__ == "__main__":
    main()
