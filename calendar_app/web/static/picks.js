// My events: what is picked is kept in this browser, and ticked wherever it is listed. Without a script, addresses carry it.
"use strict";

{
  const mine = document.getElementById("mine");
  const picks = document.getElementById("picks");
  const boxes = () => [...document.querySelectorAll("[form=picks][name=event]")];
  // What is kept may be older than this page, or not its own: what can be no slug, and what is too much, is left out.
  const recall = () => {
    try {
      const kept = JSON.parse(localStorage.getItem("picked") ?? "[]");
      return [...new Set(kept.filter((slug) => typeof slug === "string" && /^[a-z0-9-]+$/.test(slug)))].slice(0, most);
    } catch {
      return [];
    }
  };
  const remember = (slugs) => {
    try {
      localStorage.setItem("picked", JSON.stringify(slugs));
      return true;
    } catch {
      return false;
    }
  };
  const most = Number(mine?.dataset.most);
  // On a page of picked events the boxes are that page's own until one of them is changed.
  const own = picks?.hasAttribute("data-shown");
  const hint = picks?.querySelector("[role=status]").textContent;
  const count = (number) => (number === 1 ? mine.dataset.one : mine.dataset.many.replace("{count}", number));

  function showPicks() {
    const picked = recall();
    mine.hidden = !picked.length;
    mine.firstElementChild.textContent = mine.dataset.words.replace("{count}", picked.length);
    mine.firstElementChild.search = picked.length ? `?${picked.sort().map((slug) => `event=${encodeURIComponent(slug)}`).join("&")}` : "";
    for (const link of document.querySelectorAll("[data-pick]")) {
      link.textContent = picked.includes(link.dataset.pick) ? link.dataset.drop : link.dataset.add;
    }
    if (!picks) return;
    const listed = boxes();
    if (!own) {
      for (const box of listed) box.checked = picked.includes(box.value);
      for (const field of picks.querySelectorAll("[type=hidden]")) field.remove();
      const elsewhere = picked.filter((slug) => !listed.some((box) => box.value === slug));
      for (const slug of elsewhere) picks.append(Object.assign(document.createElement("input"), { type: "hidden", name: "event", value: slug }));
    }
    const number = own ? listed.filter((box) => box.checked).length : picked.length;
    picks.querySelector("[role=status]").textContent = number ? count(number) : hint;
    picks.classList.toggle("any", number > 0);
    picks.querySelector("[data-clear]").hidden = !number;
  }

  // Gives whether there was room.
  function pick(slugs, dropped) {
    const picked = [...new Set([...recall().filter((slug) => !dropped.includes(slug)), ...slugs])];
    return picked.length <= most && remember(picked);
  }

  // Where a browser keeps nothing, the boxes do what they do without a script.
  if (mine && remember(recall())) {
    const carried = new URLSearchParams(location.search).getAll("pick");
    if (picks && carried.length && pick(carried, [])) {
      const address = new URL(location);
      address.searchParams.delete("pick");
      location.replace(address);
    }
    showPicks();
    document.addEventListener("swapped", showPicks);
    addEventListener("storage", showPicks);
    addEventListener("pageshow", showPicks);
    document.addEventListener("change", ({ target }) => {
      if (!target.matches("[form=picks][name=event]")) return;
      const listed = own ? boxes() : [target];
      const done = pick(listed.filter((box) => box.checked).map((box) => box.value), listed.map((box) => box.value));
      if (!done) target.checked = false;
      showPicks();
      if (!done) picks.querySelector("[role=status]").textContent = mine.dataset.full;
    });
    document.addEventListener("click", (event) => {
      const link = event.target.closest("[data-pick], [data-clear]");
      if (!link) return;
      const slug = link.dataset.pick;
      if (!slug) return remember([]);
      event.preventDefault();
      const done = recall().includes(slug) ? pick([], [slug]) : pick([slug], []);
      showPicks();
      link.parentElement.querySelector("[role=status]").textContent = done ? count(recall().length) : mine.dataset.full;
    });
  }
}
