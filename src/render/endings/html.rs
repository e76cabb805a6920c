//! A scene as a page of its own: the picture, and what it shows as tables.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::svg::{FAMILIES, escape};
use super::{Size, svg};
use crate::render::scene::Scene;

/// Writes a page that needs nothing beside it: no script, no font, no other file. Tables of nodes and ties stand under the
/// picture for those who do not see it.
pub fn html(scene: &Scene, size: Size) -> String {
    let theme = scene.theme;
    let (title, lang) = (escape(&scene.title), escape(&scene.lang));
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\"{}>\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>\n\
         body{{margin:0;padding:1rem;background:{paper};color:{ink};font-family:{FAMILIES}}}\n\
         svg{{display:block;max-width:100%;height:auto;margin:0 auto}}\n\
         details{{max-width:70rem;margin:1rem auto}}\nsummary{{cursor:pointer;color:{ink}}}\n\
         table{{border-collapse:collapse;font-size:.9rem;margin:.75rem 0}}\n\
         th,td{{text-align:start;padding:.2rem .75rem .2rem 0;border-bottom:1px solid {rule};vertical-align:top}}\n\
         path:hover,circle:hover,rect:hover{{filter:brightness(1.15)}}\n</style>\n</head>\n<body>\n<main>\n{}</main>\n",
        if scene.lang == "ar" { " dir=\"rtl\"" } else { "" },
        svg(scene, size),
        paper = theme.paper,
        ink = theme.ink,
        rule = theme.rule,
    );
    let names: BTreeMap<&str, &str> = scene.nodes.iter().map(|node| (node.id.as_str(), node.label.as_str())).collect();
    let name = |id: &str| escape(names.get(id).copied().unwrap_or(id));
    // Writing to a string cannot fail.
    if !scene.ties.is_empty() {
        let _ = writeln!(out, "<details>\n<summary>Ties ({})</summary>", scene.ties.len());
        out.push_str("<table>\n<tr><th>from</th><th>through</th><th>to</th><th>tie</th></tr>\n");
        for tie in &scene.ties {
            let via = tie.via.as_deref().map(name).unwrap_or_default();
            let _ = writeln!(
                out,
                "<tr><td>{}</td><td>{via}</td><td>{}</td><td>{}</td></tr>",
                name(&tie.from),
                name(&tie.to),
                escape(&tie.label)
            );
        }
        out.push_str("</table>\n</details>\n");
    }
    if !scene.nodes.is_empty() {
        let _ = writeln!(out, "<details>\n<summary>Names ({})</summary>", scene.nodes.len());
        out.push_str("<table>\n<tr><th>name</th><th>what is told of it</th></tr>\n");
        for node in &scene.nodes {
            let _ = writeln!(
                out,
                "<tr><td>{}</td><td>{}</td></tr>",
                escape(&node.label),
                escape(&node.note).replace('\n', "<br>")
            );
        }
        out.push_str("</table>\n</details>\n");
    }
    out.push_str("</body>\n</html>\n");
    out
}
