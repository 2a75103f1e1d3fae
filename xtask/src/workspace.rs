//! The root of the workspace, and paths in messages.

use crate::failure::Failure;
use std::path::{Component, MAIN_SEPARATOR, Path, PathBuf};

/// Finds the root of the workspace, whatever the current directory.
///
/// Cargo's variable at run time comes first, since a checkout may have moved after the build. The one at compile time
/// is for a binary that was started without cargo.
pub(crate) fn root() -> Result<PathBuf, Failure> {
    let built_in = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let run_in = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    run_in.iter().chain([&built_in]).find_map(|directory| root_above(directory)).ok_or_else(|| {
        Failure::broken(format_args!(
            "no workspace with an xtask above {}: run it as `cargo xtask` in a checkout",
            built_in.display()
        ))
    })
}

fn root_above(directory: &Path) -> Option<PathBuf> {
    let is_root = |at: &&Path| at.join("xtask/Cargo.toml").is_file() && at.join("Cargo.toml").is_file();
    directory.ancestors().find(is_root).map(Path::to_path_buf)
}

/// Formats a path for messages: relative to the root if it is inside, with `/` on every platform.
pub(crate) fn shown(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    if path.is_absolute() {
        return path.display().to_string().replace(MAIN_SEPARATOR, "/");
    }
    let segments: Vec<_> = path
        .components()
        .filter(|component| *component != Component::CurDir)
        .map(|component| component.as_os_str().to_string_lossy())
        .collect();
    if segments.is_empty() { ".".to_owned() } else { segments.join("/") }
}

#[cfg(test)]
mod tests {
    use super::{root, root_above, shown};
    use std::path::Path;

    #[test]
    fn finds_the_root_from_any_package() {
        let found = root().expect("a root");
        assert!(found.join("xtask/src/workspace.rs").is_file());
        assert_eq!(root_above(&found.join("codegen/runtime")).as_ref(), Some(&found));
    }

    #[test]
    fn directory_outside_has_no_root() {
        assert_eq!(root_above(&std::env::temp_dir()), None);
    }

    #[test]
    fn shows_paths_inside_as_relative_and_others_as_absolute() {
        let root = Path::new("/w");
        assert_eq!(shown(root, &root.join("spec").join("./a.yaml")), "spec/a.yaml");
        assert_eq!(shown(root, root), ".");
        let outside = std::env::temp_dir().join("out");
        assert!(shown(root, &outside).ends_with("/out"));
        assert!(Path::new(&shown(root, &outside)).is_absolute());
    }
}
