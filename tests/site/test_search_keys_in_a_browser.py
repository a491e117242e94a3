"""Keys of the search: the dialog opened, walked through and left, the page walked through, input methods."""

from __future__ import annotations

import pytest
from searching import open_search


def test_the_dialog_comes_back_with_its_query_and_place(page, site, serve):
    page.goto(serve(site) + "wangcheng-2023/1-3.html")
    page.keyboard.press("/")
    page.keyboard.type("普法")
    page.wait_for_function("document.querySelector('#search').dataset.ready === '普法'")
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    chosen = page.locator("#search [aria-selected=true]").get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('#search')?.open === false")
    page.go_back()
    page.wait_for_selector("#search [aria-selected=true]")
    assert page.locator("#search [aria-selected=true]").get_attribute("href") == chosen
    assert page.get_by_role("combobox").input_value() == "普法"


@pytest.mark.parametrize("key", ["/", "Control+k"])
def test_the_dialog_opens_by_key_and_is_walked_with_the_arrows(page, site, serve, key):
    page.goto(serve(site) + "wangcheng-2023/1-3.html")
    page.keyboard.press(key)
    field = page.get_by_role("combobox")
    assert field.evaluate("e => e === document.activeElement")
    page.keyboard.type("98.5%")
    page.wait_for_selector("#search-list [role=option]")
    assert field.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    first = page.locator("#search-list [role=option]").first
    assert field.get_attribute("aria-activedescendant") == first.get_attribute("id")
    assert first.get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") == page.locator(
        "#search-list [role=option]"
    ).last.get_attribute("id")
    options = page.locator("#search-list [role=option]")
    assert page.inner_text("#search .place") == "第 {0} 条，共 {0} 条".format(options.count())
    page.keyboard.press("Home")
    assert field.get_attribute("aria-activedescendant") == first.get_attribute("id")
    assert first.get_attribute("aria-posinset") == "1" and first.get_attribute("aria-setsize") == str(options.count())
    page.keyboard.press("End")
    assert field.get_attribute("aria-activedescendant") == options.last.get_attribute("id")
    page.keyboard.press("Escape")
    assert not page.locator("#search").is_visible()
    page.keyboard.press("/")
    assert page.locator("#search").is_visible() and field.input_value() == "98.5%"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/1-3.html#f*")


def test_a_page_that_is_only_read_asks_for_no_search_and_what_is_typed_while_it_comes_is_searched(page, site, serve):
    asked, early = [], []
    page.on("request", note := lambda request: asked.append(request.url.rpartition("/")[2]))

    def slowly(route):
        page.wait_for_timeout(300)
        early.append("manifest.js" in asked)  # asked for beside the script that reads it, not after it
        route.continue_()

    page.route("**/assets/search/search.js", slowly)
    page.goto(serve(site) + "wangcheng-2023/1-3.html")
    assert "open.js" in asked and not {"search.js", "manifest.js"} & {*asked}
    page.keyboard.press("/")
    page.keyboard.type("98.5%")
    assert page.get_by_role("combobox").input_value() == "98.5%"
    page.wait_for_selector("#search-list [role=option]")
    assert page.get_by_role("combobox").input_value() == "98.5%"
    assert early == [True] and asked.count("manifest.js") == 1
    page.unroute("**/assets/search/search.js")
    page.remove_listener("request", note)


def test_enter_without_a_choice_goes_to_the_page_of_results(page, site, serve):
    page.goto(serve(site) + "index.html")
    page.get_by_role("button", name="搜索", exact=False).first.click()
    page.keyboard.type("1,136")
    page.keyboard.press("Enter")
    page.wait_for_selector("a[data-result]")
    assert "search.html?q=1%2C136" in page.url


def test_the_field_of_the_home_page_leads_to_the_page_of_results(page, site, serve):
    page.goto(serve(site) + "index.html")
    page.fill(".home-search input", "出庭率")
    page.keyboard.press("Enter")
    page.wait_for_selector("a[data-result]")


def test_half_a_syllable_of_an_input_method_is_never_searched(page, site, serve):
    page.goto(serve(site) + "index.html")
    page.keyboard.press("/")
    page.evaluate(
        "async () => { await baogaoSearch.ready(); window.asked = []; const find = baogaoSearch.find; baogaoSearch.find = (q, c) => (asked.push(q), find(q, c)) }"
    )
    session = page.context.new_cdp_session(page)
    for part in ("c", "ch", "chu"):
        session.send("Input.imeSetComposition", {"text": part, "selectionStart": len(part), "selectionEnd": len(part)})
    assert page.evaluate("asked") == []
    session.send("Input.insertText", {"text": "出庭率"})
    session.detach()
    page.wait_for_selector("#search-list [role=option]")
    assert set(page.evaluate("asked")) == {"出庭率"}


@pytest.mark.parametrize("path", ["index.html", "search.html"])
def test_enter_that_ends_a_composition_opens_and_submits_nothing(page, site, serve, path):
    page.goto(serve(site) + path)
    page.evaluate("() => baogaoSearch.ready()")
    page.keyboard.press("/")
    page.keyboard.type("普法")
    field = "#search input" if path == "index.html" else "[data-search-page] input"
    page.wait_for_selector("a[data-result]")
    page.keyboard.press("ArrowDown" if path == "index.html" else "Shift")
    was = page.url
    page.eval_on_selector(
        field,
        """input => { input.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
          for (const more of [{ isComposing: true }, { keyCode: 229 }])
            for (const key of ["Enter", "ArrowDown", "Escape"])
              input.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
          input.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true, data: "" })); }""",
    )
    page.wait_for_timeout(200)
    assert page.url == was and page.evaluate("document.activeElement.name") == "q"
    assert page.locator(field).is_visible()


def test_on_the_page_keys_walk_through_all_that_is_found(page, site, serve):
    open_search(page, serve(site) + "search.html?q=行政复议")
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("'card' in document.activeElement.dataset")
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement") == page.locator("a[data-result]").last.evaluate("e => e")
    page.keyboard.press("Home")
    assert page.evaluate("'card' in document.activeElement.dataset")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.name") == "q"


def test_one_section_is_said_in_the_singular_and_a_finger_is_told_of_no_keys(tab, site, serve):
    for phone, hint in ((False, "arrow keys"), (True, "figures.")):
        page = tab(390, 780, phone=phone)
        page.goto(serve(site) + "en/wangcheng-2023/1-3.html")
        page.locator("[data-search-open]").first.click()
        status = page.locator("#search [role=status]")
        status.filter(has_text=hint).wait_for()
        assert phone is ("keys" not in status.inner_text())
    page.get_by_role("combobox").fill("98.5%")
    page.wait_for_function("document.querySelector('#search').dataset.ready === '98.5%'")
    assert page.locator("#search a.all").inner_text() == "See this section on the search page"
