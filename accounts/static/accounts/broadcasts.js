// Asks every second how far a message to many has come, while it is under way; the page reads whole without this.
const shown = document.querySelector("[data-progress]");

async function look() {
  const answer = await fetch(shown.dataset.progress, { credentials: "same-origin" });
  if (!answer.ok) return;
  const progress = await answer.json();
  shown.querySelector("progress").value = progress.percent;
  shown.querySelector("[data-written]").textContent = progress.written;
  shown.querySelector("[data-expected]").textContent = progress.expected;
  if (progress.state === "running") setTimeout(look, 1000);
  else location.reload();
}

if (shown !== null && shown.dataset.state === "running") setTimeout(look, 1000);
