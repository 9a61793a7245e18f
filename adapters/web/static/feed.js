// What is said: lines on their way, private answers, entries that arrive or change, presses and forms.
import { trayOf } from "./files.js";
import { confirmed, freshKey, post, remember, toast, word } from "./house.js";

const KEPT = 20; // private answers that survive a reload

const piece = (html) => {
  const box = document.createElement("template");
  box.innerHTML = html;
  return box.content;
};
const make = (tag, name, text = "") => {
  const element = document.createElement(tag);
  element.className = name;
  element.textContent = text;
  return element;
};
const isCommand = (text) => /^[/／][a-z]/i.test(text);
const later = (article, entry) => BigInt(article.dataset.entry) > BigInt(entry); // ids have 64 bits, numbers here 53
const context = (place) => ({ as: place.dataset.person, chat: place.dataset.chat });

function follow(feed, always = false) {
  const gap = feed.scrollHeight - feed.scrollTop - feed.clientHeight;
  return () => {
    if (always || gap < 140) feed.scrollTop = feed.scrollHeight;
  };
}

// A typed line

export async function say(pane, text, replyTo, files, keep) {
  await attempt(pane, text, replyTo, files, freshKey(), keep);
}

async function attempt(pane, text, replyTo, files, key, keep) {
  const feed = pane.querySelector(".feed");
  const box = make("div", "private pending");
  box.dataset.key = key;
  if (isCommand(text)) box.append(make("p", "note", word("private")));
  const typed = make("p", isCommand(text) ? "typed" : "line", [text, ...files.map((file) => `📎 ${file.name}`)].filter(Boolean).join("\n"));
  typed.dir = "auto";
  box.append(typed);
  feed.append(box);
  feed.scrollTop = feed.scrollHeight;
  const answer = await post("/say", { ...context(pane), text, reply_to: replyTo, files: files.map((file) => file.ref), key });
  box.classList.remove("pending");
  if (answer.error) {
    if (answer.status === 422) {
      box.remove();
      keep();
      return toast(answer.error);
    }
    const line = make("p", "failed", `${answer.error} `);
    const again = make("button", "", word("again"));
    again.type = "button";
    again.addEventListener("click", () => {
      box.remove();
      attempt(pane, text, replyTo, files, key, keep);
    });
    line.append(again);
    box.append(line);
    return follow(feed, true)();
  }
  if (!answer.html) toast(answer.toast);
  if (!isCommand(text)) {
    typed.remove();
    if (!answer.html) return box.remove();
    box.prepend(make("p", "note", word("private")));
  }
  fillIn(box, answer);
  follow(feed, true)();
  store(pane);
}

function fillIn(box, answer) {
  if (answer.html) box.append(piece(answer.html));
  if (!box.querySelector(".dismiss")) {
    const dismiss = make("button", "quiet dismiss", "×");
    dismiss.type = "button";
    dismiss.setAttribute("aria-label", word("dismiss"));
    box.append(dismiss);
  }
  box.querySelector("form.form :is(input, textarea, select)")?.focus();
}

// Private answers are kept for the session: a change of language reloads the page

const shelf = (pane) => `private:${pane.dataset.person}|${pane.dataset.chat}`;

function store(pane) {
  if (!pane.matches?.(".pane")) return;
  const boxes = [...pane.querySelectorAll(".feed > .private:not(.pending)")].slice(-KEPT);
  remember(shelf(pane), boxes.length ? JSON.stringify(boxes.map((box) => [previous(box), box.outerHTML])) : "");
}

function previous(box) {
  let before = box.previousElementSibling;
  while (before && !before.dataset.entry) before = before.previousElementSibling;
  return before?.dataset.entry ?? "0";
}

export function restore(pane) {
  const feed = pane.querySelector(".feed");
  for (const [after, html] of JSON.parse(remember(shelf(pane)) || "[]")) {
    const next = [...feed.querySelectorAll(":scope > .entry")].find((entry) => later(entry, after));
    feed.insertBefore(piece(html), next ?? null);
  }
}

// Entries that arrive or change

export function arrive(pane, entry) {
  const feed = pane.querySelector(".feed");
  const down = follow(feed);
  const article = piece(entry.html).firstElementChild;
  const present = feed.querySelector(`:scope > .entry[data-entry="${CSS.escape(entry.entry)}"]`);
  if (present) {
    const open = present.querySelector(".more[open]");
    const focused = present.contains(document.activeElement) ? document.activeElement.textContent : null;
    present.replaceWith(article);
    if (open) article.querySelector(".more")?.setAttribute("open", "");
    if (focused) [...article.querySelectorAll("button")].find((b) => b.textContent === focused)?.focus();
    article.classList.add("fresh");
  } else {
    const next = [...feed.querySelectorAll(":scope > .entry")].find((one) => later(one, entry.entry));
    const own = article.dataset.key && feed.querySelector(`:scope > .pending[data-key="${CSS.escape(article.dataset.key)}"]`);
    feed.insertBefore(article, own || next || null);
    if (own) own.hidden = true; // its answer, if there is one, comes under the line
    article.classList.add("fresh");
  }
  dressFeed(pane);
  down();
  return article.parentElement ? article : feed;
}

export function dressFeed(root) {
  for (const pane of root.querySelectorAll?.(".pane") ?? []) dressPane(pane);
  if (root.matches?.(".pane")) dressPane(root);
}

function dressPane(pane) {
  for (const mention of pane.querySelectorAll(".mention")) mention.classList.toggle("me", mention.dataset.user === pane.dataset.person);
  for (const line of pane.querySelectorAll(".reference[data-of]")) {
    const of = pane.querySelector(`.entry[data-entry="${CSS.escape(line.dataset.of)}"]`);
    if (of?.getAttribute("aria-label")) line.textContent = word("of", { summary: of.getAttribute("aria-label") });
  }
}

// Presses and forms, in a pane or on a request's own sheet

const placeOf = (element) => element.closest(".pane, .sheet");

function answerBeside(element) {
  const place = placeOf(element);
  const within = element.closest(".private");
  if (within) return within;
  const box = make("div", "private");
  box.append(make("p", "note", word("private")));
  const article = element.closest(".entry");
  article.after(box);
  if (place.matches(".pane") && article === article.parentElement.querySelector(":scope > .entry:last-of-type")) place.querySelector(".feed").append(box);
  return box;
}

document.addEventListener("click", async (event) => {
  const dismiss = event.target.closest(".dismiss, [data-cancel]");
  if (dismiss) {
    const place = placeOf(dismiss);
    const box = dismiss.closest(".private");
    if (dismiss.matches("[data-cancel]") && box.querySelector(".body")) dismiss.closest("form").remove();
    else box.remove();
    store(place);
    place.querySelector("textarea[name=text]")?.focus();
    return;
  }
  const button = event.target.closest("button[data-token]");
  if (!button || button.getAttribute("aria-busy") === "true") return;
  if (button.dataset.confirm && !(await confirmed(button.dataset.confirm))) return;
  const place = placeOf(button);
  button.setAttribute("aria-busy", "true");
  button.dataset.key ||= freshKey(); // a second try after a failure is the same press
  const answer = await post("/press", { ...context(place), token: button.dataset.token, key: button.dataset.key });
  button.removeAttribute("aria-busy");
  if (answer.error) return toast(answer.error);
  delete button.dataset.key;
  if (!answer.html) toast(answer.toast);
  show(button, place, answer);
});

function show(element, place, answer) {
  if (answer.html) {
    const box = answerBeside(element);
    for (const old of box.querySelectorAll(":scope > .body, :scope > .form")) old.remove();
    fillIn(box, answer);
    box.scrollIntoView({ block: "nearest" });
  }
  store(place);
  if (place.matches(".sheet")) reread(place, answer);
}

// A request on its own page has no stream: it is read again after each press that was not a question.
async function reread(sheet, answer) {
  if (answer.form || !sheet.dataset.number) return; // the menu stays as it is
  const query = document.body.classList.contains("own") ? "" : `as=${encodeURIComponent(sheet.dataset.person)}&`;
  await new Promise((done) => setTimeout(done, 150));
  const response = await fetch(`/requests/${encodeURIComponent(sheet.dataset.number)}?${query}bare=1`);
  if (response.ok) sheet.querySelector(".whole").replaceWith(piece(await response.text()).querySelector(".whole"));
}

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form.form");
  if (!form) return;
  event.preventDefault();
  const missing = {};
  for (const control of form.querySelectorAll("[required]")) if (!control.value.trim()) missing[control.name] = word("required");
  if (!flag(form, missing)) return;
  const place = placeOf(form);
  const submit = form.querySelector("[type=submit]");
  if (submit.getAttribute("aria-busy") === "true") return;
  const tray = trayOf(form);
  if (tray?.busy) return flag(form, { "": word("wait") });
  submit.setAttribute("aria-busy", "true");
  const values = Object.fromEntries([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  const files = tray?.refs ?? [];
  const said = JSON.stringify([values, files]);
  if (form.dataset.said !== said) [form.dataset.said, form.dataset.key] = [said, freshKey()];
  const answer = await post("/fill", { ...context(place), token: form.dataset.token, values, files, key: form.dataset.key });
  submit.removeAttribute("aria-busy");
  if (answer.error) return flag(form, { "": answer.error });
  if (!answer.form && !flag(form, answer.errors)) return;
  if (!answer.html) toast(answer.toast);
  const box = form.closest(".private");
  form.remove();
  if (answer.html) show(box, place, answer);
  else {
    if (!box.querySelector(".body, .typed")) box.remove();
    show(place, place, answer);
  }
  place.querySelector("textarea[name=text]")?.focus();
});

// Errors beside their fields; answers whether there are none.
function flag(form, errors) {
  let first;
  for (const line of form.querySelectorAll("[data-error-for]")) {
    const text = errors[line.dataset.errorFor] ?? "";
    line.textContent = text;
    const control = line.dataset.errorFor && form.elements.namedItem(line.dataset.errorFor);
    if (!control) continue;
    if (text) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
    if (text) first ??= control;
  }
  first?.focus();
  return Object.keys(errors).length === 0;
}
