// A board keeps itself up to date: it counts the minutes down, asks for the page anew when a language's turn is over or something
// changed, and says since when it stands where it cannot. Without this script the page asks for itself every half minute.
"use strict";
(() => {
  const ZONE = "Asia/Tokyo";
  const HM = new Intl.DateTimeFormat("ja-JP", { timeZone: ZONE, hour: "2-digit", minute: "2-digit", hour12: false });
  const QUIET_MS = 400;
  const RETRY_S = [1, 2, 4, 8, 15, 30];
  let board = document.getElementById("board");
  let skew = 0;
  let since = new Date();
  let timer = 0;
  let isAsking = false;

  const now = () => new Date(Date.now() + skew);
  const hm = (instant) => HM.format(instant);

  function adopt() {
    const at = new Date(board.dataset.at);
    skew = at.getTime() - Date.now();
    since = at;
    plan(Math.max(1000, new Date(board.dataset.until) - at));
    tick();
  }

  function tick() {
    const instant = now();
    const clock = document.getElementById("clock");
    if (clock) {
      clock.textContent = hm(instant);
      clock.dateTime = instant.toISOString();
    }
    for (const row of board.querySelectorAll("tr[data-leaves]")) count(row, instant);
  }

  function count(row, instant) {
    const left = new Date(row.dataset.leaves) - instant;
    if (left < -30_000) row.remove();
    const shown = row.querySelector(".minutes");
    if (!shown) return;
    const minutes = Math.max(0, Math.floor(left / 60_000));
    shown.hidden = minutes > 90;
    const number = shown.querySelector("b");
    const unit = shown.querySelector("i");
    if (minutes > 0 && unit) number.textContent = String(minutes);
    if (minutes === 0 && unit) {
      number.textContent = shown.dataset.soon;
      number.className = "soon";
      unit.remove();
    }
  }

  function plan(ms) {
    clearTimeout(timer);
    timer = setTimeout(ask, ms);
  }

  async function ask() {
    if (isAsking) return;
    isAsking = true;
    try {
      const answer = await fetch(location.href, { cache: "no-store", signal: AbortSignal.timeout(10_000) });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("board");
      if (!fresh && answer.ok && answer.redirected) return location.replace(answer.url); // this sign is to show something else
      if (!fresh) throw new Error("no board");
      document.documentElement.lang = page.documentElement.lang;
      document.title = page.title;
      const isAnother = fresh.dataset.stop !== board.dataset.stop;
      board.replaceWith(fresh);
      board = fresh;
      if (isAnother && socket) socket.close(); // and then it listens for the new stop
      adopt();
    } catch {
      offline();
      plan(15_000);
    } finally {
      isAsking = false;
    }
  }

  function offline() {
    const notice = document.getElementById("offline");
    if (!notice || !notice.hidden) return;
    notice.textContent = notice.dataset.since.replace("{time}", hm(since));
    notice.hidden = false;
  }

  let tries = 0;
  let socket = null;
  async function listen() {
    try {
      const answer = await fetch("/api/v1/realtime/tickets", {
        method: "POST",
        credentials: "omit",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ feeds: [`mobility.departures:${board.dataset.stop}`] }),
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const { url } = await answer.json();
      const address = new URL(url, location.href);
      address.protocol = address.protocol.replace("http", "ws");
      socket = new WebSocket(address);
      socket.onmessage = ({ data }) => {
        const message = JSON.parse(data);
        tries = 0;
        if (message.event) plan(QUIET_MS);
      };
      socket.onclose = again;
    } catch {
      again();
    }
  }

  function again() {
    const seconds = RETRY_S[Math.min(tries, RETRY_S.length - 1)];
    tries += 1;
    setTimeout(listen, seconds * 1000 * (1 + Math.random() / 2));
  }

  setInterval(tick, 1000);
  window.addEventListener("online", ask);
  window.addEventListener("offline", offline);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && ask());
  adopt();
  void listen();
})();
