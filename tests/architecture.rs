//! Which crate may know which. The picture is in ARCHITECTURE.md.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};

/// Our crates, and those of ours that each may depend on (in its shipped code, not its tests).
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("tandem-context", &[]),
    ("tandem-import", &["tandem-context"]),
    ("tandem-revops", &["tandem-context"]),
    ("tandem-store", &["tandem-context"]),
    ("tandem-sync", &[]),
    ("tandem-workspace", &["tandem-context", "tandem-import", "tandem-revops", "tandem-store", "tandem-sync"]),
    ("tandem-relay", &["tandem-sync"]),
    ("tandem-desktop", &["tandem-workspace"]),
    ("tandem-cli", &["tandem-workspace"]),
    ("tandem-devhost", &["tandem-workspace"]),
    ("tandem-testkit", &["tandem-context", "tandem-store", "tandem-sync", "tandem-workspace", "tandem-relay"]),
    ("xtask", &[]),
];

/// Crates that do no input or output: they know no file, no network, no thread pool, no window.
const PURE: &[&str] = &["tandem-context", "tandem-import", "tandem-revops", "tandem-sync"];
const INPUT_OUTPUT: &[&str] = &["rusqlite", "tokio", "tokio-tungstenite", "axum", "reqwest", "tauri", "keyring"];

fn metadata() -> Metadata {
    MetadataCommand::new().current_dir(env!("CARGO_MANIFEST_DIR")).exec().unwrap()
}

fn ours(metadata: &Metadata) -> Vec<&Package> {
    metadata.workspace_packages()
}

/// What a package's shipped code depends on directly.
fn dependencies(package: &Package) -> BTreeSet<&str> {
    let shipped = package.dependencies.iter().filter(|dependency| dependency.kind != DependencyKind::Development);
    shipped.map(|dependency| dependency.name.as_str()).collect()
}

/// Everything a package's shipped code is built with, however far away.
fn everything_below(metadata: &Metadata, package: &Package) -> BTreeSet<String> {
    let resolve = metadata.resolve.as_ref().unwrap();
    let nodes: BTreeMap<_, _> = resolve.nodes.iter().map(|node| (&node.id, node)).collect();
    let (mut found, mut open) = (BTreeSet::new(), vec![&package.id]);
    while let Some(id) = open.pop() {
        for dependency in &nodes[id].deps {
            let shipped = dependency.dep_kinds.iter().any(|kind| kind.kind == DependencyKind::Normal);
            if shipped && found.insert(metadata[&dependency.pkg].name.to_string()) {
                open.push(&dependency.pkg);
            }
        }
    }
    found
}

#[test]
fn every_crate_knows_only_those_it_may() {
    let metadata = metadata();
    let names: BTreeSet<&str> = ours(&metadata).iter().map(|package| package.name.as_str()).collect();
    for package in ours(&metadata) {
        let Some((_, may)) = MAY_KNOW.iter().find(|(name, _)| *name == package.name.as_str()) else {
            panic!("{} is new: say in this test which crates it may know", package.name);
        };
        for known in dependencies(package).intersection(&names) {
            assert!(may.contains(known), "{} must not know {known}", package.name);
        }
    }
}

#[test]
fn nothing_depends_on_a_program() {
    let metadata = metadata();
    let programs = ["tandem-desktop", "tandem-cli", "tandem-devhost", "xtask"];
    for package in ours(&metadata) {
        for program in programs {
            assert!(!dependencies(package).contains(program), "{} depends on the program {program}", package.name);
        }
    }
}

#[test]
fn sync_and_the_relay_never_see_the_document() {
    let metadata = metadata();
    for package in
        ours(&metadata).iter().filter(|package| ["tandem-sync", "tandem-relay"].contains(&package.name.as_str()))
    {
        let below = everything_below(&metadata, package);
        for hidden in ["automerge", "tandem-context", "tandem-store", "tandem-workspace"] {
            assert!(!below.contains(hidden), "{} is built with {hidden}: it could read what it carries", package.name);
        }
    }
}

#[test]
fn the_pure_crates_do_no_input_or_output() {
    let metadata = metadata();
    for package in ours(&metadata).iter().filter(|package| PURE.contains(&package.name.as_str())) {
        let direct = dependencies(package);
        for forbidden in INPUT_OUTPUT {
            assert!(!direct.contains(forbidden), "{} is pure and must not know {forbidden}", package.name);
        }
    }
}

#[test]
fn only_the_desktop_application_names_tauri() {
    let metadata = metadata();
    for package in ours(&metadata).iter().filter(|package| package.name.as_str() != "tandem-desktop") {
        let tauri: Vec<_> = dependencies(package).into_iter().filter(|name| name.starts_with("tauri")).collect();
        assert!(tauri.is_empty(), "{} names {tauri:?}; only src-tauri may", package.name);
    }
}

#[test]
fn only_the_platform_folder_of_the_interface_imports_tauri() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src");
    let mut seen = 0;
    visit(&sources, &mut |path, text| {
        seen += 1;
        let within = path.strip_prefix(&sources).unwrap();
        assert!(
            within.starts_with("platform") || !text.contains("@tauri-apps/"),
            "ui/src/{} imports @tauri-apps; only ui/src/platform may",
            within.display()
        );
    });
    assert!(seen > 0, "no interface sources were found below {}", sources.display());
}

/// Calls back with every TypeScript file below a folder.
fn visit(folder: &Path, found: &mut impl FnMut(&Path, &str)) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            visit(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "ts" || extension == "tsx") {
            found(&path, &std::fs::read_to_string(&path).unwrap());
        }
    }
}
