// SPDX-License-Identifier: Apache-2.0

/// What a person sees of a page: words on buttons and links, labels beside fields; never an id or a class.
enum Eyes {
    /// What can be meant by words.
    enum Kind: String, Sendable {
        /// A link, a button, or what opens a menu.
        case pressable
        /// A field to type into.
        case field
        /// A box to tick or one of several dots.
        case box
        /// A list to choose from.
        case choice
    }

    /// Functions for scripts in the page.
    static let script = """
        const clean = (text) => (text ?? "").replace(/\\s+/g, " ").trim();
        const isShown = (element) =>
          element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
          && [...element.getClientRects()].some((box) => box.width > 1 && box.height > 1);
        const labelWords = (label) => {
          const copy = label.cloneNode(true);
          copy.querySelectorAll("input, select, textarea, button").forEach((part) => part.remove());
          return clean(copy.textContent);
        };
        const labels = (element) => {
          const named = (element.getAttribute("aria-labelledby") ?? "").split(/\\s+/)
            .map((id) => id && document.getElementById(id)).filter(Boolean);
          return [...(element.labels ?? []), ...named].filter(isShown);
        };
        const kinds = {
          pressable: "a[href], button, summary, input[type=submit], input[type=button]",
          field: "input:not([type=hidden], [type=submit], [type=button], [type=checkbox], [type=radio]), textarea",
          box: "input[type=checkbox], input[type=radio]",
          choice: "select",
        };
        const names = (kind, element) => kind === "pressable"
          ? [clean(element.innerText || element.value)]
          : labels(element).map(labelWords);
        const seen = (kind, place = document) => [...place.querySelectorAll(kinds[kind])].filter(isShown)
          .map((element) => ({ element, names: names(kind, element) }));
        const part = (words) => [...document.querySelectorAll("h1, h2, h3, legend, nav, section")].filter(isShown)
          .find((one) => clean(one.matches("nav, section") ? one.ariaLabel : one.textContent) === words)
          ?.closest("fieldset, nav, section, form, main, body");
        const best = (things, words, of) =>
          things.find((thing) => of(thing).includes(words))
          ?? things.find((thing) => of(thing).some((name) => name.startsWith(words)))
          ?? things.find((thing) => of(thing).some((name) => name.includes(words)));
        const find = (kind, words, place) => {
          const within = place ? part(place) : document;
          return within && best(seen(kind, within), words, (thing) => thing.names)?.element;
        };
        const option = (list, words) => best([...list.options], words, (one) => [clean(one.text)]);
        const fact = (words) => {
          const name = [...document.querySelectorAll("dt, th")].filter(isShown)
            .find((element) => clean(element.textContent) === words);
          return name?.nextElementSibling;
        };
        const reads = (words) => {
          const field = find("field", words);
          return field && field.value !== "" ? field.value : clean(fact(words)?.innerText) || null;
        };
        const chosen = (words) => clean(find("choice", words)?.selectedOptions[0]?.text);
        const sees = (words) => clean(document.body.innerText).includes(words);
        const soon = (look, done) => {
          const end = performance.now() + 2000;
          const again = () => {
            const found = look();
            if (found || performance.now() > end) done(found || null); else setTimeout(again, 40);
          };
          again();
        };
        """
}
