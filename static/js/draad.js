// Progressive behaviour, on data-attributes only. Every page works without this file.
(() => {
  "use strict";

  const UNDO_SECONDS = 30;
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // A button that only a script can serve stands in the page as hidden.
  const reveal = (root) => all("[data-dismiss][hidden], [data-print][hidden], [data-check-all][hidden]", root).forEach((button) => { button.hidden = false; });

  // data-dismiss: close the bar that the button stands in. The bar also goes by itself, unless someone is busy with it.
  const fadeUndo = (bar) => {
    const leave = () => (bar.matches(":hover, :focus-within") ? setTimeout(leave, 5000) : bar.remove());
    setTimeout(leave, UNDO_SECONDS * 1000);
  };

  // data-check-all="name=value": choose this answer for everybody who has none yet.
  const checkAll = (rule) => {
    const [ending, value] = rule.split("=");
    for (const option of all(`input[type=radio][value="${CSS.escape(value)}"]`)) {
      if (option.name.endsWith(ending) && !document.querySelector(`input[name="${CSS.escape(option.name)}"]:checked`)) option.checked = true;
    }
  };

  // data-poll="url" data-every="2": replace the element by what the url returns, until that polls no more.
  const poll = (element) => {
    const wait = Math.max(1, Number(element.dataset.every) || 2) * 1000;
    setTimeout(async () => {
      let next = element;
      try {
        const answer = await fetch(element.dataset.poll, { headers: { "X-Requested-With": "draad" }, credentials: "same-origin" });
        if (answer.redirected) { window.location.assign(answer.url); return; }
        if (answer.ok) {
          const page = new DOMParser().parseFromString(await answer.text(), "text/html");
          const fresh = page.getElementById(element.id);
          if (fresh) { element.replaceWith(fresh); next = fresh; }
        }
      } catch { /* no connection: try again at the next turn */ }
      if (next.isConnected && next.dataset.poll) poll(next);
    }, wait);
  };

  // data-warn-unsaved: typed text is not lost by a wrong tap. data-busy: says that saving has begun.
  const guard = (form) => {
    let changed = false;
    form.addEventListener("input", () => { changed = true; });
    form.addEventListener("submit", () => { changed = false; });
    window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
  };
  const busy = (event) => {
    const button = event.submitter;
    if (!button || !button.dataset.busy) return;
    if (button.getAttribute("aria-disabled") === "true") { event.preventDefault(); return; }
    button.setAttribute("aria-disabled", "true");
    button.dataset.label = button.textContent;
    button.textContent = button.dataset.busy;
  };

  const closeMenus = (except) => all("details.menu[open]").forEach((menu) => { if (!menu.contains(except)) menu.open = false; });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-dismiss], [data-print], [data-check-all]");
    closeMenus(event.target);
    if (!button) return;
    if ("dismiss" in button.dataset) button.closest(".undo, .banner, .note")?.remove();
    if ("print" in button.dataset) window.print();
    if (button.dataset.checkAll) checkAll(button.dataset.checkAll);
  });
  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && document.querySelector("details.menu[open]");
    if (open) { open.open = false; open.querySelector("summary").focus(); }
  });
  document.addEventListener("submit", busy);
  window.addEventListener("pageshow", () => all("[data-busy][aria-disabled]").forEach((button) => {
    button.removeAttribute("aria-disabled");
    button.textContent = button.dataset.label;
  }));
  document.addEventListener("DOMContentLoaded", () => {
    reveal(document);
    all(".undo[role=status]").forEach(fadeUndo);
    all("[data-poll]").forEach(poll);
    all("form[data-warn-unsaved]").forEach(guard);
    document.querySelector(".note-error[tabindex]")?.focus();
  });
})();
