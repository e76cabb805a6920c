//! A made-up network whose names break what can be broken, and what every format must make of it.

use super::{Exported, ExportedNode, ExportedTie, NetworkForm, Place};
use crate::model::{Bound, EntityKind, Span, TieKind};

/// Names with quotation marks, markup, escapes, line breaks, forbidden characters, right to left, long, and twice.
fn names() -> Vec<String> {
    let long = "x".repeat(200);
    [
        "plain",
        "\"double\" 'single' `back`",
        "<b>&amp;&lt;/b></data>]]>",
        "back\\slash\\\" end\\",
        "line\nbreak\r\nand\ttab",
        "nul\u{0} bell\u{7} escape\u{1b} next\u{85} last\u{FFFE}",
        "\u{202E}مصر العربية\u{202C}",
        "*Edges\n1 2 1\n--- | n0 ];#35;%% {{x}}",
        "${x} $1 // /* -- ' OR 1=1;",
        "=HYPERLINK(1),\u{2028}second",
        "twice",
        "twice",
        long.as_str(),
    ]
    .map(str::to_owned)
    .to_vec()
}

fn network() -> Exported {
    let place = Some(Place { latitude: -12.5, longitude: 130.25 });
    let node = |(at, name): (usize, String)| ExportedNode {
        slug: format!("n-{at}"),
        name,
        kind: EntityKind::State,
        iso3: None,
        cow: Some(-1),
        gw: None,
        region: None,
        subregion: None,
        capital: None,
        place,
    };
    let nodes: Vec<ExportedNode> = names().into_iter().enumerate().map(node).collect();
    let tie = |at: usize| ExportedTie {
        id: format!("posts:{}:{at}", nodes[at].name),
        from: at,
        to: (at + 1) % nodes.len(),
        tie: if at.is_multiple_of(2) { TieKind::Post } else { TieKind::Relations },
        says: nodes[at].name.clone(),
        level: None,
        city: Some(nodes[at].name.clone()),
        host: None,
        by: None,
        place,
        sign: None,
        metres: None,
        span: Span { began: Bound::year(1992), ended: Some(Bound::year(1990)) },
        mutual: !at.is_multiple_of(2),
        denied: false,
        disputed: true,
        works: 1,
        sources: vec![format!("{}:1", nodes[at].name)],
    };
    let ties = (0..nodes.len()).map(tie).collect();
    let title = names()[2].clone();
    Exported {
        title,
        caption: names()[5].clone(),
        ties,
        sources: vec![(names()[1].clone(), names()[4].clone())],
        nodes,
    }
}

fn written(form: NetworkForm) -> String {
    String::from_utf8(form.written(&network()).unwrap()).unwrap()
}

/// Names as XML gives them back: what it forbids is replaced.
fn in_xml(name: &str) -> String {
    name.replace(['\u{0}', '\u{7}', '\u{1b}', '\u{FFFE}'], "\u{FFFD}")
}

/// Every attribute value and text of a document, unescaped by its reader.
fn read_xml(text: &str) -> (Vec<String>, Vec<String>) {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(text);
    let (mut attributes, mut texts, mut open) = (Vec::new(), Vec::new(), String::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => break,
            Event::Start(tag) | Event::Empty(tag) => {
                for attribute in tag.attributes() {
                    let value = attribute.unwrap().value;
                    attributes.push(quick_xml::escape::unescape(&value).unwrap().into_owned());
                }
                open.clear();
            }
            Event::Text(part) => open.push_str(&part),
            Event::GeneralRef(part) => open.push_str(&format!("&{};", &*part)),
            Event::End(_) => texts.push(quick_xml::escape::unescape(&std::mem::take(&mut open)).unwrap().into_owned()),
            _ => {}
        }
    }
    (attributes, texts)
}

#[test]
fn names_come_through_xml() {
    for form in [NetworkForm::Graphml, NetworkForm::Gexf, NetworkForm::Kml] {
        let (attributes, texts) = read_xml(&written(form));
        for name in names() {
            let wanted = in_xml(&name);
            let found = attributes.iter().chain(&texts).any(|text| text.contains(&wanted));
            assert!(found, "{form:?}: {wanted:?}");
        }
    }
}

#[test]
fn names_come_through_json_and_csv() {
    let json: serde_json::Value = serde_json::from_str(&written(NetworkForm::Json)).unwrap();
    let map: serde_json::Value = serde_json::from_str(&written(NetworkForm::Geojson)).unwrap();
    let nodes = NetworkForm::Nodes.written(&network()).unwrap();
    let rows: Vec<csv::StringRecord> = csv::Reader::from_reader(&*nodes).records().map(Result::unwrap).collect();
    let edges = NetworkForm::Edges.written(&network()).unwrap();
    assert_eq!(csv::Reader::from_reader(&*edges).records().map(Result::unwrap).count(), names().len());
    for (at, name) in names().iter().enumerate() {
        assert_eq!(json["nodes"][at]["label"], name.as_str());
        assert_eq!(&rows[at][1], name);
    }
    // Relations are no points.
    assert_eq!(map["features"].as_array().unwrap().len(), names().len().div_ceil(2));
    assert_eq!(map["features"][1]["properties"]["city"], names()[2].as_str());
    assert_eq!(map["features"][1]["geometry"]["coordinates"], serde_json::json!([130.25, -12.5]));
}

#[test]
fn names_stay_in_their_line_of_pajek() {
    let text = written(NetworkForm::Pajek);
    let count = names().len();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], format!("*Vertices {count}"));
    assert_eq!(lines[4], "4 \"back/slash/' end/\" 0.8618 0.5694 0.5000");
    let labels: Vec<&str> = lines[1..=count].iter().map(|line| line.split('"').nth(1).unwrap()).collect();
    assert_eq!(labels[10..12], ["twice (n-10)", "twice (n-11)"]);
    assert!(lines[1..=count].iter().all(|line| line.matches('"').count() == 2));
    assert_eq!(lines[count + 1], "*Arcs :1 \"posts\"");
    assert_eq!(lines.iter().filter(|line| line.starts_with('*')).count(), 3);
    assert_eq!(lines.len(), 1 + count + 2 + count);
}

#[test]
fn names_stay_in_their_label_of_mermaid() {
    let text = written(NetworkForm::Mermaid);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 1 + 2 * names().len());
    for line in &lines[1..] {
        let label = line.split('"').nth(1).unwrap();
        assert_eq!(line.matches('"').count(), 2, "{line}");
        assert!(!label.contains(['<', '>', '`', '|', '[', ']']), "{line}");
    }
    assert_eq!(lines[2], "  n1[\"#34;double#34; 'single' #96;back#96;\"]");
    let mut many = network();
    many.ties = std::iter::repeat_n(many.ties[0].clone(), 501).collect();
    let error = NetworkForm::Mermaid.written(&many).unwrap_err().to_string();
    assert!(error.contains("501 ties") && error.contains("--tie"), "{error}");
}

#[test]
fn strings_of_cypher_end_where_they_should() {
    let text = written(NetworkForm::Cypher);
    let (mut inside, mut escaped, mut depth, mut statements) = (false, false, 0, 0);
    for c in text.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' if inside => escaped = true,
            '"' => inside = !inside,
            '\n' => assert!(!inside, "a line break in a string"),
            '[' | '{' | '(' if !inside => depth += 1,
            ']' | '}' | ')' if !inside => depth -= 1,
            ';' if !inside => {
                assert_eq!(depth, 0);
                statements += 1;
            }
            _ => {}
        }
    }
    assert_eq!((inside, depth, statements), (false, 0, 3));
}

/// A tie that ends before it begins has a span that programs accept.
#[test]
fn spells_do_not_run_backwards() {
    let text = written(NetworkForm::Gexf);
    assert!(text.contains("<spell start=\"1992-01-01\" end=\"1992-01-01\"/>"), "{text}");
}

#[test]
fn the_same_bytes_twice() {
    for form in [NetworkForm::Parquet, NetworkForm::Kml, NetworkForm::Cypher] {
        assert_eq!(form.written(&network()).unwrap(), form.written(&network()).unwrap());
    }
}

#[test]
fn memberships_alone_have_two_modes() {
    let mut network = network();
    network.ties.truncate(2);
    for tie in &mut network.ties {
        tie.tie = TieKind::Membership;
        tie.mutual = false;
    }
    // The first is a member of the second, which is a member of the third.
    let text = String::from_utf8(NetworkForm::Pajek.written(&network).unwrap()).unwrap();
    let count = names().len();
    assert!(text.starts_with(&format!("*Vertices {} {}\n", count + 1, count - 1)), "{text}");
    let ties: Vec<&str> = text.lines().skip_while(|line| !line.starts_with("*Edges")).collect();
    assert_eq!(ties, ["*Edges".to_owned(), format!("1 {count} 1"), format!("2 {} 1", count + 1)]);
}
