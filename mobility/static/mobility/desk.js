// Parts of a desk that show how something is now are asked for anew every few seconds, and while a file is brought in it is shown how
// far it is; the page reads whole without this.
"use strict";
(() => {
  async function renew(part) {
    if (document.hidden || part.contains(document.activeElement) || part.querySelector("details[open]")) return;
    const answer = await fetch(location.href, { cache: "no-store" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(part.id);
    if (fresh) part.replaceChildren(...fresh.childNodes);
  }
  for (const part of document.querySelectorAll("[data-fresh]"))
    setInterval(() => renew(part).catch(() => undefined), Number(part.dataset.fresh) * 1000);

  async function look(shown, address, over) {
    const answer = await fetch(address, { cache: "no-store" });
    const told = answer.ok ? await answer.json() : { running: false };
    if (told.running) {
      shown.querySelector("progress").value = told.percent;
      shown.querySelector("[data-words]").textContent = told.words;
    } else if (over) return over();
    setTimeout(() => look(shown, address, over).catch(() => undefined), 700);
  }
  for (const form of document.querySelectorAll("form[data-progress]"))
    form.addEventListener("submit", () => {
      const shown = form.querySelector(".progress");
      shown.hidden = false;
      shown.querySelector("[data-words]").textContent = shown.querySelector("[data-words]").dataset.sending;
      const button = form.querySelector("button.deed");
      setTimeout(() => (button.disabled = true)); // after the form has taken its value
      void look(shown, form.dataset.progress, null).catch(() => undefined); // until the answer comes
    });
  const running = document.querySelector("[data-running]");
  if (running) void look(running, running.dataset.running, () => location.replace(location.pathname)).catch(() => undefined);
})();
