// The page: panes, people and places; the rest is in its own modules.
import { startClock } from "./clock.js";
import { post, word, toast, remember } from "./house.js";
import { dressComposer } from "./composer.js";
import { dressFeed, arrive, restore } from "./feed.js";

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const watched = $$("#watched", document).flatMap((list) => [...list.content.children].map((e) => ({ ...e.dataset, cursor: Number(e.dataset.cursor) }))); // the chats of all who can be played
const unread = new Set(JSON.parse(remember("unread") || "[]")); // "part chat"
const chosen = new Set(); // columns where a person or a place was chosen by hand: these do not follow by themselves
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

function template(html) {
  const box = document.createElement("template");
  box.innerHTML = html;
  return box.content.firstElementChild;
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
  pressed?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

async function open(column, chat) {
  press(column, $(`.places [data-open="${CSS.escape(chat)}"]`, column));
  await show($(".place", column), `/pane?${asked(column.dataset.person)}chat=${encodeURIComponent(chat)}`);
  mark();
}

// What was not seen yet: a dot on its place, on the people who see it, and on the tab of a phone

function mark() {
  for (const pane of $$(".pane")) if (visible(pane)) unread.delete(`${pane.dataset.part} ${pane.dataset.chat}`);
  remember("unread", unread.size ? JSON.stringify([...unread]) : "");
  for (const column of $$(".column")) {
    const { part, person } = column.dataset;
    const own = new Set($$(".places [data-open]", column).map((button) => button.dataset.open));
    const waits = (chat) => unread.has(`${part} ${chat}`);
    for (const button of $$(".places [data-open]", column)) dot(button, waits(button.dataset.open));
    for (const button of $$(`[data-be][data-part="${part}"]`)) dot(button, button.dataset.be !== person && button.dataset.chats.split(" ").some((chat) => waits(chat) && !own.has(chat)));
    dot(document.getElementById(`tab-${part}`), [...unread].some((key) => key.startsWith(`${part} `)));
  }
}

function dot(button, on) {
  if (!button) return;
  button.classList.toggle("has-unread", on);
  if (on) button.setAttribute("aria-description", word("unread"));
  else button.removeAttribute("aria-description");
}

const visible = (pane) => pane.offsetParent !== null;

// A column that nobody steers shows what has just come in: a card to the team, a word to the manager

function follow(part, entry, article) {
  const column = document.getElementById(`column-${part}`);
  const direct = entry.chat.startsWith("@");
  const field = $("textarea[name=text]", column);
  if (!entry.fresh || article.dataset.loud !== "1" || chosen.has(part) || part === "client" || direct !== (part === "manager")) return;
  if (!field || field.value || column.contains(document.activeElement) || $("form.form", column)) return;
  const able = $$(".casting [data-be]", column).filter((button) => button.dataset.chats.split(" ").includes(entry.chat));
  const seat = able.find((button) => button.dataset.be === column.dataset.person) ?? able[0];
  if (!seat) return;
  if (seat.dataset.be === column.dataset.person) open(column, entry.chat);
  else become(seat.dataset.be, part, entry.chat);
}

const asked = (person) => (document.body.classList.contains("own") ? "" : `as=${encodeURIComponent(person)}&`);

document.addEventListener("click", async (event) => {
  const target = event.target.closest("button, a");
  if (!target || event.defaultPrevented) return;
  const data = target.dataset;
  if (data.open !== undefined) {
    const column = owner(target);
    chosen.add(column.dataset.part);
    await open(column, data.open);
  } else if (data.openQueue !== undefined) {
    event.preventDefault();
    const column = owner(target);
    chosen.add(column.dataset.part);
    const place = column.matches(".place") ? column : $(".place", column);
    if ($(".places", column)) press(column, $(".places [data-open-queue]", column));
    await show(place, `/queue?${asked(column.dataset.person)}bare=1`);
  } else if (data.request !== undefined && !event.metaKey && !event.ctrlKey && !event.shiftKey) {
    event.preventDefault();
    const place = target.closest(".place");
    await show(place, `/requests/${encodeURIComponent(data.request)}?${asked(owner(target).dataset.person)}bare=1`);
  } else if (data.be !== undefined) {
    chosen.add(data.part);
    const waiting = (target.dataset.chats ?? "").split(" ").find((chat) => target.classList.contains("has-unread") && unread.has(`${data.part} ${chat}`));
    await become(data.be, data.part, waiting);
    showTab(data.part);
    $("textarea", document.getElementById(`column-${data.part}`))?.focus();
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

async function become(person, part, chat = "") {
  const column = document.getElementById(`column-${part}`);
  if (column.dataset.person === person) return;
  const answer = await post("/stage/me", { person, chat });
  if (answer.error) return toast(answer.error);
  const fresh = template(answer.html);
  document.getElementById(`column-${part}`).replaceWith(fresh);
  for (const button of $$(`.people [data-part="${part}"]`)) button.setAttribute("aria-pressed", String(button.dataset.be === person));
  dress(fresh);
  mark();
  listen();
}

// Tabs on a phone

function showTab(part) {
  const main = $(".columns");
  main.dataset.shown = part;
  remember("tab", part);
  for (const tab of $$(".tabs button")) {
    tab.setAttribute("aria-selected", String(tab.dataset.tab === part));
    tab.tabIndex = tab.dataset.tab === part ? 0 : -1;
  }
  mark();
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

// The stream: one for all panes and, in the demo, for all chats that could be opened; the browser reconnects with the
// id of the last event

function listen() {
  stream?.close();
  const wanted = new Map();
  for (const { person, chat, cursor } of [...$$(".pane[data-cursor]").map((pane) => pane.dataset), ...watched]) {
    const after = Math.min(Number(cursor), wanted.get(chat)?.after ?? Infinity); // in two columns: from the older
    wanted.set(chat, { person, after });
  }
  if (!wanted.size) return;
  const query = new URLSearchParams();
  for (const [chat, { person, after }] of wanted) {
    query.append("as", person);
    query.append("chat", chat);
    query.append("after", after);
  }
  stream = new EventSource(`/events?${query}`);
  stream.addEventListener("entry", (event) => {
    const entry = JSON.parse(event.data);
    for (const pane of $$(".pane[data-cursor]")) {
      if (pane.dataset.chat !== entry.chat) continue;
      pane.dataset.cursor = String(Math.max(Number(pane.dataset.cursor), entry.change));
      const article = arrive(pane, entry);
      turned.stamp(article);
      if (entry.fresh && !visible(pane)) unread.add(`${pane.dataset.part} ${entry.chat}`);
    }
    for (const one of watched) {
      if (one.chat !== entry.chat || entry.change <= one.cursor) continue;
      one.cursor = entry.change;
      if (!entry.fresh || $(`#column-${one.part} .pane[data-chat="${CSS.escape(entry.chat)}"]`)) continue;
      unread.add(`${one.part} ${entry.chat}`);
      follow(one.part, entry, template(entry.html));
    }
    mark();
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
mark();
listen();
