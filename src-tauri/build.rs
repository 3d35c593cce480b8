//! Generates what Tauri needs at compile time. The configuration is at the top level, the rest is in this folder.

fn main() {
    let manifest = tauri_build::AppManifest::new().permissions_path_pattern("./src-tauri/permissions/**/*.toml");
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*")
        .app_manifest(manifest)
        .windows_attributes(tauri_build::WindowsAttributes::new().window_icon_path("src-tauri/icons/icon.ico"));
    for folder in ["permissions", "capabilities"] {
        println!("cargo:rerun-if-changed=src-tauri/{folder}");
    }
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo::error=tauri: {error:#}");
    }
}
