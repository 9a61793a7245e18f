// Typing: the command list, the menu, the last lines, drafts, and input methods.
import { remember, toast, word } from "./house.js";
import { tray } from "./files.js";
import { say } from "./feed.js";

const offered = [...document.getElementById("commands").content.children];
const menus = new Map(); // what may be ordered, by person
const lines = new Map(); // what was sent, by place, for Up

export function dressComposer(pane) {
  const form = pane.querySelector(".composer");
  const field = form.querySelector("textarea");
  const list = form.querySelector(".commands");
  const replying = form.querySelector(".replying");
  const place = `${pane.dataset.person}|${pane.dataset.chat}`;
  const sent = lines.get(place) ?? lines.set(place, JSON.parse(remember(`sent:${place}`) || "[]")).get(place);
  const files = tray(form.querySelector(".chips"), pane.dataset.person, `files:${place}`);
  let back = 0;
  let composing = false;

  const grow = () => {
    field.style.height = "auto"; // through the object model, which the content policy allows
    field.style.height = `${field.scrollHeight}px`;
    form.classList.toggle("empty", !field.value.trim() && !files.refs.length);
  };
  const keep = () => remember(`draft:${place}`, field.value);

  function type(text) {
    field.value = text;
    grow();
    keep();
    offer();
    field.focus();
    field.setSelectionRange(text.length, text.length);
  }

  // The command list

  const chosen = () => list.querySelector('[aria-selected="true"]');
  function choose(item) {
    chosen()?.setAttribute("aria-selected", "false");
    item?.setAttribute("aria-selected", "true");
    item?.scrollIntoView({ block: "nearest" });
    if (item) field.setAttribute("aria-activedescendant", item.id);
    else field.removeAttribute("aria-activedescendant");
  }
  function close() {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }
  function offer() {
    const text = field.value.replace(/^／/, "/");
    const part = pane.dataset.part;
    const open = text.startsWith("/") && !text.includes("\n") && document.activeElement === field;
    const found = open ? offered.filter((item) => (part === "me" || item.dataset.for.split(" ").includes(part)) && item.dataset.insert.toLowerCase().startsWith(text.toLowerCase()) && item.dataset.insert.trim() !== text.trim()) : [];
    const hash = /^\/desk|\n/.test(text) ? null : text.match(/(?:^|\s)[#＃]([^\s#＃]*)$/);
    if (hash && document.activeElement === field) order(field.value, hash[1]);
    else show(found.map((item) => item.cloneNode(true)));
  }
  function show(items) {
    if (!items.length) return close();
    items.forEach((item, i) => {
      item.id = `${list.id}-${i}`;
      item.setAttribute("aria-selected", "false");
    });
    list.replaceChildren(...items);
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    choose(null);
  }

  // The menu: what `#` offers, by words, pinyin or its initials

  function services() {
    const person = pane.dataset.person;
    const query = person ? `?${new URLSearchParams({ as: person })}` : "";
    const asked = () => fetch(`/menu.json${query}`).then((answer) => (answer.ok ? answer.json() : []), () => []);
    return menus.get(person) ?? menus.set(person, asked()).get(person);
  }
  async function order(typed, word) {
    const wanted = word.normalize("NFKC").toLowerCase();
    const found = (await services()).filter((item) => item.keys.some((key) => key.startsWith(wanted)) && item.tag.toLowerCase() !== wanted);
    if (field.value !== typed || document.activeElement !== field) return; // typed on meanwhile
    show(found.map((item) => service(item, `${typed.slice(0, typed.length - word.length)}${item.tag} `)));
  }
  function service(item, line) {
    const option = document.createElement("li");
    option.setAttribute("role", "option");
    option.dataset.insert = line;
    const tag = option.appendChild(document.createElement("code"));
    tag.textContent = `#${item.tag}`;
    option.appendChild(document.createElement("span")).textContent = item.name;
    return option;
  }
  const take = (item) => type(item.dataset.insert);
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const item = event.target.closest("li");
    if (item) take(item);
  });

  // Keys

  function recall(step) {
    const next = back + step;
    if (next < 0 || next > sent.length) return;
    back = next;
    type(back ? sent[sent.length - back] : "");
    close();
  }

  field.addEventListener("compositionstart", () => (composing = true));
  field.addEventListener("compositionend", () => {
    composing = false;
    offer();
  });
  field.addEventListener("keydown", (event) => {
    if (composing || event.isComposing || event.keyCode === 229) return;
    const items = [...list.children];
    const open = !list.hidden && items.length > 0;
    const at = items.indexOf(chosen());
    if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const next = event.key === "ArrowDown" ? at + 1 : at < 0 ? items.length - 1 : at - 1;
      choose(items[(next + items.length) % items.length]);
    } else if (open && (event.key === "Tab" || event.key === "Enter") && (at >= 0 || event.key === "Tab") && !event.shiftKey) {
      event.preventDefault();
      take(items[Math.max(at, 0)]);
    } else if (event.key === "Escape" && (open || !replying.hidden)) {
      event.preventDefault();
      if (open) close();
      else reply(null);
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === "ArrowUp" && (field.value === "" || back) && field.selectionStart === field.value.length) {
      event.preventDefault();
      recall(1);
    } else if (event.key === "ArrowDown" && back) {
      event.preventDefault();
      recall(-1);
    }
  });
  field.addEventListener("input", () => {
    back = 0;
    grow();
    keep();
    if (!composing) offer();
  });
  field.addEventListener("blur", close);
  field.addEventListener("focus", offer);

  // Files: chosen, dropped or pasted

  const attach = async (chosen) => {
    if (!chosen.length) return;
    await files.add(chosen);
    grow();
    field.focus();
  };
  const choice = form.querySelector("input[type=file]");
  choice.addEventListener("change", () => {
    attach([...choice.files]);
    choice.value = "";
  });
  field.addEventListener("paste", (event) => {
    if (!event.clipboardData.files.length) return;
    event.preventDefault();
    attach([...event.clipboardData.files]);
  });
  pane.addEventListener("dragover", (event) => {
    if (event.dataTransfer.types.includes("Files")) event.preventDefault();
  });
  pane.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    attach([...event.dataTransfer.files]);
  });

  // Replies to one message

  let replyTo = "";
  function reply(article) {
    replyTo = article?.dataset.entry ?? "";
    replying.hidden = !article;
    if (article) {
      replying.querySelector("span").textContent = word("replying", { summary: article.getAttribute("aria-label") });
      field.focus();
    }
  }
  replying.querySelector("button").addEventListener("click", () => reply(null));

  pane.addEventListener("click", (event) => {
    const suggestion = event.target.closest("[data-type]");
    if (suggestion) {
      type(suggestion.dataset.type);
      close();
    }
    const answered = event.target.closest("[data-reply]");
    if (answered) reply(answered.closest(".entry"));
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (files.busy) return toast(word("wait"));
    if ((!text && !files.refs.length) || composing) return;
    if (text && sent.at(-1) !== text) sent.push(text);
    remember(`sent:${place}`, JSON.stringify(sent.slice(-30)));
    back = 0;
    const answered = replyTo;
    const handed = files.take();
    field.value = "";
    grow();
    keep();
    close();
    reply(null);
    say(pane, text, answered, handed, () => {
      if (!field.value) type(text);
      files.put(handed);
      close();
    });
  });

  field.value = remember(`draft:${place}`) || "";
  grow();
}
