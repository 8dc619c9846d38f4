// Shows what happened when the program itself fails on the page, with its last plan to save. Plain DOM, prepared before
// the program starts: it can't help any more.
//
// The program leaves what it said on <html>, as data-panic, and its latest plan, a File, as window.lastPlan
// (src/ui/failure.rs). A failure without last words (the stack or the memory is used up) is told by its error alone.

{
  const page = document.documentElement;
  // Yew empties the body: what is needed later is taken first.
  const words = document.getElementById("failed").content;

  const show = error => {
    if (document.getElementById("failure")) return;
    document.body.append(words.cloneNode(true));
    const dialog = document.getElementById("failure");
    const [save, again, without] = dialog.querySelectorAll("button");
    dialog.querySelector("pre").textContent = page.dataset.panic ?? String(error);
    const plan = window.lastPlan;
    save.hidden = dialog.querySelector("#failure-kept").hidden = !plan;
    save.onclick = () => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(plan);
      link.download = plan.name;
      link.click();
    };
    again.onclick = () => location.reload();
    // A plan that makes the page fail again and again stays where it is kept, and isn't opened.
    without.onclick = () => {
      try { sessionStorage.setItem("twopath.open", "none"); } catch { /* nothing is kept here, so nothing is opened */ }
      location.reload();
    };
    // What lies behind it doesn't answer any more.
    dialog.oncancel = event => event.preventDefault();
    dialog.showModal();
  };

  const fatal = error => page.dataset.panic !== undefined
    || error instanceof WebAssembly.RuntimeError
    || (error instanceof RangeError && String(error.stack).includes("wasm"));
  addEventListener("error", ({ error }) => fatal(error) && show(error));
  addEventListener("unhandledrejection", ({ reason }) => fatal(reason) && show(reason));
}
