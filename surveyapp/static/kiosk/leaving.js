"use strict";
// On a tablet every page takes the place of the one before: nobody can go back into what somebody
// else answered. Leaving is going back to the first page, which lets the server forget too.

const curtain = document.getElementById("curtain");
let isLeaving = false;

function onward(address) {
  location.replace(address);
}

function drawCurtain() {
  if (document.body.firstChild) return;
  document.body.append(document.importNode(curtain.content, true));
  showWaiting();
}

// Without a network the browser would show a page of its own, and stay there.
async function goToStart() {
  if (isLeaving) return;
  isLeaving = true;
  clearTimeout(next);
  if (asking) asking.abort();
  inMemory = [];
  document.body.replaceChildren();
  for (;;) {
    try {
      await ask(tablet.dataset.alive);
      break;
    } catch {
      drawCurtain();
      await new Promise((done) => setTimeout(done, 3000));
    }
  }
  location.replace(tablet.dataset.start);
}

function leave() {
  goToStart();
}

window.addEventListener("pageshow", (event) => event.persisted && location.reload());
