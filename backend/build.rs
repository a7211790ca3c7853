//! Sees to it that a changed UI bundle is embedded anew.

fn main() {
    let ui = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/ui");
    // Watching a folder that is not there would count as a change at every build.
    if let Err(error) = std::fs::create_dir_all(ui) {
        println!("cargo:warning={ui} cannot be made ({error}): the pages will be missing");
    }
    println!("cargo:rerun-if-changed={ui}");
    println!("cargo:rerun-if-changed=build.rs");
}
