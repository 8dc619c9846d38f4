// Starts the program in twopath.html, where all lies in one file. `cargo xtask build` puts wasm-bindgen's glue in the
// place of the line marked below; the program itself lies gzipped, as base64, in the element `wasm`.

function glue() {
  "use strict";
  // GLUE
  return __wbg_init;
}

(async () => {
  "use strict";
  const page = document.documentElement;
  if (page.dataset.missing) return;
  try {
    const packed = Uint8Array.from(atob(document.getElementById("wasm").textContent), char => char.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    const program = await new Response(stream).arrayBuffer();
    // The worker runs the same program: see boot.js, which this stands for.
    const worker = `${glue}
      onmessage = ({data}) => glue()({module_or_path: data}).catch(error => setTimeout(() => { throw error; }));
      onunhandledrejection = ({reason}) => setTimeout(() => { throw reason; });`;
    page.dataset.worker = URL.createObjectURL(new Blob([worker], { type: "text/javascript" }));
    await glue()({ module_or_path: program });
  } catch (error) {
    document.getElementById("boot-reason").textContent = String(error);
    document.getElementById("boot-failed").hidden = false;
    throw error;
  }
})();
