// Brings the parts of the page that change, some times a minute. Without it the browser loads the page again by itself.
const EVERY = 15_000;

const inUse = (part) => part.contains(document.activeElement) && document.activeElement !== document.body;
const chosen = () => String(getSelection()) !== "";

function replace(part, fresh) {
  const open = new Set([...part.querySelectorAll("details[open]")].map((it) => it.id));
  for (const it of fresh.querySelectorAll("details")) it.open = open.has(it.id);
  const sideways = [...part.querySelectorAll(".scroll")].map((it) => it.scrollLeft);
  part.replaceWith(fresh);
  [...fresh.querySelectorAll(".scroll")].forEach((it, place) => { it.scrollLeft = sideways[place] ?? 0; });
}

async function refresh() {
  if (document.hidden) return;
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  // Signed out meanwhile: the page says so itself.
  if (answer.redirected) { location.reload(); return; }
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  // Whoever copies a command, or is at a part by keyboard, keeps it.
  if (chosen()) return;
  for (const part of document.querySelectorAll("[data-live]")) {
    const fresh = page.getElementById(part.id);
    if (fresh && !inUse(part) && !part.isEqualNode(fresh)) replace(part, fresh);
  }
  document.title = page.title;
}

setInterval(() => refresh().catch(() => {}), EVERY);
document.addEventListener("visibilitychange", () => refresh().catch(() => {}));
