//! `cargo xtask bench server` runs it; see [`load`].

#[cfg(not(target_arch = "wasm32"))]
mod load;

fn main() {
    #[cfg(not(target_arch = "wasm32"))]
    load::run();
}
