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
  const unsaved = new Set();
  const guard = (form) => {
    form.addEventListener("input", () => unsaved.add(form));
    form.addEventListener("submit", () => unsaved.delete(form));
    window.addEventListener("beforeunload", (event) => { if (unsaved.has(form)) event.preventDefault(); });
  };

  // data-session="1800" data-warn="120": ask in time whether somebody is still there. All tabs know when one of them was
  // used. What was typed stays when it is too late: signing in elsewhere gives the forms of this page a new token.
  const watchSession = (dialog) => {
    const tabs = new BroadcastChannel("draad-session");
    const form = dialog.querySelector("form[method=post]");
    const token = form.querySelector("[name=csrfmiddlewaretoken]");
    const warning = Number(dialog.dataset.warn) * 1000;
    let ends = 0;
    let timer;
    let told = false; // that going on is over: twelve hours are enough
    const show = (when) => {
      all("[data-when]", dialog).forEach((part) => { part.hidden = part.dataset.when !== when; });
      dialog.classList.toggle("is-over", when === "over");
      if (!dialog.open) dialog.showModal();
      dialog.querySelector(".btn:not([hidden]):not([hidden] *)")?.focus();
    };
    const look = () => {
      clearTimeout(timer);
      const left = ends - Date.now();
      if (left <= 0) {
        if (unsaved.size) show("over"); else window.location.assign(window.location.pathname + window.location.search);
        return;
      }
      if (left <= warning && !dialog.open && !told) show("soon");
      timer = setTimeout(look, Math.min(left > warning ? left - warning : left, 60000));
    };
    const goOn = (seconds, tell) => {
      ends = Date.now() + seconds * 1000;
      told = false;
      if (dialog.open) dialog.close();
      if (tell) tabs.postMessage({ who: dialog.dataset.who, seconds, token: token.value });
      look();
    };
    tabs.addEventListener("message", ({ data }) => {
      if (data.who !== dialog.dataset.who) return;
      all("[name=csrfmiddlewaretoken]").forEach((field) => { field.value = data.token; });
      goOn(data.seconds, false);
    });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      try {
        const answer = await fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" });
        const { seconds } = answer.redirected || !answer.ok ? { seconds: 0 } : await answer.json();
        goOn(seconds, seconds > 0);
        if (seconds > 0 && seconds * 1000 <= warning) { told = true; show("last"); }
      } catch { /* no connection: the warning stays */ }
    });
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    document.addEventListener("visibilitychange", look);
    goOn(Number(dialog.dataset.session), true);
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
    all("[data-session]").forEach(watchSession);
    document.querySelector(".note-error[tabindex]")?.focus();
  });
})();
