// Makes smoother what already works without it: keys, the editor beside the grid, the answer while
// one types, the line of the present. Nothing here is needed to read or to book.

const byId = (id) => document.getElementById(id);
const typing = (target) => target.closest("input, select, textarea, [contenteditable]") !== null;

for (const it of document.querySelectorAll("[data-needs-script]")) it.hidden = false;

// Keys: each link or field says which key it answers to.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.key === "Escape") return escape(event);
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key === "?") {
    byId("keys")?.showModal();
    event.preventDefault();
    return;
  }
  const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (target) {
    event.preventDefault();
    if (target.matches("input")) target.select();
    target.matches("input") ? target.focus() : target.click();
  } else if (event.key === "/") {
    event.preventDefault();
    location.assign("/clients#q");
  }
});

function escape(event) {
  const menu = document.querySelector("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (!document.querySelector("dialog[open]") && document.querySelector(".editor.afloat")) {
    event.preventDefault();
    closeEditor();
  }
}

document.addEventListener("click", (event) => {
  const menu = document.querySelector("details.menu[open]");
  if (menu && !menu.contains(event.target)) menu.open = false;

  const dismiss = event.target.closest("[data-dismiss]");
  if (dismiss) {
    event.preventDefault();
    dismiss.closest("[data-toast]").remove();
    return;
  }
  const opener = event.target.closest("[data-open]");
  if (opener) {
    byId(opener.dataset.open)?.showModal();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  if (event.target.closest("[data-close]") && document.querySelector(".editor.afloat")) {
    event.preventDefault();
    closeEditor();
    return;
  }
  const link = event.target.closest("a[data-edit]");
  if (link && document.querySelector("[data-desk]")) {
    event.preventDefault();
    openEditor(link);
  }
});

if (location.hash === "#q") byId("q")?.focus();

// The editor beside the grid. The page behind the link holds the same editor; it is taken out of it.
let opened = null;

async function openEditor(link) {
  const desk = document.querySelector("[data-desk]");
  try {
    const response = await fetch(link.href, { headers: { accept: "text/html" } });
    if (!response.ok || response.redirected) throw new Error(response.statusText);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const editor = page.getElementById("editor");
    if (!editor) throw new Error("no editor");
    desk.querySelector(".editor")?.remove();
    opened?.classList.remove("current");
    editor.classList.add("afloat");
    desk.append(document.adoptNode(editor));
    desk.classList.add("with-editor");
    opened = link;
    if (link.classList.contains("booking")) link.classList.add("current");
    wire(editor);
    (editor.querySelector("[autofocus]") ?? editor.querySelector("h1")).focus({ preventScroll: true });
  } catch {
    location.assign(link.href);
  }
}

function closeEditor() {
  const desk = document.querySelector("[data-desk]");
  desk.querySelector(".editor")?.remove();
  desk.classList.remove("with-editor");
  opened?.classList.remove("current");
  opened?.focus({ preventScroll: true });
  opened = null;
}

// Conflicts and price while one types, and the names of clients.
function wire(editor) {
  const form = editor.querySelector("[data-session-form]");
  if (!form) return;
  const region = form.querySelector("[data-preview-result]");
  let asked = null;
  const look = later(250, async () => {
    asked?.abort();
    asked = new AbortController();
    const fields = new FormData(form);
    fields.delete("notes");
    try {
      const response = await fetch(`${form.dataset.preview}?${new URLSearchParams(fields)}`, { signal: asked.signal });
      region.innerHTML = response.status === 200 && !response.redirected ? await response.text() : "";
    } catch (error) {
      if (error.name !== "AbortError") region.replaceChildren();
    }
  });
  const watched = new Set(["room", "date", "from", "to", "days", "state", "crew", "which_from", "which_to"]);
  form.addEventListener("input", (event) => {
    if (watched.has(event.target.name)) look();
  });
  region.addEventListener("click", (event) => {
    const button = event.target.closest("[data-room]");
    if (!button) return;
    for (const name of ["room", "date", "from", "to", "days"]) form.elements[name].value = button.dataset[name];
    look();
    form.querySelector("button.primary").focus();
  });

  const client = form.elements.client;
  const names = byId("clients");
  const suggest = later(150, async () => {
    if (client.value.trim().length < 2) return;
    const response = await fetch(`${client.dataset.suggest}?${new URLSearchParams({ q: client.value })}`);
    if (response.status === 200 && !response.redirected) names.innerHTML = await response.text();
  });
  client.addEventListener("input", suggest);
  if (!byId("refusal")) look();
}

function later(milliseconds, run) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(run, milliseconds);
  };
}

const alone = byId("editor");
if (alone) wire(alone);

// The line of the present moves once a minute, by the page's own clock from the time it was made.
const line = document.querySelector("[data-now]");
if (line) {
  const made = Date.now();
  const first = Number([...line.classList].find((it) => /^t\d+$/.test(it)).slice(1));
  const last = Number(line.dataset.quarters);
  setInterval(() => {
    const quarter = first + Math.floor((Date.now() - made) / 900_000);
    for (const it of document.querySelectorAll("[data-now]")) {
      it.className = quarter < last ? `now t${quarter}` : "now";
      it.hidden = quarter >= last;
    }
  }, 60_000);
}
