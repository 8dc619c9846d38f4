//! The page's binary: the same wasm as page and as worker.

#[cfg(target_arch = "wasm32")]
#[yew::component]
fn Page() -> yew::Html {
    yew::html! { <main><h1>{ "Twopath" }</h1></main> }
}

#[cfg(target_arch = "wasm32")]
fn main() {
    // The worker runs the same program and has no document.
    if js_sys::Reflect::has(&js_sys::global(), &"document".into()) == Ok(true) {
        yew::Renderer::<Page>::new().render();
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
