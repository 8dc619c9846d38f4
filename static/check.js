// Says in plain words where a browser is too old. In the words of 2009, so that it runs there; it comes before the
// program, which starts only where nothing is missing. The versions are stated in README.md.

(function () {
  var missing = [];
  function need(there, name) {
    if (!there) { missing.push(name); }
  }
  need(typeof WebAssembly === "object" && typeof WebAssembly.instantiate === "function", "WebAssembly");
  need(typeof Worker === "function", "workers");
  need(typeof DecompressionStream === "function", "DecompressionStream");
  need(typeof HTMLDialogElement === "function", "dialogues");
  need(typeof CSS === "object" && CSS.supports("color", "light-dark(red, red)"), "light-dark()");
  if (missing.length > 0) {
    document.documentElement.setAttribute("data-missing", missing.join(", "));
    document.getElementById("boot-reason").textContent = "This one lacks: " + missing.join(", ") + ".";
    document.getElementById("boot-failed").hidden = false;
  }
})();
