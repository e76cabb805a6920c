//! Cells of a table line, and what of a cell is content.

/// Cells of a line with their offsets: parted at `||` (and at `!!` in header lines) outside links and
/// templates.
pub(super) fn split_cells(line: &str, header: bool) -> Vec<(usize, &str)> {
    let bytes = line.as_bytes();
    let (mut cells, mut from, mut at) = (Vec::new(), 0, 0);
    let mut depth = 0usize;
    while at < bytes.len() {
        match (bytes[at], bytes.get(at + 1)) {
            (b'{', Some(b'{')) | (b'[', Some(b'[')) => {
                depth += 1;
                at += 2;
            }
            (b'}', Some(b'}')) | (b']', Some(b']')) => {
                depth = depth.saturating_sub(1);
                at += 2;
            }
            (b'|', Some(b'|')) if depth == 0 => {
                cells.push((from, &line[from..at]));
                at += 2;
                from = at;
            }
            (b'!', Some(b'!')) if depth == 0 && header => {
                cells.push((from, &line[from..at]));
                at += 2;
                from = at;
            }
            _ => at += 1,
        }
    }
    cells.push((from, &line[from..]));
    cells
}

/// A cell without its attributes (`style="…" |`), and how many bytes they took.
pub(super) fn content(cell: &str) -> (usize, &str) {
    let bytes = cell.as_bytes();
    for at in 0..bytes.len() {
        match bytes[at] {
            b'[' | b'{' => return (0, cell),
            b'|' => {
                let head = cell[..at].trim();
                let attributes = head.is_empty() || head.contains('=') || head == "nowrap";
                return if attributes { (at + 1, &cell[at + 1..]) } else { (0, cell) };
            }
            _ => {}
        }
    }
    (0, cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_part_outside_links_and_templates() {
        let cells = split_cells("{{flag|A||b}}||style=\"x\"| 1992||See [[a||b]]", false);
        let texts: Vec<&str> = cells.iter().map(|cell| content(cell.1).1.trim()).collect();
        assert_eq!(texts, ["{{flag|A||b}}", "1992", "See [[a||b]]"]);
    }
}
