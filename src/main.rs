//! Tmp.
#![allow(clippy::print_stdout, clippy::print_stderr)]
use rayon::prelude::*;
fn main() {
    let gazetteer = legation::names::Gazetteer::load().unwrap();
    let grammar = legation::grammar::Grammar::load(&gazetteer).unwrap();
    let files: Vec<String> = std::env::args().skip(1).collect();
    let all: Vec<_> =
        files.par_iter().map(|f| legation::import::extract(&grammar, f, &std::fs::read(f).unwrap(), None)).collect();
    use std::io::Write;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for e in all {
        for c in &e.claims {
            writeln!(out, "{}", serde_json::to_string(&c.record()).unwrap()).unwrap();
        }
        for p in &e.problems {
            eprintln!("{p}");
        }
    }
}
