//! Packs the plain tables of `data/` into the compact forms that the program carries. It reads them with the
//! program's own folders, so that both agree on every row.
#![allow(dead_code, unused_imports, missing_docs)]

#[path = "../dataset/mod.rs"]
mod dataset;
#[path = "../model/mod.rs"]
mod model;
#[path = "../names/mod.rs"]
mod names;

// The tables of the other folders, so that a bad row fails the build.
#[path = "../analysis/tables.rs"]
mod analysis;
#[path = "../coverage/tables.rs"]
mod coverage;
#[path = "../grammar/tables.rs"]
mod grammar;
#[path = "../import/tables.rs"]
mod import;
#[path = "../render/maps/tables.rs"]
mod map;
#[path = "../cli/pictures/pieces.rs"]
mod pieces;

use std::error::Error;
use std::path::Path;

fn main() {
    if let Err(error) = build() {
        println!("cargo::error={error}");
        std::process::exit(1);
    }
}

fn build() -> Result<(), Box<dyn Error>> {
    for data in ["gallery.csv", "grammar", "map", "names", "rules", "world"] {
        println!("cargo::rerun-if-changed=data/{data}");
    }
    for folder in ["carried/build.rs", "dataset", "model", "names"] {
        println!("cargo::rerun-if-changed=src/{folder}");
    }
    for tables in ["analysis", "coverage", "grammar", "import", "render/maps"] {
        println!("cargo::rerun-if-changed=src/{tables}/tables.rs");
    }
    println!("cargo::rerun-if-changed=src/cli/pictures/pieces.rs");
    check_tables()?;
    let out = std::env::var("OUT_DIR")?;
    let gazetteer = names::Gazetteer::from_tables(Path::new("data/names"))?;
    std::fs::write(Path::new(&out).join("names.bin"), gazetteer.pack()?)?;
    let world = dataset::load(Path::new("data/world"), &gazetteer)?;
    std::fs::write(Path::new(&out).join("world.bin"), dataset::pack(&world, &gazetteer)?)?;
    Ok(())
}

/// Reads every row of every table that the program carries as text.
fn check_tables() -> Result<(), Box<dyn Error>> {
    dataset::check_rules()?;
    model::check_statuses()?;
    analysis::CHANNELS.check()?;
    analysis::WEIGHTS.check()?;
    coverage::ARRANGEMENTS.check()?;
    coverage::GROUPS.check()?;
    coverage::LADDER.check()?;
    coverage::MINISTRIES.check()?;
    coverage::PRESENCE.check()?;
    grammar::DATES.check()?;
    grammar::KINDS.check()?;
    grammar::LOOKS.check()?;
    grammar::LISTED.check()?;
    grammar::SUBDIVISIONS.check()?;
    grammar::FORMS.check()?;
    grammar::NOUNS.check()?;
    grammar::VERBS.check()?;
    grammar::TEMPLATES.check()?;
    grammar::WORDS.check()?;
    import::EXCHANGE.check()?;
    import::HEADS.check()?;
    import::WORKS.check()?;
    map::ARCS.check()?;
    map::DISPUTED.check()?;
    map::DOTS.check()?;
    map::REGIONS.check()?;
    map::SHAPES.check()?;
    names::groupings::FAMILIES.check()?;
    names::groupings::REGIONS.check()?;
    names::languages::WORDS.check()?;
    for (_, names) in &names::languages::TABLES {
        names.check()?;
    }
    pieces::PIECES.check()?;
    Ok(())
}
