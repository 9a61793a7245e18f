// The page: panes, people and places; the rest is in its own modules.
import { startClock } from "./clock.js";
import { post, word, toast, remember } from "./house.js";
import { dressComposer } from "./composer.js";
import { dressFeed, arrive, restore } from "./feed.js";

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
let stream = null;
let turned;

function dress(root) {
  for (const pane of $$(".pane", root)) {
    dressComposer(pane);
    restore(pane);
    const feed = $(".feed", pane);
    feed.scrollTop = feed.scrollHeight;
  }
  turned.stamp(root);
  dressFeed(root);
}

function cookie(name, value) {
  document.cookie = `deskbell_${name}=${encodeURIComponent(value)}; Path=/; SameSite=Lax; Max-Age=${value ? 31536000 : 0}`;
}

// Places inside a column

async function fetchPiece(url) {
  const answer = await fetch(url, { headers: { accept: "text/html" } });
  return answer.ok ? answer.text() : `<p class="welcome"></p>`;
}

async function show(place, url) {
  const html = await fetchPiece(url);
  place.innerHTML = html;
  if (!place.textContent.trim()) place.textContent = word("gone");
  dress(place);
  listen();
}

function owner(element) {
  return element.closest("[data-direct]");
}

function press(column, pressed) {
  for (const button of $$(".places button", column)) button.setAttribute("aria-pressed", String(button === pressed));
  pressed?.classList.remove("has-unread");
}

const asked = (person) => (document.body.classList.contains("own") ? "" : `as=${encodeURIComponent(person)}&`);

document.addEventListener("click", async (event) => {
  const target = event.target.closest("button, a");
  if (!target || event.defaultPrevented) return;
  const data = target.dataset;
  if (data.open !== undefined) {
    const column = owner(target);
    press(column, target);
    await show($(".place", column), `/pane?${asked(column.dataset.person)}chat=${encodeURIComponent(data.open)}`);
  } else if (data.openQueue !== undefined) {
    event.preventDefault();
    const column = owner(target);
    const place = column.matches(".place") ? column : $(".place", column);
    if ($(".places", column)) press(column, $(".places [data-open-queue]", column));
    await show(place, `/queue?${asked(column.dataset.person)}bare=1`);
  } else if (data.request !== undefined && !event.metaKey && !event.ctrlKey && !event.shiftKey) {
    event.preventDefault();
    const place = target.closest(".place");
    await show(place, `/requests/${encodeURIComponent(data.request)}?${asked(owner(target).dataset.person)}bare=1`);
  } else if (data.be !== undefined) {
    await be(data.be, data.part);
  } else if (data.tab !== undefined) {
    showTab(data.tab);
  } else if (data.lang !== undefined) {
    cookie("lang", data.lang);
    cookie("cast", "");
    location.reload();
  } else if (data.themeSwitch !== undefined) {
    const root = document.documentElement;
    const dark = root.dataset.theme === "dark" || (root.dataset.theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
    root.dataset.theme = dark ? "light" : "dark";
    cookie("theme", root.dataset.theme);
  }
});

// People

async function be(person, part) {
  const column = document.getElementById(`column-${part}`);
  if (column.dataset.person !== person) {
    const answer = await post("/stage/me", { person });
    if (answer.error) return toast(answer.error);
    const box = document.createElement("template");
    box.innerHTML = answer.html;
    const fresh = box.content.firstElementChild;
    column.replaceWith(fresh);
    for (const button of $$(`.people [data-part="${part}"]`)) button.setAttribute("aria-pressed", String(button.dataset.be === person));
    dress(fresh);
    listen();
  }
  showTab(part);
  $("textarea", document.getElementById(`column-${part}`))?.focus();
}

// Tabs on a phone

function showTab(part) {
  const main = $(".columns");
  main.dataset.shown = part;
  remember("tab", part);
  for (const tab of $$(".tabs button")) {
    tab.setAttribute("aria-selected", String(tab.dataset.tab === part));
    tab.tabIndex = tab.dataset.tab === part ? 0 : -1;
    if (tab.dataset.tab === part) tab.classList.remove("has-unread");
  }
  for (const feed of $$(`#column-${part} .feed`)) feed.scrollTop = feed.scrollHeight;
}

$(".tabs")?.addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const tabs = $$(".tabs button");
  const next = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length];
  showTab(next.dataset.tab);
  next.focus();
});

// The stream: one for all panes; the browser reconnects with the id of the last event

function listen() {
  stream?.close();
  const panes = $$(".pane[data-cursor]");
  if (!panes.length) return;
  const query = new URLSearchParams();
  for (const pane of panes) {
    query.append("as", pane.dataset.person);
    query.append("chat", pane.dataset.chat);
    query.append("after", pane.dataset.cursor);
  }
  // The same chat in two columns resumes from the older of the two.
  stream = new EventSource(`/events?${query}`);
  stream.addEventListener("entry", (event) => {
    const entry = JSON.parse(event.data);
    for (const pane of $$(".pane[data-cursor]")) {
      if (pane.dataset.chat !== entry.chat) continue;
      pane.dataset.cursor = String(Math.max(Number(pane.dataset.cursor), entry.change));
      const article = arrive(pane, entry);
      turned.stamp(article);
      const column = pane.closest(".column");
      const tab = document.getElementById(`tab-${column.dataset.part}`);
      if (article.dataset.loud !== "0" && tab?.getAttribute("aria-selected") === "false") tab.classList.add("has-unread");
    }
    refreshLists();
  });
  stream.addEventListener("clock", (event) => turned.turn(JSON.parse(event.data)));
  let down;
  stream.onerror = () => {
    down ??= setTimeout(() => toast(word("offline")), 4000);
    if (stream.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 8000);
  };
  stream.onopen = () => {
    clearTimeout(down);
    down = undefined;
  };
}

// Lists follow what happens, a beat behind

let due;
function refreshLists() {
  clearTimeout(due);
  due = setTimeout(async () => {
    for (const list of $$(".list[data-live]")) {
      if (list.contains(document.activeElement)) continue;
      const html = await fetchPiece(`/queue?${asked(list.dataset.person)}bare=1`);
      const place = list.parentElement;
      if (!list.isConnected) continue;
      const top = list.scrollTop;
      place.innerHTML = html;
      place.firstElementChild.scrollTop = top;
      turned.stamp(place);
    }
  }, 600);
}
setInterval(refreshLists, 20000);
document.addEventListener("deskbell:turned", refreshLists);

turned = startClock();
dress(document);
const tab = remember("tab");
if (tab && document.getElementById(`tab-${tab}`)) showTab(tab);
listen();
