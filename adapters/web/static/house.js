// What the modules share: words, posting, toasts, and what the session keeps.

const words = Object.fromEntries([...document.getElementById("words").content.querySelectorAll("[data-word]")].map((e) => [e.dataset.word, e.textContent]));

export const word = (name, holes = {}) => Object.entries(holes).reduce((text, [hole, value]) => text.replace(`{${hole}}`, () => value), words[name] ?? name);

export function freshKey() {
  if (crypto.randomUUID) return crypto.randomUUID(); // only where the browser trusts the address
  return [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
}

// Answers the JSON of the page, or {error} in words; `error` on a network failure too.
export async function post(url, body) {
  try {
    const answer = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    const data = await answer.json();
    return answer.ok ? data : { error: data.error || word("failed"), status: answer.status };
  } catch {
    return { error: word("failed"), status: 0 };
  }
}

export function toast(text, kind = "") {
  if (!text) return;
  const line = document.createElement("p");
  line.dataset.kind = kind;
  if (kind) document.querySelector(`.toasts [data-kind="${kind}"]`)?.remove();
  line.textContent = text;
  document.querySelector(".toasts").append(line);
  setTimeout(() => line.remove(), Math.max(4000, text.length * 90));
}

export function remember(name, value) {
  try {
    if (value === undefined) return sessionStorage.getItem(`deskbell:${name}`);
    if (value === "") sessionStorage.removeItem(`deskbell:${name}`);
    else sessionStorage.setItem(`deskbell:${name}`, value);
  } catch {
    // a full or forbidden storage costs only the memory
  }
  return null;
}

export function confirmed(text) {
  const dialog = document.querySelector("dialog.confirm");
  dialog.querySelector("p").textContent = text;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true }));
}
