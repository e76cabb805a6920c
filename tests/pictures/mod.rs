//! Pictures: no label overlaps, leaves the page or is pale; every ending holds whatever a name may be; the same bytes each
//! time; the gallery is as it would be made.

use legation::render::page::{Head, page};
use legation::render::scene::{Anchor, Drawing, Node, NodeKind, Stroke, Tie};
use legation::render::theme::{DARK, Hue, LIGHT};
use legation::render::{Scene, Size, Style};

use crate::run;

/// States of all kinds: large and small, contested, of the past, with long names.
const STATES: [&str; 12] = [
    "azerbaijan",
    "united-states",
    "china",
    "tuvalu",
    "holy-see",
    "kosovo",
    "taiwan",
    "saint-vincent-and-the-grenadines",
    "democratic-republic-of-the-congo",
    "sovereign-military-order-of-malta",
    "abkhazia",
    "liechtenstein",
];

/// Runs a picture with --check and gives what it writes; faults are told on standard error.
fn sound(command: &str) -> String {
    let mut words: Vec<&str> = command.split(' ').collect();
    words.extend(["--check", "--as", "svg"]);
    let (code, out, messages) = run(&words);
    assert_eq!((code, messages.as_str()), (0, ""), "{command}");
    let document = roxmltree::Document::parse(&out).unwrap_or_else(|error| panic!("{command}: {error}"));
    let root = document.root_element();
    for name in ["title", "desc"] {
        let told = root.children().find(|child| child.has_tag_name(name)).and_then(|child| child.text());
        assert!(told.is_some_and(|told| !told.is_empty()), "{command}: no {name}");
    }
    out
}

#[test]
fn rings_and_fans_of_any_state_are_sound() {
    for state in STATES {
        let ego = sound(&format!("draw ego {state}"));
        assert!(ego.len() <= 300_000, "{state}: {} bytes", ego.len());
        sound(&format!("draw cover {state}"));
        sound(&format!("draw network {state} --theme dark"));
    }
}

#[test]
fn maps_of_any_state_are_sound() {
    for state in STATES {
        sound(&format!("map cover {state}"));
        // The order has no place on the map.
        if state != "sovereign-military-order-of-malta" {
            sound(&format!("map relations {state} --region {state}"));
        }
    }
    for region in legation::render::maps::Frame::regions() {
        sound(&format!("map network france --region {region}"));
    }
    sound("map hubs --region caribbean");
    sound("map overlap fiji --measure kappa --region pacific --theme dark");
    sound("map blocs");
}

#[test]
fn other_diagrams_are_sound() {
    for command in [
        "draw hub brussels",
        "draw hub suva --theme dark",
        "draw dyad armenia azerbaijan",
        "draw dyad united-states united-kingdom",
        "draw dyad taiwan holy-see",
        "draw group azerbaijan turkey",
        "draw group france germany italy spain poland netherlands belgium",
        "draw group --org ASEAN --tie missions,relations,borders",
        "draw path bhutan armenia --count 6",
        "draw path tuvalu san-marino --by missions,accreditation",
        "draw blocs --method louvain --resolution 2",
        "draw blocs --on significant-memberships --theme dark",
        "draw shared france germany",
        "draw shared fiji tonga samoa vanuatu kiribati nauru palau tuvalu",
        "draw diff taiwan --from 1960 --to 2024",
        "draw what-if --close new-zealand Suva --open ireland Suva --covers tonga,samoa",
    ] {
        sound(command);
    }
    for lang in ["de", "ru", "ar", "ka", "el"] {
        sound(&format!("draw ego georgia --lang {lang}"));
        sound(&format!("map relations georgia --lang {lang} --region caucasus"));
    }
}

#[test]
fn the_gallery_is_as_it_would_be_made() {
    let (code, _, messages) = run(&["gallery", "--check"]);
    assert_eq!(code, 0, "{messages}");
    let mut drawings = 0;
    for entry in std::fs::read_dir("output").expect("output/") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|ending| ending == "svg") {
            let text = std::fs::read_to_string(&path).expect("a drawing");
            // A second measure of the same, from the drawing alone.
            assert_eq!(crate::charts::faults(&text), Vec::<String>::new(), "{}", path.display());
            drawings += 1;
        }
    }
    assert!(drawings >= 12, "only {drawings} drawings");
}

#[test]
fn pictures_have_the_same_bytes_each_time() {
    let folder = tempfile::tempdir().unwrap();
    for ending in ["svg", "png", "pdf", "dot", "html"] {
        let files = ["one", "two"].map(|name| folder.path().join(name));
        let bytes = files.map(|file| {
            let file = file.display().to_string();
            let (code, _, messages) = run(&["draw", "dyad", "fiji", "tonga", "--as", ending, "-o", &file]);
            assert_eq!(code, 0, "{messages}");
            std::fs::read(file).unwrap()
        });
        assert!(!bytes[0].is_empty() && bytes[0] == bytes[1], "{ending}");
        let magic: &[u8] = match ending {
            "svg" => b"<svg",
            "png" => b"\x89PNG",
            "pdf" => b"%PDF",
            "dot" => b"digraph",
            _ => b"<!DOCTYPE html>",
        };
        assert!(bytes[0].starts_with(magic), "{ending}");
    }
}

/// Every ending holds the same nodes and ties, and so does the table.
#[test]
fn endings_agree() {
    for diagram in ["ego kosovo", "cover tuvalu", "network fiji", "hub baku", "dyad fiji tonga", "path bhutan armenia"]
    {
        let words: Vec<&str> = ["draw"].into_iter().chain(diagram.split(' ')).collect();
        let ending = |more: &[&'static str]| run(&[words.clone(), more.to_vec()].concat()).1;
        let (page, dot) = (ending(&["--as", "html"]), ending(&["--as", "dot"]));
        // The first table of the page has a row a tie, the second a row a node; the header has no cell of data.
        let tables: Vec<usize> = page.split("<table>").skip(1).map(|table| table.matches("<tr><td>").count()).collect();
        let [ties, nodes] = tables[..] else { panic!("{diagram}: {} tables", tables.len()) };
        let through = page.split("<table>").nth(1).unwrap_or_default().lines().filter(|row| {
            let mut cells = row.split("<td>").skip(2);
            cells.next().is_some_and(|cell| !cell.starts_with("</td>"))
        });
        // A tie through a seat is two edges.
        assert_eq!(dot.matches(" -> ").count(), ties + through.count(), "{diagram}");
        let vertices = dot.lines().filter(|line| line.contains("fillcolor") && !line.contains(" -> ")).count();
        assert_eq!(vertices, nodes, "{diagram}");
        if !diagram.starts_with("ego") && !diagram.starts_with("path") {
            assert_eq!(ending(&["--format", "csv"]).lines().count(), ties + 1, "{diagram}");
        }
        let svg = ending(&[]);
        assert!(page.contains(svg.trim_end()), "{diagram}: the page has the picture itself");
    }
}

/// Names that break what is careless.
const HOSTILE: [&str; 9] = [
    "a \"quoted\" name",
    "<script>alert(1)</script>",
    "fish & chips &amp; peas",
    "two\nlines\tand\u{0}\u{7}bells",
    "دولة ישראל \u{202E}right to left\u{202C}",
    "back\\slash {curly} | bar > <p0>",
    "日本国 Ελλάδα 🏳\u{FE0F}",
    "]]> --> <!-- ' ;",
    "",
];

fn hostile(theme: &'static legation::render::Theme) -> Scene {
    let mut drawing = Drawing::new(theme);
    let long = "x".repeat(200);
    for (at, name) in HOSTILE.iter().copied().chain([long.as_str()]).enumerate() {
        let y = f64::from(u32::try_from(at).unwrap()) * 30.0;
        drawing.text((0.0, y), 12.0, Anchor::Start, legation::render::letters::fitted(name, 12.0, false, 400.0));
        drawing.disc((-20.0, y), 4.0, theme.fill(Hue::Blue), name);
        for (kind, id) in [(NodeKind::State, name.to_owned()), (NodeKind::Seat, format!("seat:{name}"))] {
            let (label, group, note) = (name.to_owned(), name.to_owned(), name.to_owned());
            drawing.node(Node { id, label, kind, group, colour: theme.fill(Hue::Sky), note });
        }
        for (to, via) in
            [(HOSTILE[0], None), (HOSTILE[1], Some(format!("seat:{name}"))), (HOSTILE[2], Some(format!("seat:{name}")))]
        {
            drawing.ties.push(Tie {
                from: name.to_owned(),
                via,
                to: to.to_owned(),
                label: name.to_owned(),
                colour: theme.fill(Hue::Red),
                dash: legation::render::scene::Dash::Dashed,
                arrows: (true, false),
            });
        }
        drawing.key(legation::render::scene::Sign::Line(Stroke::new(theme.rule, 1.0)), name);
    }
    let told = HOSTILE.join(" ");
    let head =
        Head { title: told.clone(), caption: vec![told.clone(), long], sources: told.clone(), description: told };
    page(drawing, head, &Style { theme, ..Style::default() })
}

#[test]
fn hostile_names_are_drawn_safely() {
    for theme in [&LIGHT, &DARK] {
        let scene = hostile(theme);
        assert_eq!(scene.faults(), Vec::<String>::new());
        let svg = legation::render::svg(&scene, Size::default());
        roxmltree::Document::parse(&svg).expect("valid XML");
        let html = legation::render::html(&scene, Size::default());
        for text in [&svg, &html] {
            assert!(!text.contains("<script"), "a name became an element");
            assert!(!text.contains('\u{202E}') && !text.contains('\u{0}'));
        }
        let dot = legation::render::dot(&scene);
        graphviz_rust::parse(&dot).unwrap_or_else(|error| panic!("{error}\n{dot}"));
        assert!(legation::render::png(&scene, Size::default(), 1.0).unwrap().starts_with(b"\x89PNG"));
        assert!(legation::render::pdf(&scene, Size::default()).unwrap().starts_with(b"%PDF"));
        // For whoever checks it with the real program.
        if let Some(folder) = option_env!("CARGO_TARGET_TMPDIR") {
            std::fs::write(format!("{folder}/hostile-{}.dot", theme.name), dot).unwrap();
        }
    }
}

#[test]
fn sizes_titles_and_endings_are_obeyed() {
    let (code, out, _) = run(&["draw", "dyad", "fiji", "tonga", "--width", "400", "--title", "Two <islands>"]);
    let document = roxmltree::Document::parse(&out).unwrap();
    assert_eq!((code, document.root_element().attribute("width")), (0, Some("400")));
    assert!(out.contains("Two &lt;islands&gt;"));
    let (code, out, messages) = run(&["draw", "dyad", "fiji", "tonga", "--outlined"]);
    assert_eq!(code, 0, "{messages}");
    let document = roxmltree::Document::parse(&out).unwrap();
    assert!(!document.descendants().any(|node| node.has_tag_name("text")), "letters are outlines");
    assert!(document.descendants().any(|node| node.has_tag_name("title")), "the title stays");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.png").display().to_string();
    run(&["draw", "dyad", "fiji", "tonga", "--width", "300", "--height", "200", "-o", &file]);
    let image = std::fs::read(&file).unwrap();
    let number = |at: usize| u32::from_be_bytes([image[at], image[at + 1], image[at + 2], image[at + 3]]);
    assert_eq!((number(16), number(20)), (300, 200));
    for (words, told) in [
        (&["draw", "dyad", "fiji", "tonga", "-o", "a.bmp"][..], "\"bmp\" is no ending of a picture"),
        (&["draw", "ego", "fiji", "--lang", "tlh"], "no names are carried in \"tlh\""),
        (&["draw", "fiji"], "say legation draw ego fiji"),
        (&["draw", "hub", "reykjavik-on-sea"], "no city is called"),
        (&["map", "relations", "fiji", "--region", "atlantis"], "no view, state or city is called so"),
        (&["map", "hubs", "--as", "dot"], "has no nodes and ties to lay out"),
    ] {
        let (code, out, messages) = run(words);
        assert_eq!((code, out.as_str()), (2, ""), "{words:?}");
        assert!(messages.contains(told), "{words:?}: {messages}");
    }
}
