//! A scene as SVG, readable without any program or font of its own.

use std::fmt::Write;

use super::scene::Scene;

/// Writes a scene. Coordinates have one decimal, so that the same scene gives the same bytes everywhere.
pub fn svg(scene: &Scene) -> String {
    let (width, height) = (scene.width, scene.height);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\" font-family=\"DejaVu Sans, Arial, Helvetica, sans-serif\">\n<title>{}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n",
        escape(&scene.title)
    );
    // Writing to a string cannot fail.
    for line in &scene.lines {
        let [(x1, y1), (x2, y2)] = line.ends;
        let dash = if line.dashed { " stroke-dasharray=\"4 3\"" } else { "" };
        let _ = writeln!(
            out,
            "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" stroke=\"{}\" stroke-width=\"{:.1}\"{dash}/>",
            line.stroke, line.width
        );
    }
    for mark in &scene.marks {
        let _ = writeln!(
            out,
            "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"{:.1}\" fill=\"{}\"><title>{}</title></circle>",
            mark.x,
            mark.y,
            mark.radius,
            mark.fill,
            escape(&mark.told())
        );
    }
    for text in &scene.texts {
        let turn = if text.turn.abs() > 0.05 {
            format!(" transform=\"rotate({:.1} {:.1} {:.1})\"", text.turn, text.x, text.y)
        } else {
            String::new()
        };
        let bold = if text.bold { " font-weight=\"bold\"" } else { "" };
        let _ = writeln!(
            out,
            "<text x=\"{:.1}\" y=\"{:.1}\" font-size=\"{:.1}\" text-anchor=\"{}\" dy=\"0.35em\" fill=\"{}\"{bold}{turn}>{}</text>",
            text.x,
            text.y,
            text.size,
            text.anchor,
            text.fill,
            escape(&text.text)
        );
    }
    out.push_str("</svg>\n");
    out
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
