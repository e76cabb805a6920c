//! Dependencies run downwards, every subcommand is in the README, and the README shows what it prints.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::run;

/// Folders from the top down; a folder may use those after it.
const ORDER: [&str; 14] = [
    "cli",
    "carried",
    "render",
    "export",
    "coverage",
    "analysis",
    "graph",
    "dataset",
    "import",
    "grammar",
    "names",
    "affiliation",
    "structure",
    "model",
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// Folders that a text names as `crate::folder`, in code and not in comments.
fn used(text: &str) -> BTreeSet<&'static str> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let code: Vec<&str> = code.collect();
    let code = code.join("\n");
    ORDER.into_iter().filter(|folder| code.contains(&format!("crate::{folder}::"))).collect()
}

#[test]
fn dependencies_run_downwards() {
    let mut arrows = 0;
    for (at, folder) in ORDER.iter().enumerate() {
        let mut files = Vec::new();
        sources(&Path::new("src").join(folder), &mut files);
        assert!(!files.is_empty(), "src/{folder} is gone; this list is stale");
        for file in files {
            let text = std::fs::read_to_string(&file).expect("a file");
            for other in used(&text) {
                let below = ORDER.iter().position(|known| *known == other).expect("a folder");
                assert!(below >= at, "{} uses {other}, which lies above {folder}", file.display());
                arrows += usize::from(below > at);
            }
        }
    }
    assert!(arrows > 40, "only {arrows} arrows were seen: the way they are looked for is broken");
    assert_eq!(used("use crate::names::fold; // crate::cli::x\n// crate::cli::y"), ["cli", "names"].into());
}

#[test]
fn every_folder_is_in_the_order() {
    let folders: BTreeSet<String> = std::fs::read_dir("src")
        .expect("src")
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(folders, ORDER.iter().map(|folder| (*folder).to_owned()).collect());
}

#[test]
fn the_readme_names_every_subcommand() {
    let (_, help, _) = run(&["--help"]);
    let listed = help.split("Commands:").nth(1).and_then(|rest| rest.split("Options:").next()).expect("a list");
    let commands: Vec<&str> = listed
        .lines()
        .filter(|line| !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(commands.len() > 10, "{commands:?}");
    let readme = std::fs::read_to_string("README.md").expect("README.md");
    for command in commands.into_iter().filter(|command| *command != "help") {
        assert!(readme.contains(&format!("`{command}")), "{command} is not in the README's table");
    }
}

/// Every block of the README that begins with `$ legation` shows what the program prints now.
#[test]
fn the_readme_shows_what_the_program_prints() {
    let readme = std::fs::read_to_string("README.md").expect("README.md");
    let mut shown = 0;
    for block in readme.split("```console\n").skip(1).filter_map(|rest| rest.split("```").next()) {
        let mut lines = block.lines().peekable();
        while let Some(line) = lines.next() {
            let Some(command) = line.strip_prefix("$ legation ") else { continue };
            let mut wanted = Vec::new();
            while let Some(next) = lines.next_if(|next| !next.starts_with("$ ")) {
                wanted.push(next);
            }
            let words: Vec<&str> = command.split_whitespace().collect();
            let (_, out, messages) = run(&words);
            let printed = format!("{out}{messages}");
            let printed: Vec<&str> = printed.lines().collect();
            // "…" stands for lines left out.
            match wanted.iter().position(|line| line.trim() == "…") {
                Some(cut) => {
                    assert_eq!(printed[..cut], wanted[..cut], "{command}");
                    let tail = &wanted[cut + 1..];
                    assert_eq!(&printed[printed.len() - tail.len()..], tail, "{command}");
                }
                None => assert_eq!(printed, wanted, "{command}"),
            }
            shown += 1;
        }
    }
    assert!(shown >= 4, "the README shows only {shown} commands");
}
