//! Checks over the working material in `../shared`. Not part of the product: ignored where it is absent and
//! run by `cargo test -- --ignored` where it is present.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use legation::import::{Extraction, extract};
use legation::model::{DocumentId, EntityId, Polarity, Statement};

use crate::grammar;

fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let folder = Path::new("../shared").join(folder);
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|found| found == ending))
        .collect();
    files.sort();
    files
}

fn read(path: &Path) -> Extraction {
    extract(grammar(), &path.display().to_string(), &std::fs::read(path).expect("the file"), None)
}

/// Every country name in the flag templates of the articles resolves; prints what does not.
#[test]
#[ignore = "needs the articles in ../shared"]
fn every_country_of_the_articles_resolves() {
    let mut unresolved: BTreeMap<String, usize> = BTreeMap::new();
    let mut named = 0;
    for path in files("corpus/articles", "wiki") {
        let text = std::fs::read_to_string(&path).expect("the article");
        let openers = ["{{flag|", "{{Flag|", "{{flagcountry|", "{{flagu|"];
        for part in openers.iter().flat_map(|opener| text.split(opener).skip(1)) {
            let Some(name) = part.split(['}', '|']).next().filter(|name| name.len() < 50 && !name.contains('\n'))
            else {
                continue;
            };
            named += 1;
            let known = grammar().gazetteer.candidates(name.trim(), None).len();
            let organisation = grammar().gazetteer.resolve(name.trim(), None).is_ok();
            if known == 0 && !organisation {
                *unresolved.entry(name.trim().to_owned()).or_default() += 1;
            }
        }
    }
    for (name, count) in &unresolved {
        println!("{count} {name}");
    }
    assert!(named > 30_000, "{named}");
    let lost: usize = unresolved.values().sum();
    assert!(lost * 1000 < named, "{lost} of {named} do not resolve");
}

/// Relations that both sides' articles date agree on the year in at least 96 of 100 dyads.
#[test]
#[ignore = "needs the articles in ../shared"]
fn both_sides_agree_on_the_year_of_relations() {
    let mut years: BTreeMap<(EntityId, EntityId), BTreeMap<DocumentId, i16>> = BTreeMap::new();
    for path in files("corpus/articles", "wiki") {
        for claim in read(&path).claims {
            if let (Statement::Relations { a, b }, Polarity::Asserted, Some(year)) =
                (claim.statement, claim.polarity, claim.span.began.known_year())
            {
                years.entry((a, b)).or_default().entry(claim.origin.document).or_insert(year);
            }
        }
    }
    let both: Vec<_> = years.values().filter(|found| found.len() > 1).collect();
    let agreeing = both.iter().filter(|found| found.values().min() == found.values().max()).count();
    println!("{} dyads dated, {} on two sides, {agreeing} agree", years.len(), both.len());
    assert!(years.len() >= 15_000, "{}", years.len());
    assert!(agreeing * 100 >= both.len() * 96, "{agreeing} of {}", both.len());
}

/// No article makes a reader panic at any of many cuts.
#[test]
#[ignore = "needs the articles in ../shared"]
fn no_article_breaks_a_reader_where_it_is_cut() {
    for path in files("corpus/articles", "wiki").into_iter().step_by(12).chain(files("seeds", "txt")) {
        let bytes = std::fs::read(&path).expect("the file");
        for cut in (0..bytes.len()).step_by(bytes.len() / 23 + 1) {
            extract(grammar(), &path.display().to_string(), &bytes[..cut], None);
        }
    }
}

/// Every state of the tables in the material resolves: Factbook, Wikidata's missions, Correlates of War.
#[test]
#[ignore = "needs the tables in ../shared"]
fn every_state_of_the_tables_resolves() {
    let gazetteer = grammar().gazetteer;
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    let table = std::fs::read("../shared/corpus/wikidata/database_of_embassies_2022.csv").expect("the table");
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').flexible(true).from_reader(table.as_slice());
    for row in reader.records().map(|row| row.expect("a row")) {
        for column in [0, 4] {
            *names.entry(row[column].to_owned()).or_default() += 1;
        }
    }
    let table = std::fs::read("../shared/corpus/cow/states2016.csv").expect("the table");
    for row in csv::Reader::from_reader(table.as_slice()).records().map(|row| row.expect("a row")) {
        *names.entry(row[2].to_owned()).or_default() += 1;
    }
    for region in std::fs::read_dir("../shared/corpus/factbook").expect("the folder") {
        let region = region.expect("an entry").path();
        let aside = ["meta", "oceans", "world"].iter().any(|name| region.ends_with(name));
        for entry in std::fs::read_dir(&region).into_iter().flatten().filter(|_| !aside) {
            let text = std::fs::read_to_string(entry.expect("an entry").path()).expect("the file");
            let page: serde_json::Value = serde_json::from_str(&text).expect("JSON");
            let name = &page["Government"]["Country name"]["conventional short form"]["text"];
            if let Some(name) = name.as_str().filter(|name| *name != "none" && !name.contains('<')) {
                // "Svalbard (sometimes referred to as …)", "Gaza, Gaza Strip"
                let whole = !gazetteer.candidates(name, None).is_empty();
                let name = if whole { name } else { name.split([',', '(']).next().unwrap_or("") };
                let name = name.trim().replace("&ocirc;", "ô");
                *names.entry(name).or_default() += 1;
            }
        }
    }
    names.remove("");
    let all = names.len();
    names.retain(|name, _| gazetteer.candidates(name, None).is_empty() && gazetteer.resolve(name, None).is_err());
    // A homonym is known, and resolves by its code or full name only: Baden, Parma, Gaza.
    let folded = |name: &str| legation::names::fold(name);
    names.retain(|name, _| {
        !gazetteer
            .entities()
            .iter()
            .flat_map(|entity| gazetteer.names(&entity.slug))
            .any(|known| folded(&known.name) == folded(name))
    });
    for (name, count) in &names {
        println!("{count} {name}");
    }
    assert!(all > 300, "{all}");
    // An island, peoples and groups of states in Wikidata's columns, and ministries, whose states its reader finds.
    let unresolved: Vec<&str> = names.keys().map(String::as_str).collect();
    assert_eq!(
        unresolved,
        [
            "Baker Island",
            "Government of Sweden",
            "Indigenous Australians",
            "Ministry of Foreign Affairs",
            "Ministry of Foreign Affairs and Cooperation of the Republic of Rwanda",
            "Ministry of Foreign Affairs of the People's Republic of China",
            "Ministry of Foreign Affairs of the Russian Federation",
            "Nordic countries",
            "Portuguese colonization of the Americas",
        ]
    );
}

/// The world is made of the material by the documented command, to the byte, and twice alike.
#[test]
#[ignore = "needs the working material"]
fn the_world_is_rebuilt_to_the_byte() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("world");
    let (code, _, messages) = crate::run(&[
        "import",
        "--quiet",
        "--sources",
        "data/editions.csv",
        "../shared/corpus/articles",
        "../shared/corpus/factbook",
        "../shared/corpus/wikidata/database_of_embassies_2022.csv",
        "../shared/corpus/us-history/recognition",
        "../shared/seeds",
        "data/written",
        "-o",
        out.to_str().expect("a path"),
    ]);
    // Rows of Wikidata that name nobody are lost and told.
    assert_eq!(code, 1, "{messages}");
    let mut compared = 0;
    for entry in std::fs::read_dir(&out).expect("the tables") {
        let path = entry.expect("an entry").path();
        let carried = std::path::Path::new("data/world").join(path.file_name().expect("a name"));
        let (made, carried) = (std::fs::read(&path).expect("made"), std::fs::read(&carried).expect("carried"));
        assert!(made == carried, "data/world is not what the material gives: {}", path.display());
        compared += 1;
    }
    assert!(compared > 9, "{compared}");
}

/// The spells of the Correlates of War memberships give back every status of every state and year: none lost,
/// none added.
#[test]
#[ignore = "needs the working material"]
fn spells_give_back_every_state_year() {
    let path = Path::new(STATE_YEARS);
    let bytes = std::fs::read(path).expect("the table");
    let mut text = String::new();
    std::io::Read::read_to_string(&mut flate2::read::MultiGzDecoder::new(bytes.as_slice()), &mut text).expect("gzip");
    let mut wanted: std::collections::BTreeSet<(String, String, i16, i64)> = std::collections::BTreeSet::new();
    let mut last: BTreeMap<String, i16> = BTreeMap::new();
    let mut codes: BTreeMap<usize, (String, i16)> = BTreeMap::new();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().expect("a header").clone();
    for row in reader.records().map(|row| row.expect("a row")) {
        let line = usize::try_from(row.position().expect("a place").line()).expect("fits");
        let (code, year): (String, i16) = (row[0].to_owned(), row[1].parse().expect("a year"));
        let known = last.entry(code.clone()).or_insert(year);
        *known = year.max(*known);
        for (column, cell) in row.iter().enumerate().skip(3) {
            let status = cell.parse::<f64>().unwrap_or(0.0);
            if status > 0.0 {
                let organisation = grammar().gazetteer.organisation_coded(&header[column]);
                let organisation =
                    organisation.map_or_else(|| legation::names::slug_of(&header[column]), str::to_owned);
                #[allow(clippy::cast_possible_truncation)]
                wanted.insert((code.clone(), organisation, year, status as i64));
            }
        }
        codes.insert(line, (code, year));
    }
    assert!(wanted.len() > 500_000, "{}", wanted.len());
    let mut given = std::collections::BTreeSet::new();
    for claim in read(path).claims {
        let Statement::Membership { organization, status, .. } = &claim.statement else {
            // A state that belongs to nothing in all its years, from that of the line to that of the claim.
            assert!(matches!(&claim.statement, Statement::Count { value: 0, .. }), "{claim:?}");
            let (code, first) = &codes[&claim.origin.line];
            let last = claim.span.began.latest.expect("a year").year();
            let held = |row: &&(String, String, i16, i64)| row.0 == *code && (*first..=last).contains(&row.2);
            assert_eq!(wanted.iter().find(held), None, "{claim:?}");
            continue;
        };
        let (code, _) = &codes[&claim.origin.line];
        let first = claim.span.began.latest.expect("a year").year();
        let ended = claim.span.ended.and_then(|ended| ended.earliest).map_or(last[code], |day| day.year());
        let status = match status.word() {
            "full member" => 1,
            "associate member" => 2,
            _ => 3,
        };
        given.extend((first..=ended).map(|year| (code.clone(), organization.to_string(), year, status)));
    }
    assert_eq!(wanted.difference(&given).count(), 0, "lost");
    assert_eq!(given.difference(&wanted).count(), 0, "added");
}

fn unpacked(path: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let bytes = std::fs::read(path).expect("the file");
    std::io::Read::read_to_end(&mut flate2::read::MultiGzDecoder::new(bytes.as_slice()), &mut out).expect("gzip");
    out
}

const STATE_YEARS: &str = "../shared/corpus/cow/state_year_formatv3.csv.gz";

/// Every published dyad count, and no other: from the table itself and through a data set.
#[test]
#[ignore = "needs the working material"]
fn panels_are_the_published_dyad_counts() {
    let published = String::from_utf8(unpacked("../shared/corpus/cow/dyad_counts_published.csv.gz")).expect("text");
    assert_eq!(published.lines().count(), 917_696);
    let (code, direct, _) = crate::run(&["overlap", "--panel", "--data", STATE_YEARS]);
    assert!(code == 0 && direct == published);
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("a path").to_owned();
    let (net, panel) = (path("net.json"), path("panel.csv"));
    assert_eq!(crate::run(&["import", STATE_YEARS, "-o", &net]).0, 0);
    assert_eq!(crate::run(&["overlap", "--panel", "--data", &net, "-o", &panel]).0, 0);
    let imported = std::fs::read_to_string(&panel).expect("written");
    let counts = imported.lines().filter_map(|line| line.rsplit_once(',')).map(|(kept, _)| kept);
    assert!(counts.eq(published.lines()));
    // The codebook's own rule gives other counts.
    let (_, full, _) = crate::run(&["overlap", "--panel", "--data", STATE_YEARS, "--joint", "full"]);
    let others = full.lines().zip(published.lines()).filter(|(a, b)| a != b).count();
    assert_eq!((full.lines().count(), others), (917_696, 34_937));
}

/// Measures of real dyads in 2014, full members, and what the null models say of all 18,915.
#[test]
#[ignore = "needs the working material"]
fn dyads_of_2014() {
    use legation::affiliation::{Compared, Correction, Fitted, Measure, Null, StateYears, significant};
    let table = StateYears::read("t.csv", &unpacked(STATE_YEARS)).years([1.0, 0.0, 0.0]).on(2014);
    assert_eq!((table.members.len(), table.organisations.len()), (195, 309));
    let at = |code: &str| table.member(code).expect(code);
    let compared = Compared::new(&table, None);
    let measures = [
        Measure::Jaccard,
        Measure::Overlap,
        Measure::Cosine,
        Measure::Newman,
        Measure::AdamicAdar,
        Measure::Kappa,
        Measure::Pi,
        Measure::S,
    ];
    for (one, other, sizes, wanted) in [
        (
            "373",
            "640",
            [53, 78, 45],
            [0.523_256, 0.849_057, 0.699_886, 0.649_997, 10.005_334, 0.606_687, 0.602_834, 0.734_628],
        ),
        (
            "373",
            "372",
            [53, 51, 43],
            [0.704_918, 0.843_137, 0.827_076, 0.730_462, 9.787_641, 0.791_919, 0.791_904, 0.883_495],
        ),
        (
            "373",
            "371",
            [53, 46, 39],
            [0.650_000, 0.847_826, 0.789_856, 0.770_782, 9.052_100, 0.747_657, 0.747_416, 0.864_078],
        ),
        (
            "373",
            "2",
            [53, 89, 32],
            [0.290_909, 0.603_774, 0.465_926, 0.259_540, 6.544_438, 0.300_255, 0.286_839, 0.495_146],
        ),
        (
            "220",
            "255",
            [116, 101, 94],
            [0.764_228, 0.930_693, 0.868_437, 3.191_261, 25.399_937, 0.794_571, 0.794_040, 0.812_298],
        ),
    ] {
        let pair = compared.pair(at(one), at(other));
        assert!([pair.one, pair.other, pair.shared].iter().zip(sizes).all(|(a, b)| (a - f64::from(b)).abs() < 1e-9));
        for (measure, wanted) in measures.into_iter().zip(wanted) {
            let value = compared.measure(measure, at(one), at(other)).expect("a value");
            assert!((value - wanted).abs() < 5.1e-7, "{one} {other} {measure:?} {value} {wanted}");
        }
    }
    let near = |value: f64, wanted: f64| (value / wanted - 1.0).abs() < 0.05;
    for (null, armenia, united_states, found) in
        [(Null::Hypergeometric, 1.7e-30, 1.1e-7, 18_729), (Null::Sdsm, 2.0e-4, 0.94, 1_908)]
    {
        let fitted = Fitted::new(table.cells(), None, null).expect("a fit");
        assert!(near(fitted.upper(at("373"), at("371")), armenia), "{null:?}");
        assert!(near(fitted.upper(at("373"), at("2")), united_states), "{null:?}");
        assert_eq!(significant(&fitted.all_upper(), Correction::BenjaminiHochberg, 0.05), found);
    }
}

/// Memberships over the years against Correlates of War, of which nothing is carried: full members of the sixty largest
/// organisations from 1950 to 2014, year by year. A member for a part of a year is one in that year.
#[test]
#[ignore = "needs the working material"]
fn memberships_are_those_of_the_field() {
    use legation::model::{Day, TieKind};
    use std::collections::{BTreeSet, HashMap};
    let text = String::from_utf8(unpacked(STATE_YEARS)).expect("text");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header: Vec<String> = reader.headers().expect("a header").iter().map(str::to_lowercase).collect();
    let gazetteer = grammar().gazetteer;
    let coded = gazetteer.organisations().filter(|organisation| !organisation.cow.is_empty());
    let organisations: HashMap<String, &str> =
        coded.map(|organisation| (organisation.cow.to_lowercase(), organisation.slug.as_str())).collect();
    let columns: Vec<(usize, &str)> =
        header.iter().enumerate().filter_map(|(at, name)| Some((at, *organisations.get(name)?))).collect();
    let day = |year: i16, month: i8, day: i8| Day::new(year, month, day).expect("a day");
    // What the field has: of which cells, and which of them are memberships.
    let (mut told, mut members) = (BTreeSet::new(), BTreeSet::new());
    for row in reader.records().map(|row| row.expect("a row")) {
        let year: i16 = row[1].parse().expect("a year");
        if !(1950..=2014).contains(&year) {
            continue;
        }
        let named = gazetteer.candidates(&format!("cow:{}", &row[0]), Some(day(year, 12, 31)));
        let [state] = named[..] else { continue };
        for (column, organisation) in &columns {
            let cell = (gazetteer.entity_at(state).slug.to_string(), (*organisation).to_owned(), year);
            match &row[*column] {
                "1" => {
                    members.insert(cell.clone());
                    told.insert(cell);
                }
                "0" | "2" | "3" => _ = told.insert(cell),
                _ => {}
            }
        }
    }
    // What the carried world has for certain.
    let mut ours = BTreeSet::new();
    for fact in crate::network().facts.iter().filter(|fact| fact.key.kind() == TieKind::Membership && !fact.is_denied())
    {
        let Statement::Membership { member, organization, status } = fact.tie.value() else { continue };
        let Some(began) = fact.life.began.latest.filter(|_| status.class() == legation::model::StatusClass::Full)
        else {
            continue;
        };
        for year in 1950..=2014 {
            let ended = fact.life.ended.is_some_and(|ended| ended.earliest.is_none_or(|end| end < day(year, 1, 1)));
            if began <= day(year, 12, 31) && !ended {
                ours.insert((member.to_string(), organization.to_string(), year));
            }
        }
    }
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    members.iter().for_each(|(_, organisation, _)| *sizes.entry(organisation).or_default() += 1);
    let mut largest: Vec<(usize, &str)> = sizes.into_iter().map(|(name, size)| (size, name)).collect();
    largest.sort_unstable_by(|a, b| b.cmp(a));
    let (mut both, mut alone, mut missed) = (0, 0, 0);
    for (size, name) in largest.iter().take(60) {
        let of = |cell: &&(String, String, i16)| cell.1 == *name;
        let shared = ours.iter().filter(of).filter(|cell| members.contains(*cell)).count();
        let other = ours.iter().filter(of).filter(|cell| told.contains(*cell) && !members.contains(*cell)).count();
        println!("{name}: {size} member-years; {shared} in both, {other} only here, {} only there", size - shared);
        both += shared;
        alone += other;
        missed += size - shared;
    }
    let (precision, recall) = (
        f64::from(both as u32) / f64::from((both + alone) as u32),
        f64::from(both as u32) / f64::from((both + missed) as u32),
    );
    println!("precision {precision:.4}, recall {recall:.4} of {} member-years", both + missed);
    assert!(precision > 0.97 && recall > 0.8, "precision {precision:.4}, recall {recall:.4}");
}
