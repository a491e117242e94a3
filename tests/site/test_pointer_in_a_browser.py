"""The tools of a sentence and a mouse: they stay until it has reached them, and where it has pressed, until put away."""

from __future__ import annotations

import pytest

SHOWN = """() => [document.querySelector(".meant")?.id ?? "", document.querySelector(".tools").hidden ? 0 :
  ["--left", "--top"].map((side) => document.querySelector(".tools").style.getPropertyValue(side)).join()]"""

MET = """([x, y]) => { const figure = document.elementFromPoint(x, y)?.closest("a.figure");
  return figure && x > figure.closest("p").getBoundingClientRect().right ? "note" : figure?.closest(".sentence").id }"""


def rest_on(page, id_: str) -> tuple[float, float]:
    """The pointer at the beginning of a sentence until that has its tools; where it is."""
    page.evaluate("id => scrollBy(0, document.getElementById(id).getClientRects()[0].top - 300)", id_)
    x, y = page.evaluate(
        "id => (({ left, top, height }) => [left + 20, top + height / 2])(document.getElementById(id).getClientRects()[0])",
        id_,
    )
    page.mouse.move(5, 5)
    page.mouse.move(x, y)
    page.wait_for_function("id => document.querySelector('.meant')?.id === id", arg=id_)
    return x, y


@pytest.mark.parametrize(("tree", "width"), [("", 1440), ("en/", 1440), ("", 1600), ("", 1920)])
def test_tools_stay_until_the_pointer_that_goes_for_them_is_there(tab, site, serve, tree, width):
    """It meets other sentences on its way, and a note in the margin, on which it rests."""
    page = tab(width, 900)
    page.goto(f"{serve(site)}{tree}wangcheng-2023/1-3.html")
    x, y = rest_on(page, "s1-3-1-2")
    shown = page.evaluate(SHOWN)
    strip = page.locator(".tools").bounding_box()
    to_x, to_y = strip["x"] + strip["width"] / 2, strip["y"] + 12
    met = []
    for step in range(1, 17):
        at = x + (to_x - x) * step / 16, y + (to_y - y) * step / 16
        page.mouse.move(*at)
        met.append(page.evaluate(MET, at))
        page.wait_for_timeout(800 if met.count("note") == 1 == met[-1:].count("note") else 20)
        assert page.evaluate(SHOWN) == shown
    assert "note" in met and page.locator(".tools button:hover").count() == 1


def test_a_click_on_a_sentence_keeps_its_tools_until_they_are_put_away(page, site, serve):
    page.goto(f"{serve(site)}wangcheng-2023/1-3.html")

    def first(id_: str) -> dict[str, float]:
        return page.evaluate("id => document.getElementById(id).getClientRects()[0].toJSON()", id_)

    def press(id_: str) -> None:
        line = first(id_)
        page.mouse.click(line["left"] + 10, line["top"] + line["height"] / 2)

    def meant_after_a_rest_on(id_: str) -> str:
        line = first(id_)
        page.mouse.move(line["left"] + 20, line["top"] + line["height"] / 2, steps=4)
        page.wait_for_timeout(900)
        return page.evaluate(SHOWN)[0]

    rest_on(page, "s1-3-1-3")
    press("s1-3-1-3")
    assert meant_after_a_rest_on("s1-3-1-5") == "s1-3-1-3"
    press("s1-3-1-5")
    assert meant_after_a_rest_on("s1-3-1-3") == "s1-3-1-5"
    page.keyboard.press("Escape")
    assert page.evaluate(SHOWN) == ["", 0]
    press("s1-3-1-3")
    column = page.locator("p:has(> [id='s1-3-1-3'])").bounding_box()
    page.mouse.click(column["x"] - 30, column["y"] + 40)
    assert page.evaluate(SHOWN) == ["", 0]
    assert meant_after_a_rest_on("s1-3-1-5") == "s1-3-1-5"  # they are for a pointer again
