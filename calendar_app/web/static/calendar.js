// What is nicer with a script; every page works without.
"use strict";

// Copy the address beside a button that says so.
function offerCopies(root) {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll("[data-copy]")) {
    const words = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const field = document.getElementById(button.dataset.copy);
      field.select();
      await navigator.clipboard.writeText(field.value);
      button.textContent = button.dataset.done;
      const status = button.closest(".copy").querySelector("[role=status]");
      if (status) status.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = words; }, 2000);
    });
  }
}
offerCopies(document);

// The builder: a change of the form fetches the page that it asks for, and shows that page's parts in place of these.
const builder = document.getElementById("builder");
if (builder) {
  const told = document.getElementById("told");
  let asked, waiting;

  const address = () => {
    const fields = [...new FormData(builder)].filter(([, value]) => value.trim());
    const query = new URLSearchParams(fields).toString();
    return builder.action + (query ? `?${query}` : "");
  };

  const swap = (found) => {
    for (const part of document.querySelectorAll("[data-part]")) {
      const next = document.adoptNode(found.getElementById(part.id));
      const held = part.contains(document.activeElement) ? document.activeElement.id : "";
      for (const box of part.querySelectorAll("details[id]")) {
        const same = next.querySelector(`#${box.id}`);
        if (same) same.open = box.open;
      }
      next.scrollTop = part.scrollTop;
      part.replaceWith(next);
      offerCopies(next);
      if (held) document.getElementById(held)?.focus();
      told.textContent = next.dataset.told;
    }
  };

  // Nothing is left on the screen that says something else than the form.
  const refuse = (words) => {
    const said = document.createElement("p");
    said.className = "warn";
    said.textContent = words;
    for (const part of document.querySelectorAll("[data-part]")) part.replaceChildren(said);
    told.textContent = words;
  };

  const show = async () => {
    asked?.abort();
    const mine = asked = new AbortController();
    try {
      const answer = await fetch(address(), { signal: mine.signal });
      const found = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine.signal.aborted) return;
      if (!answer.ok) return refuse(found.querySelector("main .lede")?.textContent ?? builder.dataset.failed);
      swap(found);
      history.replaceState(null, "", answer.url);
    } catch (error) {
      if (error.name !== "AbortError") refuse(builder.dataset.failed);
    }
  };

  builder.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 300);
  });
}

// A long piece of work, one piece a request: the button that goes on presses itself.
document.querySelector("form[data-go-on] button")?.click();

// What has to be put right, or the preview that was asked for, comes first, else the word that something is done;
// unless a page has marked what the next key is for.
if (!document.querySelector("[autofocus]")) {
  (document.getElementById("problems") ?? document.querySelector("[data-first]"))?.focus();
}
