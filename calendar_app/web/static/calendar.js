// What is nicer with a script; every page works without.
"use strict";

// Copy the address beside a button that says so.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
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

// What has to be put right, or the preview that was asked for, comes first.
document.getElementById("problems")?.focus();
