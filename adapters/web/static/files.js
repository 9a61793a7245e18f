// Files: each is sent by itself as soon as it is chosen; what belongs to them says their references.
import { remember, toast, word } from "./house.js";

const limit = Number(document.body.dataset.fileLimit);
const amount = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1e6).toFixed(1).replace(/\.0$/, "")} MB`);

// Answers {ref, name, size}, or {error} in words. What is too large is not sent: the desk only says so.
async function send(file, person) {
  const query = new URLSearchParams({ as: person, name: file.name, size: file.size });
  try {
    const body = file.size > limit ? new Blob([]) : file;
    const answer = await fetch(`/upload?${query}`, { method: "POST", headers: { "content-type": "application/octet-stream" }, body });
    const data = await answer.json();
    return answer.ok && data.ref ? data : { error: data.error || word("failed") };
  } catch {
    return { error: word("failed") };
  }
}

// The files that wait in one place, shown in `line`; `name` is under which the session keeps them.
export function tray(line, person, name = "") {
  let kept = name ? JSON.parse(remember(name) || "[]") : [];
  let sending = 0;

  function show() {
    if (name) remember(name, kept.length ? JSON.stringify(kept) : "");
    for (const chip of line.querySelectorAll(".chip:not(.sending)")) chip.remove();
    line.prepend(...kept.map(chip));
    line.hidden = !line.children.length;
  }
  function chip(file) {
    const made = document.createElement("span");
    made.className = "chip";
    const said = document.createElement("bdi");
    said.textContent = file.name;
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "quiet";
    drop.textContent = "×";
    drop.setAttribute("aria-label", word("remove", { name: file.name }));
    drop.addEventListener("click", () => {
      kept = kept.filter((one) => one.ref !== file.ref);
      show();
    });
    made.append("📎 ", said, ` ${amount(file.size)} `, drop);
    return made;
  }
  async function add(files) {
    for (const file of files) {
      const waits = document.createElement("span");
      waits.className = "chip sending";
      waits.textContent = word("sending", { name: file.name });
      line.append(waits);
      line.hidden = false;
      sending += 1;
      const answer = await send(file, person);
      sending -= 1;
      waits.remove();
      if (answer.error) toast(answer.error);
      else kept.push(answer);
      show();
    }
  }
  show();
  return {
    add,
    get busy() {
      return sending > 0;
    },
    get refs() {
      return kept.map((file) => file.ref);
    },
    take() {
      const taken = kept;
      kept = [];
      show();
      return taken;
    },
    put(files) {
      kept = [...files, ...kept];
      show();
    },
  };
}

// The tray of a form's own place for files; made when it is first chosen from.
const trays = new WeakMap();
export function trayOf(form) {
  const input = form.querySelector("input[type=file]");
  return input ? trays.get(input) : undefined;
}

document.addEventListener("change", (event) => {
  const input = event.target.closest("form.form input[type=file]");
  if (!input) return;
  const person = input.closest("[data-person]").dataset.person;
  if (!trays.has(input)) trays.set(input, tray(input.parentElement.querySelector(".chips"), person));
  trays.get(input).add([...input.files]);
  input.value = "";
});
