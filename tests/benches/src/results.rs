//! What was measured without criterion, written down where `cargo xtask bench` looks.

use std::env;
use std::fs;
use std::path::Path;

/// Tells what was measured of a benchmark, in a unit, for each of those that it compares, and writes it down where
/// `cargo xtask bench` asks for it: a folder for each unit, in it a file for each benchmark.
///
/// # Panics
///
/// When the folder for it cannot be written.
pub fn write(name: &str, unit: &str, values: &[(&str, f64)]) {
    let lines: String = values.iter().map(|(who, value)| format!("{who}\t{value}\n")).collect();
    println!("{name}: {lines:?} {unit}");
    if let Some(folder) = env::var_os("CHATKIT_BENCHES_MEASURED") {
        let folder = Path::new(&folder).join(unit);
        fs::create_dir_all(&folder).expect("there is room for a folder");
        fs::write(folder.join(name), &lines).expect("there is room for a file");
    }
}
