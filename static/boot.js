// Starts the program. It lies in a file of its own because the page's policy forbids inline scripts.
//
// The names of the two built files change with their content; the preload links in the page's head,
// written by the build, are the one place that knows them. This script reads them there and leaves both
// as absolute addresses on <html>, where the program finds them:
//
//   data-glue  the JavaScript glue that wasm-bindgen made, a module whose default export is `init`
//   data-wasm  the WebAssembly file
//
// The dedicated worker runs the same program. It starts from a blob: URL (a blob worker inherits the
// page's policy) as a module worker that imports data-glue; the page posts it the compiled
// WebAssembly.Module (in Rust: wasm_bindgen::module()), so that nothing is fetched or compiled twice.
// The import must be a dynamic one: a static import in a worker falls under worker-src, which names blob:
// alone, while import() falls under script-src 'self'.
//
//   const code = `onmessage = async ({data}) => {
//     const {default: init} = await import(${JSON.stringify(glue)});
//     await init({module_or_path: data});
//   }`;
//   const url = URL.createObjectURL(new Blob([code], {type: "text/javascript"}));
//   new Worker(url, {type: "module"}).postMessage(module);
//
// What the page posts before the program has put its own handler in place is lost: let the program in the
// worker say that it is there before anything else is posted.

const page = document.documentElement;
page.dataset.glue = document.querySelector('link[rel="modulepreload"]').href;
page.dataset.wasm = document.querySelector('link[rel="preload"][type="application/wasm"]').href;

try {
  const { default: init } = await import(page.dataset.glue);
  await init({ module_or_path: page.dataset.wasm });
} catch (error) {
  document.getElementById("boot-reason").textContent = String(error);
  document.getElementById("boot-failed").hidden = false;
  throw error;
}
