//! Where the letters of an SVG are: none over others, none beyond the page.

/// A text with the four corners of its room.
pub struct Room {
    pub text: String,
    pub corners: [(f64, f64); 4],
}

/// What is wrong with the texts of a picture, each in a line; nothing if all is well.
///
/// # Panics
/// If it is no SVG of ours.
pub fn faults(svg: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(svg).expect("an SVG is XML");
    let root = document.root_element();
    let page: Vec<f64> = root
        .attribute("viewBox")
        .expect("a view box")
        .split(' ')
        .map(|number| number.parse().expect("a number"))
        .collect();
    let (width, height) = (page[2], page[3]);
    let rooms: Vec<Room> =
        root.descendants().filter(|node| node.has_tag_name("text")).map(|node| room(&node)).collect();
    assert!(!rooms.is_empty(), "no text at all");
    let mut faults = Vec::new();
    for room in &rooms {
        let out = |(x, y): &(f64, f64)| *x < -0.5 || *y < -0.5 || *x > width + 0.5 || *y > height + 0.5;
        if room.corners.iter().any(out) {
            faults.push(format!("\"{}\" leaves the page of {width} by {height}: {:?}", room.text, room.corners));
        }
    }
    // By the tops of their bounds, so that only those near each other are compared.
    let bounds = |room: &Room| {
        let ys = room.corners.map(|corner| corner.1);
        (ys.into_iter().fold(f64::INFINITY, f64::min), ys.into_iter().fold(f64::NEG_INFINITY, f64::max))
    };
    let mut order: Vec<usize> = (0..rooms.len()).collect();
    order.sort_by(|a, b| bounds(&rooms[*a]).0.total_cmp(&bounds(&rooms[*b]).0));
    for (at, one) in order.iter().enumerate() {
        let foot = bounds(&rooms[*one]).1;
        for other in order[at + 1..].iter().take_while(|other| bounds(&rooms[**other]).0 < foot) {
            if meet(&rooms[*one].corners, &rooms[*other].corners) {
                faults.push(format!("\"{}\" lies over \"{}\"", rooms[*one].text, rooms[*other].text));
            }
        }
    }
    faults
}

fn room(node: &roxmltree::Node<'_, '_>) -> Room {
    let number = |name: &str| -> f64 {
        node.attribute(name).unwrap_or_else(|| panic!("a text without {name}")).parse().expect("a number")
    };
    let (x, y, size) = (number("x"), number("y"), number("font-size"));
    // Texts whose letters join have no length of their own: they are no wider than their letters alone.
    let text = node.text().unwrap_or_default();
    let bold = node.attribute("font-weight").is_some();
    let width = match node.attribute("textLength") {
        Some(length) => length.parse().expect("a number"),
        None => legation::render::letters::width(text, size, bold),
    };
    let left = match node.attribute("text-anchor") {
        Some("middle") => -width / 2.0,
        Some("end") => -width,
        _ => 0.0,
    };
    let turn = node.attribute("transform").map_or(0.0, |transform| {
        let inner = transform.strip_prefix("rotate(").expect("texts are only turned");
        inner.split(' ').next().and_then(|angle| angle.parse::<f64>().ok()).expect("an angle")
    });
    let (sin, cos) = turn.to_radians().sin_cos();
    // The letters stand 0.36 of their height below the middle of their room.
    let (top, bottom) = (-0.86 * size, 0.14 * size);
    let corners = [(left, top), (left + width, top), (left + width, bottom), (left, bottom)];
    let corners = corners.map(|(right, down)| (x + right * cos - down * sin, y + right * sin + down * cos));
    Room { text: node.text().unwrap_or_default().to_owned(), corners }
}

/// Whether two rectangles meet by more than half a pixel.
fn meet(one: &[(f64, f64); 4], other: &[(f64, f64); 4]) -> bool {
    let apart = |sides: &[(f64, f64); 4]| {
        (0..4).any(|at| {
            let (from, to) = (sides[at], sides[(at + 1) % 4]);
            let length = (to.0 - from.0).hypot(to.1 - from.1).max(1e-9);
            let normal = ((to.1 - from.1) / length, (from.0 - to.0) / length);
            let along = |points: &[(f64, f64); 4]| {
                let places = points.map(|point| point.0 * normal.0 + point.1 * normal.1);
                let least = places.into_iter().fold(f64::INFINITY, f64::min);
                (least, places.into_iter().fold(f64::NEG_INFINITY, f64::max))
            };
            let (one, other) = (along(one), along(other));
            one.1 <= other.0 + 0.5 || other.1 <= one.0 + 0.5
        })
    };
    !apart(one) && !apart(other)
}

#[test]
fn faults_are_seen() {
    let text = |x: f64, turn: &str, text: &str| {
        format!("<text x=\"{x}\" y=\"20\" font-size=\"10\" textLength=\"40\"{turn}>{text}</text>")
    };
    let page = |inner: &str| format!("<svg viewBox=\"0 0 100 50\" xmlns=\"http://www.w3.org/2000/svg\">{inner}</svg>");
    assert!(faults(&page(&[text(0.0, "", "a"), text(41.0, "", "b")].concat())).is_empty());
    assert_eq!(faults(&page(&[text(0.0, "", "a"), text(30.0, "", "b")].concat())), ["\"a\" lies over \"b\""]);
    assert_eq!(faults(&page(&text(70.0, "", "a"))).len(), 1);
    let turned = text(41.0, " transform=\"rotate(90 41 20)\"", "b");
    assert_eq!(faults(&page(&[text(0.0, "", "a"), turned].concat())).len(), 1, "it reaches beyond the page below");
}
