"use strict";
// Forms of people who left are sent as they lie, without cookies: what comes back concerns nobody
// who stands here now. What the server cannot open stays and is counted, for staff to see.

let isSendingSealed = false;
let sealedWait = 2000;
let nextSealed = 0;

async function sendSealed() {
  isSendingSealed = true;
  try {
    for (const one of waitingForms().filter((form) => !isOpenHere(form))) {
      const body = new URLSearchParams({ sealed: one.sealed });
      const reply = await ask(one.action, { method: "POST", body, credentials: "omit" });
      if (reply.status === 400) continue;
      storeWaiting(waitingForms().filter((form) => form.id !== one.id));
    }
    sealedWait = 2000;
  } catch {
    sealedWait = Math.min(sealedWait * 2, LONGEST_WAIT);
  }
  nextSealed = Date.now() + (waitingForms().length ? sealedWait : 0);
  isSendingSealed = false;
}

function sendWaiting() {
  const others = waitingForms().some((form) => !isOpenHere(form));
  if (others && !isSendingSealed && Date.now() >= nextSealed) sendSealed();
}

window.addEventListener("online", () => (nextSealed = 0));
if (line && !cipher) line.dataset.unsent = line.dataset.unkept || line.dataset.unsent;
for (const one of document.querySelectorAll(".scripted")) one.hidden = false;
showWaiting();
sendWaiting();
