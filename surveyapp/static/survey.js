// Enhancements only: every page works without this file.
(function () {
  "use strict";
  var errors = document.getElementById("errors");
  if (errors) errors.focus();

  // A doubled press is harmless on the server; this spares the wait for it.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    setTimeout(function () { delete form.dataset.sent; }, 4000);
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form").forEach(function (form) { delete form.dataset.sent; });
  });

  // "None of these" stands alone: ticking it clears the others, and the other way round.
  document.addEventListener("change", function (event) {
    var box = event.target;
    if (box.type !== "checkbox" || !box.checked) return;
    if (box.dataset.instead) document.getElementById(box.dataset.instead).value = "";
    document.getElementsByName(box.name).forEach(function (other) {
      var alone = "exclusive" in box.dataset || "exclusive" in other.dataset;
      if (other !== box && (alone || box.dataset.instead)) other.checked = false;
    });
  });
})();
