"use strict";
// Without a connection a link would lead to a page of the browser's own, and so would a form that
// is not kept: whoever presses one stays, and is told so. Leaving at once is never held back.

const offline = document.currentScript.dataset.offline;
const held = document.createElement("p");
held.className = "state";
held.setAttribute("role", "alert");

function hold(event, pressed) {
  if (!offline || navigator.onLine || event.defaultPrevented) return;
  event.preventDefault();
  held.textContent = offline;
  const near = pressed.closest("main p, main ul, main dl");
  if (near) near.after(held);
  else document.getElementById("main").prepend(held);
  held.scrollIntoView({ block: "nearest" });
}

document.addEventListener("click", function (event) {
  const link = event.target.closest("a[href]");
  const leads = link && link.origin === location.origin && !link.hash && !("away" in link.dataset);
  if (leads) hold(event, link);
});
document.addEventListener("submit", (event) => hold(event, event.submitter || event.target));
window.addEventListener("online", () => held.remove());
