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

// The hours of an event by the reader's own clock, its zone named, with the day where it is not the venue's.
function tellHours(root) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zone) return;
  const form = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options });
  const clock = form({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const day = form({ day: "numeric", month: "long", year: "numeric" });
  const iso = form({ day: "2-digit", month: "2-digit", year: "numeric" });
  const offset = form({ timeZoneName: "shortOffset" });
  const dated = (at) => iso.format(at).split("/").reverse().join("-");
  const named = (at) => {
    const { value } = offset.formatToParts(at).find((part) => part.type === "timeZoneName");
    return value === "GMT" ? "UTC+0" : value.replace("GMT", "UTC").replace("-", "−");
  };
  for (const told of root.querySelectorAll(".clock[data-start]")) {
    const [start, end] = [new Date(told.dataset.start), new Date(told.dataset.end)];
    const hours = `${clock.format(start)}–${clock.format(end)}`;
    const here = [...new Set([named(start), named(end)])].join(", then ");
    const same = dated(start) === told.dataset.day && hours === told.dataset.local;
    let words = hours;
    if (day.format(start) !== day.format(end)) {
      words = `${day.format(start)}, ${clock.format(start)} – ${day.format(end)}, ${clock.format(end)}`;
    } else if (dated(start) !== told.dataset.day) {
      words = `${day.format(start)}, ${hours}`;
    }
    told.textContent = same ? `${told.dataset.same} (${zone}, ${here})` : `${words} ${told.dataset.yours} (${zone}, ${here})`;
  }
}
try {
  tellHours(document);
} catch (error) {
  // A browser that can't name offsets leaves the hours in UTC.
  if (!(error instanceof RangeError)) throw error;
}

// A form that is followed: a change of it fetches the page that it asks for, and shows that page's parts in place of these.
const live = document.querySelector("form[data-live]");
if (live) {
  const told = document.getElementById("told");
  const typing = "input:not([type=checkbox]), select";
  let asked, waiting, last, shown = location.pathname + location.search;

  // As the calendar itself writes it: sorted, numbers by size, without what is empty.
  const order = ([a, x], [b, y]) => (a === b ? (x.length < 5 && +x || 1e4) - (y.length < 5 && +y || 1e4) || (x < y ? -1 : 1) : a < b ? -1 : 1);
  const address = () => {
    const fields = [...new FormData(live)].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value);
    const query = fields.sort(order).map((pair) => pair.map(encodeURIComponent).join("=")).join("&");
    // A browser leaves out the query of the address that such a form is sent to; the fields say it all.
    return live.action.split("?")[0] + (query ? `?${query}` : "");
  };

  const put = (part, next) => {
    for (const box of part.querySelectorAll("details[id]")) {
      const same = next.querySelector(`#${box.id}`);
      if (same) same.open = box.open;
    }
    if (part.open !== undefined) next.open = part.open;
    next.scrollTop = part.scrollTop;
    part.replaceWith(next);
    offerCopies(next);
  };

  // Where the keyboard was, it stays, and so does what is under one's eyes.
  const hold = () => {
    const held = document.activeElement, top = held.getBoundingClientRect().top;
    return () => {
      if (held.isConnected) return;
      const value = `[name="${held.name}"][value="${CSS.escape(held.value ?? "")}"]`;
      const same = held.id ? document.getElementById(held.id) : live.querySelector(value) ?? live;
      same?.focus({ preventScroll: true });
      if (same) scrollBy(0, same.getBoundingClientRect().top - top);
    };
  };

  // A field in which someone types is left alone; what is said of it is not.
  const swap = (found, whole) => {
    const back = hold();
    for (const part of document.querySelectorAll("[data-part]")) {
      if (!part.isConnected) continue;
      const inside = !whole && part.contains(document.activeElement) && document.activeElement.matches(typing);
      if (inside && part.querySelector("[data-part]")) continue;
      const next = found.getElementById(part.id);
      if (next) put(part, document.adoptNode(next));
      else part.replaceChildren();
      if (next?.dataset.told) told.textContent = next.dataset.told;
    }
    for (const field of live.elements) {
      const same = field.id && field.matches(typing) && found.getElementById(field.id);
      if (!same) continue;
      field.toggleAttribute("aria-invalid", false);
      if (same.hasAttribute("aria-invalid")) field.setAttribute("aria-invalid", "true");
      if (whole) field.value = same.value;
    }
    document.title = found.title;
    back();
    document.dispatchEvent(new Event("swapped"));
  };

  // Nothing is left on the screen that says something else than the form.
  const refuse = (words) => {
    const said = document.createElement("p");
    said.className = "warn";
    said.textContent = words;
    for (const part of document.querySelectorAll("[data-part]")) if (!live.contains(part)) part.replaceChildren();
    document.querySelector("[data-part]").replaceChildren(said);
    told.textContent = words;
  };

  const show = async (wanted, how) => {
    asked?.abort();
    const mine = asked = new AbortController();
    try {
      const answer = await fetch(wanted, { signal: mine.signal });
      const found = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine.signal.aborted) return;
      if (!answer.ok && !found.querySelector("form[data-live]")) {
        return refuse(found.querySelector("main .lede")?.textContent ?? live.dataset.failed);
      }
      swap(found, how === "whole");
      const { pathname, search } = new URL(answer.url);
      if (how !== "whole" && pathname + search !== shown) history[`${how}State`](null, "", pathname + search);
      shown = pathname + search;
    } catch (error) {
      if (error.name !== "AbortError") refuse(live.dataset.failed);
    }
  };

  const follow = ({ target }) => {
    if (target.form !== live) return;
    clearTimeout(waiting);
    const text = target.matches(typing);
    waiting = setTimeout(() => {
      if (!live.checkValidity()) return;
      // One step back for a word, not one for each letter.
      show(address(), text && last === target ? "replace" : live.dataset.live);
      last = text ? target : undefined;
    }, text ? 500 : 300);
  };
  document.addEventListener("input", follow);
  live.addEventListener("formdata", ({ formData }) => {
    for (const name of new Set(formData.keys())) if (!formData.getAll(name).some((value) => value.trim())) formData.delete(name);
  });
  if (live.dataset.live === "push") addEventListener("popstate", () => {
    if (location.pathname + location.search !== shown) show(location.href, "whole");
  });
}

// A long piece of work, one piece a request: the button that goes on presses itself.
document.querySelector("form[data-go-on] button")?.click();

// What has to be put right, or the preview that was asked for, comes first, else the word that something is done;
// unless a page has marked what the next key is for.
if (!document.querySelector("[autofocus]")) {
  (document.getElementById("problems") ?? document.querySelector("[data-first]"))?.focus();
}
