/* What a script adds to finished pages: a figure's note, a sentence's tools, sorting and filtering of the figures.
   Every page reads without it; a part that fails stops only itself. Words come from the catalogue, in #baogao-words. */
(() => {
  "use strict";
  const catalogue = document.getElementById("baogao-words"), words = JSON.parse(catalogue?.textContent ?? "{}");

  const element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  const button = (label, action) => {
    const made = element("button", { type: "button" }, label);
    made.addEventListener("pointerdown", (event) => event.preventDefault()); // a selection stays
    made.addEventListener("click", action);
    return made;
  };

  // One strip for both: at the foot of a phone, beside the pointer's sentence elsewhere. Never part of a selection.
  const said = element("span", { class: "said" });
  const status = element("span", { role: "status" });
  const actions = element("span", { class: "actions" });
  const strip = element("div", { class: "tools", hidden: "" }, said, actions, status);

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // a page opened by double-click has no clipboard of its own
      const area = element("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    status.textContent = words.copied;
  };

  // What a sentence says in the page's language: side by side, one of its two.
  const own = (sentence) => {
    const both = sentence.querySelectorAll(".pairs__said");
    return both[document.documentElement.lang.startsWith("zh") ? 0 : 1] ?? sentence;
  };

  // The address of a place: with the hash of its sentence, so that a link can tell when the text has changed since.
  const address = (id, page = location.href) => {
    const { hash } = document.getElementById(id).closest(".sentence")?.dataset ?? {};
    return `${page.split(/[?#]/)[0]}${hash ? `?h=${hash}` : ""}#${id}`;
  };

  // What a page in traditional characters was made of, which is what is quoted and cited; any other page is itself.
  const converted = document.documentElement.lang === "zh-Hant";
  const original = () => (converted && document.querySelector(".switch[hreflang='zh-Hans']")?.href) || location.href;

  // The same with a text fragment, a second help where the id is gone: the first and last clause, which end where
  // words do, as browsers ask.
  const link = (sentence) => {
    const clauses = own(sentence).textContent.split(/(?<=[，。；：,;:])/).map((clause) => clause.trim()).filter(Boolean);
    const ends = clauses.length > 2 ? [clauses[0], clauses.at(-1)] : [own(sentence).textContent.trim()];
    return `${address(sentence.id)}:~:text=${ends.map((end) => encodeURIComponent(end).replaceAll("-", "%2D")).join(",")}`;
  };

  // A citation of the page's foot as one of a place: its words where it has any, its address at the end.
  const today = () => `[${new Date().toLocaleDateString("sv")}]`; // as ISO 8601 has it
  const cited = (line, address, place) => {
    const made = line.querySelector("template").content.cloneNode(true);
    for (const at of made.querySelectorAll(".at")) at.textContent = place ? `${place}. ` : "";
    for (const day of made.querySelectorAll(".accessed")) day.textContent = today() + (day.dataset.end || "");
    made.lastChild.data = made.lastChild.data.replaceAll("{address}", address);
    return made;
  };

  // Where a sentence stands: in the report, and on which page of the file received where that has pages.
  const standing = (sentence) => [sentence?.dataset.place, sentence?.dataset.page].filter(Boolean).join(words.comma);

  // How a place is cited in each style: the strip's tools give way to the styles, each copies.
  const cite = (id) => () => {
    const files = [...document.querySelectorAll(".cite p a")].map((file) => file.cloneNode(true));
    const styles = [...document.querySelectorAll(".cite dd")].map((line) =>
      button(line.previousElementSibling.textContent, () => {
        said.replaceChildren(cited(line, address(id, original()), standing(document.getElementById(id).closest("[data-place]"))));
        copy(said.textContent);
      }),
    );
    pinned = true;
    below(shownFor); // citations are wide
    strip.classList.add("citing");
    status.textContent = "";
    actions.replaceChildren(...styles, element("span", { class: "whole" }, words.whole_report, ...files), closing);
    styles[0].focus();
  };
  const citing = (id) => (document.querySelector(".cite") ? [button(words.cite, cite(id))] : []);

  // Where the tools of a sentence cover no text: behind its last line, side by side also below the shorter of the two,
  // in the margin at the line that is pointed at, before or beyond the notes there; null where there is no such place.
  const EMPTY = "html, body, main, article, div, p:has(> .sentence)"; // what holds text in other elements only
  const free = (left, top) => {
    const right = left + strip.offsetWidth, bottom = top + strip.offsetHeight;
    if (top < 0 || right > document.documentElement.clientWidth || bottom > innerHeight) return false;
    for (let y = top + 4; y < bottom; y += 8)
      for (let x = left + 2; x < right; x += 16)
        if (!document.elementFromPoint(x, y)?.matches(EMPTY)) return false;
    return true;
  };
  const room = (sentence, height) => {
    const said = sentence.querySelectorAll(".pairs__said"), places = [];
    for (const one of said.length ? said : [sentence]) {
      const last = [...one.getClientRects()].at(-1);
      places.push([last.right + 8, (last.top + last.bottom - strip.offsetHeight) / 2]);
      if (said.length) places.push([one.parentElement.getBoundingClientRect().left, last.bottom + 4]);
    }
    const found = places.find((place) => free(...place)), column = sentence.closest("p")?.getBoundingClientRect();
    if (found || !column) return found;
    const lines = [...sentence.getClientRects()], line = lines.find((one) => one.top <= height && height <= one.bottom) ?? lines.at(-1);
    const style = getComputedStyle(document.documentElement);
    const rem = (name) => parseFloat(style.getPropertyValue(name)) * parseFloat(style.fontSize);
    strip.classList.add("aside");
    return [column.right + rem("--gap") / 2, column.right + rem("--gap") * 1.2 + rem("--notes")]
      .map((left) => [left, line.top])
      .find((place) => free(...place));
  };

  let shownFor, pinned = false; // what the tools are of; whether they stay until they are put away
  let pointed, asked; // where a pointer is, where it was when it asked for them
  const show = (anchor, text, ...made) => {
    shownFor?.classList.remove("meant");
    strip.classList.remove("citing", "aside");
    shownFor = anchor;
    pinned = false;
    asked = pointed;
    anchor.classList.add("meant");
    said.textContent = text;
    status.textContent = "";
    actions.replaceChildren(...made, closing);
    strip.hidden = false;
    put([0, 0]); // as wide as it likes
    strip.style.visibility = "hidden"; // it is not in its own way
    const place = anchor.matches(".sentence") && getComputedStyle(strip).position === "absolute" && room(anchor, pointed?.y);
    if (place) put(place);
    else below(anchor);
    strip.style.visibility = "";
  };

  const put = ([left, top]) => {
    strip.style.setProperty("--left", `${left + scrollX}px`);
    strip.style.setProperty("--top", `${top + scrollY}px`);
  };

  const below = (anchor) => {
    strip.classList.remove("aside");
    const last = [...anchor.getClientRects()].at(-1);
    put([Math.min(last.left, innerWidth - strip.offsetWidth - 16), last.bottom + 4]);
  };

  const hide = () => {
    strip.hidden = true;
    pinned = false;
    shownFor?.classList.remove("meant");
  };
  const closing = button(words.close, hide);
  closing.className = "close";

  // A link of the strip: what it led from is left.
  const leading = (href, label) => {
    const made = element("a", { href }, label);
    made.addEventListener("click", () => hide());
    return made;
  };

  const quoting = (sentence) => (sentence ? [button(words.copy_quotation, () => copy(quotation(sentence)))] : []);

  // Side by side only one of the two has the address of the figure; the other has that of the sentence.
  const placed = (figure) => figure.id || figure.closest("[id]").id;

  const showFigure = (figure) =>
    show(
      figure,
      figure.dataset.note,
      leading(figure.getAttribute("href"), words.table),
      ...(figure.dataset.how ? [element("a", { href: figure.dataset.how }, words.computed)] : []),
      ...quoting(figure.closest(".sentence")),
      button(words.copy_link, () => copy(address(placed(figure)))),
      ...citing(placed(figure)),
    );

  const showTerm = (term) =>
    show(term, term.dataset.note, element("a", { href: term.getAttribute("href") }, words.all_uses));

  // What is selected in the text, else the sentence: with where it stands, the report, the address.
  const quotation = (sentence) => {
    const selection = getSelection(), chosen = selection.toString().trim();
    const inside = chosen && document.querySelector("article").contains(selection.anchorNode);
    const made = converted ? words.quoted_converted : !sentence.lang && !own(sentence).parentElement.lang && words.quoted_translation;
    const source = [catalogue?.dataset.cited || document.title, standing(sentence), made].filter(Boolean);
    return [inside ? chosen : own(sentence).textContent, source.join(words.comma), address(sentence.id, original())].join("\n");
  };

  const showSentence = (sentence) =>
    show(
      sentence,
      sentence.dataset.page ?? "",
      ...quoting(sentence),
      button(words.copy_link, () => copy(link(sentence))),
      ...citing(sentence.id),
    );

  const showMarked = (marked) => (marked.matches(".term") ? showTerm(marked) : showFigure(marked));

  const showFor = (target) => {
    const marked = target.closest?.("a[data-note]"), sentence = target.closest?.(".sentence");
    if (marked) showMarked(marked);
    else if (sentence) showSentence(sentence);
    return Boolean(marked || sentence);
  };

  let sentences = [];

  // One stop for Tab; up and down go from sentence to sentence, left and right through what is marked in it, Enter into
  // its tools and Esc back.
  const startSentences = () => {
    hide();
    sentences = [...document.querySelectorAll(".sentence")];
    sentences.forEach((sentence, i) => sentence.setAttribute("tabindex", i === 0 ? "0" : "-1"));
    for (const marked of document.querySelectorAll(".sentence a[data-note]")) marked.setAttribute("tabindex", "-1");
  };

  const startReading = () => {
    document.body.append(strip);
    const move = (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], aside = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const own = document.activeElement?.closest(".sentence"), at = sentences.indexOf(own);
      const stops = own ? [own, ...own.querySelectorAll("a[data-note]")] : [];
      const next = stops[stops.indexOf(document.activeElement) + aside];
      if (next) {
        event.preventDefault();
        next.focus();
      }
      if (event.key === "Escape") {
        if (strip.contains(document.activeElement)) shownFor.focus();
        hide();
      }
      if (event.key === "Enter" && own === document.activeElement && at >= 0 && !strip.hidden) {
        event.preventDefault();
        actions.firstChild.focus();
      }
      if (!step || at < 0 || !sentences[at + step]) return;
      event.preventDefault();
      sentences[at].setAttribute("tabindex", "-1");
      sentences[at + step].setAttribute("tabindex", "0");
      sentences[at + step].focus();
    };
    document.addEventListener("keydown", move);
    let waiting, before, under, touched, coarse = false, pressed = false;
    const cancel = () => {
      clearTimeout(waiting);
      waiting = undefined;
    };
    const wait = (time, action) => {
      cancel();
      waiting = setTimeout(() => {
        waiting = undefined;
        action();
      }, time);
    };
    document.addEventListener("focusin", (event) => {
      if (!coarse) cancel(); // the focus wins over a pointer, until that moves again
      under = undefined;
      // a browser puts the focus where a link led: there nobody has asked for tools yet
      const led = event.target.matches(":target") && !navigator.userActivation?.hasBeenActive;
      if (!led && !strip.contains(event.target) && !showFor(event.target)) hide();
    });
    document.addEventListener("pointerdown", (event) => {
      coarse = event.pointerType !== "mouse";
      touched = event.composedPath().includes(strip) ? null : event.target;
      before = strip.hidden ? null : shownFor; // the press itself moves the focus, and that shows the tools
      pressed = false;
      if (!coarse) return;
      // a long press; a mouse that moved before has no say in what a finger does
      wait(500, () => (pressed = showFor(event.target)));
    });
    for (const name of ["pointerup", "pointercancel", "pointermove"])
      document.addEventListener(name, () => coarse && cancel());
    // Choosing text by touch ends the press: the choice itself asks for the tools.
    document.addEventListener("selectionchange", () => {
      const from = getSelection().anchorNode?.parentElement?.closest(".sentence");
      if (!coarse || !from || getSelection().isCollapsed) return;
      wait(300, () => showSentence(from));
    });
    // Whether a pointer is on its way from where it asked to the tools: a straight line through where it is meets them.
    const onItsWay = ({ x, y }) => {
      if (strip.hidden || !asked) return false;
      const box = strip.getBoundingClientRect();
      const edges = [[asked.x, x, box.left, box.right], [asked.y, y, box.top, box.bottom]];
      const spans = edges.map(([from, now, ...ends]) => ends.map((end) => (end - from) / (now - from)).sort((a, b) => a - b));
      return Math.max(0, ...spans.map(([enters]) => enters)) <= Math.min(...spans.map(([, leaves]) => leaves));
    };
    // A note in the margin has said already what the tools of its figure would say: it asks for none.
    const onNote = (target, { x }) => x > (target.closest?.("p")?.getBoundingClientRect().right ?? Infinity);
    // Not mouseover: that tells of a page that scrolled or changed under a pointer at rest, too.
    let at;
    document.addEventListener("mousemove", (event) => {
      const { target, screenX, screenY, clientX: x, clientY: y } = event, before = at;
      at = `${screenX} ${screenY}`;
      pointed = { x, y };
      if (at === before || coarse) return;
      const marked = target.closest?.("a[data-note], .sentence") ?? null;
      if (strip.contains(target) || onNote(target, pointed)) {
        cancel();
        under = undefined;
      } else if (pinned || (marked === shownFor && !strip.hidden)) {
        cancel();
        under = marked; // whoever puts them away has them again once the pointer was elsewhere
      } else if (marked !== under || waiting) {
        under = marked;
        // at rest, as one sees it; what is shown stays long enough for the way to it
        wait(!marked ? 700 : onItsWay(pointed) ? 400 : 150, () => showFor(target) || hide());
      }
    });
    document.addEventListener("click", (event) => {
      // What the finger was put on, not what is under it now: the tools may have come there, and one that was pressed may
      // be gone. A key presses what has the focus.
      const target = event.detail ? touched : event.composedPath().includes(strip) ? null : event.target;
      if (!target) return;
      const marked = target.closest("a[data-note]"), sentence = target.closest(".sentence");
      if (!coarse) {
        if (target.closest("a")) return; // it leads away
        cancel();
        if (!sentence) hide();
        else if (sentence !== shownFor || strip.hidden) showSentence(sentence);
        pinned = Boolean(sentence); // by a click, whatever the pointer meets then
      } else if (marked) {
        event.preventDefault(); // on a phone the strip comes first; its link leads further
        showMarked(marked);
      } else if (pressed) return; // some browsers end a long press with a click
      else if (!sentence || target.closest("a") || before === sentence) hide();
      else showSentence(sentence);
    });
  };

  const sortBy = (table, column, head) => {
    const body = table.tBodies[0], rising = head.getAttribute("aria-sort") !== "ascending";
    const key = (row) => row.cells[column].textContent.trim();
    const number = (row) => Number(row.cells[0].querySelector("data").value);
    const compare = column === 0 ? (a, b) => number(a) - number(b) : (a, b) => key(a).localeCompare(key(b), "zh");
    body.append(...[...body.rows].sort((a, b) => (rising ? compare(a, b) : compare(b, a))));
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", rising ? "ascending" : "descending");
  };

  const startFigures = () => {
    const tables = [...document.querySelectorAll("table:has(.row)")];
    for (const table of tables)
      [...table.tHead.rows[0].cells].forEach((head, column) => {
        if (column === 1) return; // units have no order
        // over the words, which stay text: a browser prints no button in the head that it repeats
        const sort = button("", () => sortBy(table, column, head));
        sort.setAttribute("aria-label", head.textContent);
        head.append(sort);
      });
    const bar = document.querySelector(".filter");
    if (!bar) return;
    const rows = tables.flatMap((table) => [...table.tBodies[0].rows]);
    const keys = (row) => row.querySelector(".row").dataset.filters.split(" ");
    const choose = (wanted, chosen) => {
      for (const row of rows) row.hidden = Boolean(wanted) && !keys(row).includes(wanted);
      for (const table of tables) {
        const empty = [...table.tBodies[0].rows].every((row) => row.hidden);
        for (let part = table.closest(".md-typeset__scrollwrap") ?? table; part; part = part.tagName === "H2" ? null : part.previousElementSibling)
          part.hidden = empty;
      }
      for (const other of bar.children) other.setAttribute("aria-pressed", String(other === chosen));
    };
    for (const made of bar.children) made.addEventListener("click", () => choose(made.dataset.keep, made));
    // a theme that the filter hides is shown to whoever asks for it
    document.querySelector(".themes")?.addEventListener("click", (event) => {
      const group = document.getElementById(event.target.closest("a")?.hash.slice(1));
      if (group?.hidden) choose("", bar.firstElementChild);
    });
  };

  // The finder: each list keeps the reports that have its choice and says how many the others leave it. The address
  // holds what was chosen, so that a finding can be sent to somebody.
  const startFinder = () => {
    const finder = document.querySelector(".finder");
    if (!finder) return;
    const rows = [...document.querySelectorAll(".reports > li")], lists = [...finder.querySelectorAll("select")];
    const status = document.querySelector("[data-count]");
    const has = (row, list, choice) => !choice || row.dataset[list.name].split(" ").includes(choice);
    const keep = (but) => rows.filter((row) => lists.every((list) => list === but || has(row, list, list.value)));
    const show = () => {
      const kept = new Set(keep());
      for (const row of rows) row.hidden = !kept.has(row);
      for (const list of lists) {
        const left = keep(list);
        for (const option of [...list.options].slice(1)) {
          const count = left.filter((row) => has(row, list, option.value)).length;
          option.textContent = `${option.dataset.name} (${count})`;
          option.disabled = !count && !option.selected;
        }
      }
      status.textContent = (kept.size === 1 ? status.dataset.countOne : status.dataset.count).replace("{n}", kept.size);
      const chosen = new URLSearchParams(lists.filter((list) => list.value).map((list) => [list.name, list.value]));
      if (location.protocol !== "file:") history.replaceState(null, "", `${location.pathname}${chosen.size ? `?${chosen}` : ""}${location.hash}`);
    };
    const chosen = new URLSearchParams(location.search);
    for (const list of lists)
      if ([...list.options].some((option) => option.value === chosen.get(list.name))) list.value = chosen.get(list.name);
    finder.addEventListener("change", show);
    finder.addEventListener("reset", () => setTimeout(show)); // the form is reset after its event
    show();
  };

  // The proof sheet: each line for the sidecar can be copied.
  const startProof = () => {
    for (const line of document.querySelectorAll("[data-copy]")) {
      const copied = element("span", { role: "status" });
      line.after(button(words.copy, async () => {
        await copy(line.textContent);
        copied.textContent = words.copied;
      }), copied);
    }
  };

  // Side by side: a figure lights its fellow in the other language, which leads to the same place.
  const startPairs = () => {
    const light = (on) => (event) => {
      const figure = event.target.closest?.(".pairs a.figure");
      if (!figure) return;
      const row = figure.closest(".pairs__row");
      for (const other of row.querySelectorAll("a.figure"))
        if (other.getAttribute("href") === figure.getAttribute("href")) other.classList.toggle("lit", on);
    };
    for (const [name, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]])
      document.querySelector(".pairs")?.addEventListener(name, light(on));
  };

  // Each citation of the page can be copied.
  const startCitations = () => {
    for (const line of document.querySelectorAll(".cite dd")) {
      // where the site does not know its address, the reader's browser does
      const known = document.querySelector("link[rel=canonical]") || location.protocol === "file:";
      const shown = line.firstElementChild;
      if (!known) shown.replaceChildren(cited(line, original().split(/[?#]/)[0]));
      for (const day of shown.querySelectorAll(".accessed")) day.textContent = today() + (day.dataset.end || "");
      const text = shown.textContent, copied = element("span", { role: "status" });
      const action = async () => {
        await copy(text);
        copied.textContent = words.copied;
      };
      line.append(button(words.copy, action), copied);
    }
  };

  // Where a link led: said to those who do not see it; whether the text is still that of the link.
  const arrival = element("p", { class: "arrival", role: "status" });
  const startArrival = () => {
    document.body.append(arrival);
    arrival.textContent = "";
    const id = decodeURIComponent(location.hash.slice(1)), was = new URLSearchParams(location.search).get("h");
    const target = id && document.getElementById(id), sentence = target?.closest?.(".sentence");
    if (target?.name?.startsWith("__tabbed_")) target.checked = true; // a tab of a page written by hand
    if (sentence) setTimeout(() => (arrival.textContent = words.arrived + own(sentence).textContent), 500);
    if (!was || !id || sentence?.dataset.hash === was || (target && !sentence)) return;
    const notice = element("span", { class: "changed", role: "alert" }, sentence ? words.link_changed : words.link_gone);
    (sentence ?? document.querySelector("article h1")).after(notice);
  };

  // The Aa menu: what is chosen is kept; before the first paint of the next page its head puts it on the root again.
  const startChoices = () => {
    const form = document.getElementById("aa"), chosen = document.documentElement.dataset;
    for (const input of form.elements)
      if (input.name in chosen) input.checked = chosen[input.name] === input.value;
    form.addEventListener("change", () => {
      const values = Object.fromEntries(new FormData(form));
      Object.assign(chosen, values);
      localStorage.setItem("baogao", JSON.stringify(values));
    });
  };

  // Reading the whole report: the heading that is read stands in the address and is marked in the contents; whoever
  // comes back is offered the place where they left.
  let readOn;
  const startReadingOn = () => {
    readOn?.abort();
    readOn = new AbortController();
    const text = document.querySelector("article .numbered");
    if (!text) return;
    const heads = [...text.querySelectorAll(":is(h2, h3, h4, h5)[id]")], key = `baogao:${location.pathname}`;
    const entries = new Map([...document.querySelectorAll("#contents a[href^='#']")].map((a) => [a.hash.slice(1), a]));
    let left, marked, waiting;
    try {
      left = document.getElementById(localStorage.getItem(key));
    } catch {} // nothing may be kept here
    const note = () => {
      const read = heads.findLast((head) => head.getBoundingClientRect().top < 120);
      if (read === marked) return;
      entries.get(marked?.id)?.removeAttribute("aria-current");
      marked = read;
      const entry = entries.get(read?.id), list = entry?.closest(".contents");
      entry?.setAttribute("aria-current", "location");
      if (entry?.offsetParent && list.scrollHeight > list.clientHeight)
        list.scrollTo({ top: entry.offsetTop - list.clientHeight / 2 });
      if (location.protocol !== "file:" && document.visibilityState === "visible")
        history.replaceState(history.state, "", read ? `#${read.id}` : location.pathname + location.search);
      try {
        read ? localStorage.setItem(key, read.id) : localStorage.removeItem(key);
      } catch {}
    };
    const offer = element("a", { class: "read-on" });
    if (left && !location.hash && heads.indexOf(left) > 0) {
      offer.href = `#${left.id}`;
      offer.textContent = words.read_on.replace("{at}", left.textContent.replace("¶", "").trim());
      document.body.append(offer); // over the page, not in it: nothing moves
    }
    const scrolled = () => {
      offer.remove();
      clearTimeout(waiting);
      waiting = setTimeout(note, 200);
    };
    addEventListener("scroll", scrolled, { passive: true, signal: readOn.signal });
  };

  // Each sheet says the address of its page. What else the theme's own script would do: the masthead goes away on the way
  // down and comes back on the way up; on paper all that is folded is open.
  const startFrame = () => {
    const known = document.querySelector("link[rel=canonical]");
    if (known) document.documentElement.style.setProperty("--printed-address", JSON.stringify(known.href));
    // what leads to a place of this very page closes the contents that cover it
    document.addEventListener("click", (event) => {
      const contents = event.target.closest?.("#contents a")?.closest("#contents");
      if (contents?.matches(":popover-open")) contents.hidePopover();
    });
    if (window.document$) return;
    const head = document.querySelector(".masthead");
    let before = Infinity, opened = []; // where a page opens lower down, it has its masthead
    addEventListener("scroll", () => {
      head.hidden = scrollY > before && scrollY > 400;
      before = scrollY;
    }, { passive: true });
    addEventListener("beforeprint", () => {
      opened = [...document.querySelectorAll("details:not([open])")];
      for (const one of opened) one.open = true;
    });
    addEventListener("afterprint", () => {
      for (const one of opened) one.open = false;
    });
  };

  // The other language, and both side by side, keep the place and what was searched.
  const startSwitch = () => {
    // Where no address says the place, the passage at the head of the window comes to stand where it stood: no link leads
    // to it, so that nothing is marked there and no tools appear.
    const passages = () => [...document.querySelectorAll("article :is(.sentence, h2, h3, h4, h5, tr, .pairs__row, .pairs__matter)[id]")];
    const head = (one) => one.getClientRects()[0].top;
    for (const link of document.querySelectorAll("a:is(.switch, .beside)")) {
      const keep = () => (link.href = link.href.replace(/[?#].*$/, "") + location.search + location.hash);
      link.addEventListener("click", () => {
        const read = !location.hash && scrollY > 60 && passages().find((one) => head(one) > 50);
        if (read) sessionStorage.setItem("baogao:place", JSON.stringify([read.id, head(read)]));
      });
      for (const name of ["pointerdown", "focus", "click"]) link.addEventListener(name, keep);
    }
    const [id, top] = JSON.parse(sessionStorage.getItem("baogao:place") ?? "[]");
    sessionStorage.removeItem("baogao:place");
    const kept = id && document.getElementById(id);
    if (kept) scrollBy({ top: head(kept) - top, behavior: "instant" });
  };

  const run = (starts) => {
    for (const start of starts)
      try {
        start();
      } catch (error) {
        console.error(start.name, error);
      }
  };
  run([startChoices, startReading, startFrame]);
  // The theme's instant loading, where it is switched on, changes the page under this script.
  const eachPage = () => run([startSwitch, startSentences, startFigures, startFinder, startProof, startPairs, startCitations, startArrival, startReadingOn]);
  if (window.document$) window.document$.subscribe(eachPage);
  else eachPage();
})();
