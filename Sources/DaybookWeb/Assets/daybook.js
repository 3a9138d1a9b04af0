// SPDX-License-Identifier: Apache-2.0
// Everything works without this file; with it, some pages need no reload.
"use strict";

// Select all without loading the page again, and say how many are ticked.
const queue = document.querySelector("[data-queue]");
if (queue) {
  const boxes = [...queue.querySelectorAll("input[name=serial]")];
  const link = queue.querySelector("[data-select]");
  const told = document.getElementById("ticked");
  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    told.textContent = ticked ? `${ticked} ticked` : "";
    link.dataset.select = ticked === boxes.length ? "none" : "all";
    link.textContent = ticked === boxes.length ? "Select none" : "Select all on this page";
  };
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const tick = link.dataset.select === "all";
    boxes.forEach((box) => { box.checked = tick; });
    show();
  });
  queue.addEventListener("change", show);
  show();
}

// Follow the counts while exports are under way.
const tabs = document.querySelector("[data-counts][data-under-way]");
if (tabs) {
  const cells = [...tabs.querySelectorAll("[data-state]")];
  const moved = document.getElementById("queue-moved");
  const follow = async () => {
    let busy = true;
    try {
      const answer = await fetch("/api/v1/exports/counts", { headers: { Accept: "application/json" } });
      if (answer.ok) {
        const { counts, total } = await answer.json();
        for (const cell of cells) {
          const now = String(cell.dataset.state === "all" ? total : counts[cell.dataset.state] ?? 0);
          if (cell.textContent !== now) { cell.textContent = now; moved.hidden = false; }
          cell.toggleAttribute("data-zero", now === "0");
        }
        busy = counts.pending + counts.exporting + counts.checking > 0;
      }
    } catch {
      // The server is away for a moment; the next round asks again.
    }
    if (busy) setTimeout(follow, document.hidden ? 15000 : 2000);
  };
  setTimeout(follow, 2000);
}

// A button beside each address to copy; without a script it can still be selected.
for (const field of document.querySelectorAll("[data-copy]")) {
  field.addEventListener("focus", () => field.select());
  if (!navigator.clipboard) continue;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy";
  button.setAttribute("aria-label", `Copy ${field.getAttribute("aria-label")}`);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      button.textContent = "Copied";
    } catch {
      // The browser does not allow it; the text is selected for copying by hand.
      field.select();
    }
  });
  field.after(button);
}

// A backup under way: ask how far it is until it is done, and then show the page as it is now. The page is not reloaded,
// because that would cancel a form that was just sent.
if (document.getElementById("backup-work")?.hasAttribute("data-reload")) {
  let isSent = false;
  document.addEventListener("submit", () => { isSent = true; });
  const follow = async () => {
    try {
      const answer = await fetch("/backups", { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (isSent) return;
      const work = page.getElementById("backup-work");
      // Somebody has to sign in again.
      if (answer.ok && !work) { location.reload(); return; }
      if (answer.ok && !work.hasAttribute("data-reload")) {
        // The whole page is replaced: a banner above may say why a backup could not be made.
        document.body.replaceChildren(...page.body.childNodes);
        return;
      }
      const bar = work?.querySelector("progress");
      if (bar) document.querySelector("#backup-work progress")?.setAttribute("value", bar.value);
    } catch {
      // The server is away for a moment; the next round asks again.
    }
    setTimeout(follow, 1000);
  };
  setTimeout(follow, 1000);
}

// Daybook starts again: go on once it was away and answers, or after some seconds, because it may have been away between two
// questions.
if (document.querySelector("[data-starting]")) {
  const began = Date.now();
  let wasAway = false;
  const look = async () => {
    try {
      const answer = await fetch("/health/live", { cache: "no-store" });
      if (answer.ok && (wasAway || Date.now() - began > 8000)) { location.assign("/backups"); return; }
    } catch {
      wasAway = true;
    }
    setTimeout(look, 500);
  };
  setTimeout(look, 500);
}

// Files that are dropped on the form are sent at once.
const drop = document.querySelector("[data-drop]");
if (drop) {
  const field = drop.querySelector("input[type=file]");
  const mark = (on) => (event) => { event.preventDefault(); drop.toggleAttribute("data-over", on); };
  drop.addEventListener("dragover", mark(true));
  drop.addEventListener("dragleave", mark(false));
  drop.addEventListener("drop", (event) => {
    mark(false)(event);
    if (!event.dataTransfer.files.length) return;
    field.files = event.dataTransfer.files;
    drop.requestSubmit();
  });
}
