// The desk's clock, ticking here from the server's time and speed; stamps and what is said beside a time.
import { post, toast } from "./house.js";

export function startClock() {
  const body = document.body.dataset;
  const lang = { en: "en-GB" }[document.documentElement.lang] ?? document.documentElement.lang; // day before month, as the desk says it
  const timeZone = body.zone || undefined;
  let base = Number(body.now);
  let speed = Number(body.speed);
  let since = performance.now();
  const now = () => base + (performance.now() - since) * speed;

  const day = new Intl.DateTimeFormat(lang, { timeZone, month: lang === "en-GB" ? "short" : "long", day: "numeric" });
  const weekday = new Intl.DateTimeFormat(lang, { timeZone, weekday: "short" });
  const hour = new Intl.DateTimeFormat(lang, { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const short = new Intl.DateTimeFormat(lang, { timeZone, month: "short", day: "numeric" });
  const date = new Intl.DateTimeFormat("en-CA", { timeZone });
  const relative = new Intl.RelativeTimeFormat(lang, { numeric: "always", style: "short" });

  function beside(at) {
    const minutes = Math.round((at - now()) / 60000);
    if (!minutes) return "";
    if (Math.abs(minutes) < 60) return relative.format(minutes, "minute");
    const hours = Math.round(minutes / 60);
    return Math.abs(hours) < 48 ? relative.format(hours, "hour") : relative.format(Math.round(hours / 24), "day");
  }

  function stamp(root) {
    const today = date.format(now());
    for (const time of root.querySelectorAll("time.stamp")) {
      const at = Date.parse(time.dateTime);
      if (!time.title) time.title = time.textContent;
      time.textContent = date.format(at) === today ? hour.format(at) : `${short.format(at)} ${hour.format(at)}`;
    }
    for (const time of root.querySelectorAll("time.when")) {
      const words = beside(Date.parse(time.dateTime));
      const fact = time.closest("dd, .gauge .text");
      const end = fact ?? (time.nextSibling?.textContent.trim() ? null : time); // never between a time and its preposition
      if (!end || (fact && fact.querySelectorAll("time.when").length > 1)) time.title = words;
      else if (words) end.dataset.rel = words;
      else delete end.dataset.rel;
    }
  }

  const shown = document.getElementById("clock");
  function tick() {
    if (!shown) return;
    const at = now();
    shown.dateTime = new Date(at).toISOString();
    const [d, h] = [lang === "en-GB" ? `${weekday.format(at)} ${day.format(at)}` : `${day.format(at)} ${weekday.format(at)}`, hour.format(at)];
    if (shown.querySelector("[data-date]").textContent !== d) shown.querySelector("[data-date]").textContent = d;
    if (shown.querySelector("[data-time]").textContent !== h) shown.querySelector("[data-time]").textContent = h;
    shown.classList.toggle("stopped", speed === 0);
  }

  function turn(time) {
    const leapt = Math.abs(time.now - now()) > 60000;
    base = time.now;
    speed = time.speed;
    since = performance.now();
    for (const button of document.querySelectorAll("[data-speed-set]")) button.setAttribute("aria-pressed", String(Number(button.dataset.speedSet) === speed));
    tick();
    if (leapt) {
      stamp(document);
      document.dispatchEvent(new Event("deskbell:turned"));
    }
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-speed-set], [data-jump]");
    if (!button) return;
    button.setAttribute("aria-busy", "true");
    const answer = button.dataset.jump === undefined ? await post("/stage/speed", { factor: Number(button.dataset.speedSet) }) : await post("/stage/jump", {});
    button.removeAttribute("aria-busy");
    if (answer.error) return toast(answer.error);
    turn(answer);
    toast(answer.toast, "clock");
  });

  tick();
  setInterval(tick, 250);
  setInterval(() => stamp(document), 5000);
  return { stamp, turn, now };
}
