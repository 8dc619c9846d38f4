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
// page's policy) as a module worker whose code only imports data-glue; the page posts it the compiled
// WebAssembly.Module (in Rust: wasm_bindgen::module()), so that nothing is fetched or compiled twice:
//
//   new Worker(URL.createObjectURL(new Blob(
//     [`import init from ${JSON.stringify(glue)}; onmessage = ({data}) => init({module_or_path: data});`],
//     {type: "text/javascript"})), {type: "module"}).postMessage(module)

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
