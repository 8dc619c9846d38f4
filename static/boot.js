// Starts the program. It lies in a file of its own because the page's policy forbids inline scripts.
//
// The names of the two built files change with their content; the preload links in the page's head,
// written by the build, are the one place that knows them. This script reads them there and leaves the address
// of the worker's script on <html>, as data-worker, where the program finds it.
//
// The dedicated worker runs the same program. It starts from a blob: URL (a blob worker inherits the
// page's policy) as a classic worker that imports the glue; the page posts it the compiled
// WebAssembly.Module (in Rust: wasm_bindgen::module()), so that nothing is fetched or compiled twice.
// The import is a dynamic one, which falls under script-src 'self'; one in a module worker's head would fall under
// worker-src. A failure is thrown outside the promise, where the page hears of it.
//
// What the page posts before the program has put its own handler in place is lost: the program in the
// worker says that it is there before anything else is posted.
//
// dist/twopath.html has a script of its own instead of this one (xtask/src/single.rs).

const page = document.documentElement;

if (!page.dataset.missing) {
  const glue = document.querySelector('link[rel="modulepreload"]').href;
  const wasm = document.querySelector('link[rel="preload"][type="application/wasm"]').href;
  const worker = `onmessage = ({data}) => import(${JSON.stringify(glue)})
    .then(({default: init}) => init({module_or_path: data}))
    .catch(error => setTimeout(() => { throw error; }));
    onunhandledrejection = ({reason}) => setTimeout(() => { throw reason; });`;
  page.dataset.worker = URL.createObjectURL(new Blob([worker], { type: "text/javascript" }));
  // Yew empties the body: what is needed later is taken first.
  const offer = document.getElementById("update").content;
  try {
    const { default: init } = await import(glue);
    await init({ module_or_path: wasm });
  } catch (error) {
    document.getElementById("boot-reason").textContent = String(error);
    document.getElementById("boot-failed").hidden = false;
    throw error;
  }
  if ("serviceWorker" in navigator) keepOffline(offer);
}

// Keeps all files in this browser, so that the page opens without its server. A newer version is fetched beside the
// running one, offered, and taken when the reader says so or once no page of the old one is open.
async function keepOffline(offer) {
  const registration = await navigator.serviceWorker.register("sw.js").catch(() => undefined);
  if (!registration) return;
  // Everything is to be forgotten: the files too. The next visit keeps them anew.
  addEventListener("forget", async () => {
    const ours = `twopath ${registration.scope} `;
    for (const name of await caches.keys()) if (name.startsWith(ours)) await caches.delete(name);
    await registration.unregister();
  });
  const show = () => {
    // The first version replaces nothing.
    if (!registration.waiting || !navigator.serviceWorker.controller || document.getElementById("offer")) return;
    document.body.append(offer.cloneNode(true));
    const shown = document.getElementById("offer");
    const [take, later] = shown.querySelectorAll("button");
    later.onclick = () => shown.remove();
    take.onclick = () => {
      navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
      registration.waiting?.postMessage("take over");
    };
  };
  const watch = worker => worker?.addEventListener("statechange", () => worker.state === "installed" && show());
  registration.addEventListener("updatefound", () => watch(registration.installing));
  watch(registration.installing);
  show();
}
