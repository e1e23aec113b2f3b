// Passkeys: hands the site's question to the browser and its answer to a form. Only on the pages that ask.
(() => {
  "use strict";

  const knows = () => window.PublicKeyCredential && PublicKeyCredential.parseRequestOptionsFromJSON;

  const ask = async (does, options) => {
    const read = does === "create" ? PublicKeyCredential.parseCreationOptionsFromJSON : PublicKeyCredential.parseRequestOptionsFromJSON;
    return navigator.credentials[does]({ publicKey: read.call(PublicKeyCredential, options) });
  };

  const wire = (part) => {
    const button = part.querySelector("button");
    const problem = part.querySelector("[role=alert]");
    const field = document.getElementById(part.dataset.field);
    part.querySelector("[data-without]").hidden = true;
    button.hidden = false;
    button.addEventListener("click", async () => {
      problem.hidden = true;
      button.setAttribute("aria-disabled", "true");
      try {
        const answer = await ask(part.dataset.passkey, JSON.parse(part.dataset.options));
        field.value = JSON.stringify(answer.toJSON());
        field.form.requestSubmit ? field.form.requestSubmit() : field.form.submit();
      } catch {
        problem.hidden = false;
        button.removeAttribute("aria-disabled");
      }
    });
  };

  document.addEventListener("DOMContentLoaded", () => {
    if (knows()) document.querySelectorAll("[data-passkey]").forEach(wire);
  });
})();
