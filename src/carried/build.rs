//! Packs the plain tables of `data/` into the compact forms that the program carries. It reads them with the
//! program's own folders, so that both agree on every row.
#![allow(dead_code, unused_imports, missing_docs)]

#[path = "../dataset/mod.rs"]
mod dataset;
#[path = "../model/mod.rs"]
mod model;
#[path = "../names/mod.rs"]
mod names;

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=data/names");
    println!("cargo::rerun-if-changed=data/rules");
    println!("cargo::rerun-if-changed=data/world");
    for folder in ["carried/build.rs", "dataset", "model", "names"] {
        println!("cargo::rerun-if-changed=src/{folder}");
    }
    dataset::check_rules()?;
    let out = std::env::var("OUT_DIR")?;
    let gazetteer = names::Gazetteer::from_tables(Path::new("data/names"))?;
    std::fs::write(Path::new(&out).join("names.bin"), gazetteer.pack()?)?;
    let world = dataset::load(Path::new("data/world"), &gazetteer)?;
    std::fs::write(Path::new(&out).join("world.bin"), dataset::pack(&world, &gazetteer)?)?;
    Ok(())
}
