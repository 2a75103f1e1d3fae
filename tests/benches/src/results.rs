//! Writes results for `cargo xtask bench`.

use std::env;
use std::fs;
use std::path::Path;

/// Prints the results of a benchmark in a unit, one number for each implementation.
///
/// If `cargo xtask bench` runs it, it also writes them to a file: a folder for each unit, a file for each benchmark.
///
/// # Panics
///
/// If the folder for it cannot be written.
pub fn write(name: &str, unit: &str, values: &[(&str, f64)]) {
    let lines: String = values.iter().map(|(who, value)| format!("{who}\t{value}\n")).collect();
    println!("{name}: {lines:?} {unit}");
    if let Some(folder) = env::var_os("CHATKIT_BENCHES_MEASURED") {
        let folder = Path::new(&folder).join(unit);
        fs::create_dir_all(&folder).expect("there is room for a folder");
        fs::write(folder.join(name), &lines).expect("there is room for a file");
    }
}
