// Shows what an address answers in the place where it was asked. It counts nothing and keeps nothing: a key stays in
// its field, goes into one header, and is gone with the page.
"use strict";

const LONGEST = 200000;
const field = document.getElementById("key-field");

document.getElementById("key").hidden = false;
// A page that the browser brings back by its button is this page again, field and all.
addEventListener("pagehide", () => { field.value = ""; });

for (const form of document.querySelectorAll("form.try")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(form);
  });
}

async function ask(form) {
  const place = outcome(form);
  place.replaceChildren(paragraph(form.dataset.waiting));
  const headers = field.value.trim() ? { Authorization: `Bearer ${field.value.trim()}` } : {};
  const address = addressOf(form);
  try {
    const answer = await fetch(address, { headers, credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer" });
    const body = await answer.text();
    const told = [...answer.headers].map(([name, value]) => `${name}: ${value}`).join("\n");
    place.replaceChildren(
      heading(`${form.dataset.answer}: ${answer.status} ${answer.statusText}`.trim()),
      code(address, "curl"),
      heading(form.dataset.headers),
      code(told),
      code(pretty(body)),
    );
  } catch {
    place.replaceChildren(paragraph(form.dataset.failed));
  }
}

function addressOf(form) {
  let path = form.dataset.path;
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (path.includes(`{${name}}`)) path = path.replace(`{${name}}`, encodeURIComponent(value));
    else if (value) query.append(name, value);
  }
  return query.size ? `${path}?${query}` : path;
}

function outcome(form) {
  const found = form.parentElement.querySelector(".outcome");
  if (found) return found;
  const made = document.createElement("div");
  made.className = "outcome";
  made.setAttribute("role", "status");
  form.after(made);
  return made;
}

function pretty(body) {
  let text = body;
  try { text = JSON.stringify(JSON.parse(body), null, 2); } catch { /* what is no JSON is shown as it is */ }
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}\n…` : text;
}

function paragraph(words) {
  const made = document.createElement("p");
  made.textContent = words;
  return made;
}

function heading(words) {
  const made = paragraph(words);
  made.className = "hint";
  return made;
}

function code(text, name = "") {
  const made = document.createElement("pre");
  made.className = name;
  made.tabIndex = 0;
  made.textContent = text;
  return made;
}
