//! Names, codes and the carried data set are sound.

use std::collections::{BTreeMap, BTreeSet};

use legation::dataset::{DataSet, check_tables, load_tables};
use legation::graph::Lens;
use legation::model::{Authority, MissionClass, TieKey};
use legation::names::{Gazetteer, NameError, fold};

use crate::{gazetteer, network};

#[test]
fn every_table_is_sorted_and_has_no_row_twice() {
    for folder in ["data", "data/names", "data/grammar", "data/rules", "data/world"] {
        for entry in std::fs::read_dir(folder).expect("the folder") {
            let path = entry.expect("an entry").path();
            if path.extension().is_none_or(|ending| ending != "csv") {
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("the table");
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            let width = reader.headers().expect("a header").len();
            let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
            assert!(rows.iter().all(|row| row.len() == width), "{}", path.display());
            let unique: BTreeSet<String> = rows.iter().map(|row| format!("{row:?}")).collect();
            assert_eq!(unique.len(), rows.len(), "{} has a row twice", path.display());
            // The rungs are in the order of the ladder, pieces in that of their page; arcs and lines are numbered.
            let ordered = ["ladder.csv", "gallery.csv", "map/arcs.csv", "map/disputed.csv"];
            if !ordered.iter().any(|file| path.ends_with(file)) {
                let keys: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().collect()).collect();
                assert!(keys.windows(2).all(|pair| pair[0] <= pair[1]), "{} is not sorted", path.display());
            }
        }
    }
}

#[test]
fn references_between_tables_hold() {
    let gazetteer = gazetteer();
    for entity in gazetteer.entities() {
        if let Some(capital) = &entity.capital {
            assert!(gazetteer.city(capital).is_some(), "capital {capital} of {}", entity.slug);
        }
        if let Some(parent) = &entity.parent {
            assert!(gazetteer.entity(parent).is_some(), "parent {parent} of {}", entity.slug);
        }
        let short = gazetteer.names(&entity.slug).iter().filter(|name| name.used_as == "short").count();
        assert_eq!(short, 1, "{}", entity.slug);
    }
    for city in gazetteer.cities() {
        assert!(gazetteer.entity(&city.entity).is_some(), "{} lies in {}", city.slug, city.entity);
        assert!(city.latitude.is_none_or(|degrees| (-90.0..=90.0).contains(&degrees)), "{}", city.slug);
        assert!(city.longitude.is_none_or(|degrees| (-180.0..=180.0).contains(&degrees)), "{}", city.slug);
    }
    for organisation in gazetteer.organisations() {
        let host = organisation.host.as_deref();
        assert!(host.is_none_or(|host| gazetteer.entity(host).is_some()), "{} in {host:?}", organisation.slug);
    }
}

#[test]
fn every_member_of_the_united_nations_has_its_codes() {
    let gazetteer = gazetteer();
    let members: Vec<&str> = gazetteer
        .roster("un_members")
        .expect("the roster")
        .iter()
        .filter(|(_, span)| span.is_open())
        .map(|(at, _)| gazetteer.entity_at(*at).slug.as_str())
        .collect();
    assert_eq!(members.iter().collect::<BTreeSet<_>>().len(), 193);
    for slug in members {
        for system in ["iso2", "iso3", "isonum", "cow", "gw", "gec", "qid"] {
            // Microstates are in Gleditsch and Ward's separate list; the code is theirs all the same.
            let has = gazetteer.codes(slug).iter().any(|code| code.system == system);
            assert!(has, "{slug} has no {system}");
        }
        let alpha3 = gazetteer.codes(slug).iter().find(|code| code.system == "iso3").expect("iso3").code.to_lowercase();
        assert_eq!(gazetteer.resolve(&alpha3, None).expect("resolves").slug(), slug);
    }
}

#[test]
fn names_resolve_in_any_writing() {
    for (name, slug) in [
        ("azerbaijan", "azerbaijan"),
        ("The Gambia", "gambia"),
        ("GAMBIA", "gambia"),
        ("Côte d’Ivoire", "ivory-coast"),
        ("cote d'ivoire", "ivory-coast"),
        ("the PRC", "china"),
        ("Burma", "myanmar"),
        ("Swaziland", "eswatini"),
        ("Guinea", "guinea"),
        ("Guinea-Bissau", "guinea-bissau"),
        ("Papua New Guinea", "papua-new-guinea"),
        ("Vatican City", "holy-see"),
        ("DR Congo", "congo-kinshasa"),
        ("Свазиленд", "eswatini"),
        ("AsDB", "asian-development-bank"),
        ("WToO", "world-tourism-organization"),
        ("WTrO", "world-trade-organization"),
    ] {
        assert_eq!(gazetteer().resolve(name, None).expect(name).slug(), slug);
    }
}

#[test]
fn a_name_by_date() {
    let day = |text: &str| Some(text.parse().expect("a day"));
    assert_eq!(gazetteer().resolve("Zaire", day("1980-01-01")).expect("resolves").slug(), "congo-kinshasa");
    let congo = gazetteer().resolve("Congo", None).expect_err("two states");
    assert!(matches!(congo, NameError::Ambiguous { ref choices, .. } if choices.len() == 2), "{congo:?}");
    let korea = gazetteer().resolve("Korea", None).expect_err("two states");
    assert!(matches!(korea, NameError::Ambiguous { .. }), "{korea:?}");
}

#[test]
fn ambiguous_names_are_only_the_reviewed_ones() {
    let gazetteer = gazetteer();
    let mut bearers: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for entity in gazetteer.entities() {
        for name in
            gazetteer.names(&entity.slug).iter().filter(|name| name.used_as != "homonym" && name.language == "en")
        {
            bearers.entry(fold(&name.name)).or_default().insert(&entity.slug);
        }
    }
    let shared: Vec<&str> =
        bearers.iter().filter(|(_, bearers)| bearers.len() > 1).map(|(name, _)| name.as_str()).collect();
    assert_eq!(shared, ["congo", "congolese", "dominican", "dominicans", "korea", "korean", "koreans", "yugoslavia"]);
}

/// The tables of `data/world` are canonical, name nobody that the tables of names do not have, and are as many
/// as `data/world/README.md` says.
#[test]
fn the_carried_world_is_sound_and_counted() {
    let folder = std::path::Path::new("data/world");
    assert_eq!(check_tables(folder, gazetteer()).expect("the tables"), []);
    let (sources, claims) = load_tables(folder).expect("the tables");
    assert!(sources.iter().all(|source| !source.licence.is_empty() && source.authority != Authority::Unknown));
    let data = DataSet::new(sources, claims, gazetteer());
    let readme = std::fs::read_to_string("data/world/README.md").expect("the README");
    for (what, count) in [("facts", data.facts.len()), ("claims", data.claims.len()), ("documents", data.sources.len())]
    {
        assert!(readme.contains(&format!("| {what} | {count} |")), "{count} {what} are not in data/world/README.md");
    }
    let mut tables = 0;
    for (table, _) in legation::dataset::tables() {
        let text = std::fs::read_to_string(folder.join(format!("{table}.csv"))).expect("the table");
        let rows = csv::Reader::from_reader(text.as_bytes()).records().count();
        assert!(
            readme.contains(&format!("| `{table}.csv` | {rows} |")),
            "{rows} rows of {table} are not in the README"
        );
        tables += 1;
    }
    assert!(tables > 8);
    for row in legation::analysis::provenance(network(), false) {
        let format = &row.documents[0].format;
        let counted = [row.facts, row.alone].map(|count| count.to_string()).join(" | ");
        let told = readme
            .lines()
            .any(|line| line.starts_with(&format!("| {format} |")) && line.ends_with(&format!("| {counted} |")));
        assert!(told, "{counted} of {format} are not in data/world/README.md");
        let alone = format!("{} facts rest on it alone", row.alone);
        assert!(format != "wikidata" || readme.contains(&alone), "\"{alone}\" is not in data/world/README.md");
    }
    let view = network().view(Lens::default());
    let findings = legation::analysis::audit(&view, None);
    let counted = |concern: &str| findings.iter().filter(|finding| finding.concern.name() == concern).count();
    for (count, words) in [
        (counted("told by one side"), "ties are in the article of one party"),
        (counted("resident and accredited from elsewhere"), "accreditations stand\n  beside a resident mission"),
    ] {
        assert!(readme.contains(&format!("{count} {words}")), "{count} {words}: not in data/world/README.md");
    }
}

/// What the program carries is what the tables hold: the compact forms lose nothing.
#[test]
fn the_compact_forms_hold_the_tables() {
    let folder = std::path::Path::new("data/world");
    let (sources, claims) = load_tables(folder).expect("the tables");
    let data = DataSet::new(sources, claims, gazetteer());
    let facts = &network().facts;
    assert_eq!(facts.sources(), data.sources);
    assert_eq!(facts.len(), data.facts.len());
    for (carried, wanted) in facts.iter().zip(&data.facts) {
        assert_eq!(carried, wanted);
    }
    for (at, wanted) in data.facts.iter().enumerate() {
        assert_eq!(facts.life(at), wanted.life, "{wanted:?}");
    }
    let tables = Gazetteer::from_tables(std::path::Path::new("data/names")).expect("the tables");
    assert_eq!(tables.entities(), gazetteer().entities());
    assert!(tables.cities().eq(gazetteer().cities()));
    assert!(tables.organisations().eq(gazetteer().organisations()));
    for entity in tables.entities() {
        assert_eq!(tables.names(&entity.slug), gazetteer().names(&entity.slug));
        assert_eq!(tables.codes(&entity.slug), gazetteer().codes(&entity.slug));
    }
    for name in ["Kiev", "the Gambia", "Danes", "WTO", "cow:365", "Congo"] {
        assert!(tables.senses(&fold(name)).eq(gazetteer().senses(&fold(name))), "{name}");
        assert_eq!(tables.candidates(name, None), gazetteer().candidates(name, None), "{name}");
    }
}

/// Every state that anybody may ask for, with its codes.
#[test]
fn every_state_is_in_the_carried_world() {
    let network = network();
    let partly = ["kosovo", "taiwan", "palestine", "holy-see", "cook-islands", "niue", "northern-cyprus", "abkhazia"];
    let more = ["south-ossetia", "somaliland", "sahrawi-arab-democratic-republic", "european-union"];
    let order = ["sovereign-military-order-of-malta"];
    let members = gazetteer().roster("un_members").expect("the roster").iter().filter(|(_, span)| span.is_open());
    let members = members.map(|(at, _)| gazetteer().entity_at(*at).slug.as_str());
    let mut asked = 0;
    for slug in members.chain(partly).chain(more).chain(order) {
        assert!(network.node(slug).is_some(), "{slug} has no fact");
        assert!(!gazetteer().codes(slug).is_empty(), "{slug} has no code");
        asked += 1;
    }
    assert!(asked >= 205, "{asked}");
}

/// The counts that the data set is to hold, as the README states them.
#[test]
fn the_carried_world_is_as_wide_as_stated() {
    let facts = &network().facts;
    let (mut dated, mut resident, mut covered) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let (mut consular, mut members, mut organisations) = (0, BTreeSet::new(), BTreeSet::new());
    for fact in facts.iter().filter(|fact| !fact.is_denied()) {
        let pair = (fact.subject(), fact.object());
        let open = fact.span().is_open();
        let ended = fact.span().ended.is_some_and(|ended| !ended.is_unknown());
        match &fact.key.tie {
            TieKey::Relations(..) if fact.began.is_some() || ended => _ = dated.insert(pair),
            TieKey::Resident(..) if open => _ = resident.insert(pair),
            TieKey::Accreditation(..) if open => _ = covered.insert(pair),
            TieKey::Post(MissionClass::Consular | MissionClass::Honorary, ..) if open => consular += 1,
            TieKey::Membership(..) if open => {
                members.insert(pair);
                organisations.insert(pair.1);
            }
            _ => {}
        }
    }
    let counts = [dated.len(), resident.len(), covered.len(), consular, members.len(), organisations.len()];
    let readme = std::fs::read_to_string("data/world/README.md").expect("the README");
    let front = std::fs::read_to_string("README.md").expect("the README");
    let named = [
        "dyads with relations and a date",
        "directed dyads with a resident mission",
        "directed dyads with an accreditation",
        "consular posts, career and honorary",
        "memberships",
        "organisations with members",
    ];
    for (what, count) in named.into_iter().zip(counts) {
        assert!(readme.contains(&format!("| {what} | {count} |")), "{count} {what} are not in data/world/README.md");
        // The first page writes them with commas.
        let written = if count < 1000 { count.to_string() } else { format!("{},{:03}", count / 1000, count % 1000) };
        assert!(front.contains(&written), "{written} {what} are not in README.md");
    }
}

/// Every state has a region, every family its organisations, every class of status its place.
#[test]
fn groupings_name_what_there_is() {
    use legation::analysis::{OrganisationSet, StatusRule};
    use legation::model::{StatusClass, check_statuses};
    use legation::names::{Regions, family};
    let gazetteer = gazetteer();
    let regions = Regions::carried();
    assert_eq!(regions.of("norway"), Some(("europe", "northern-europe")));
    for (at, _) in gazetteer.roster("un_members").expect("the roster") {
        let slug = &gazetteer.entity_at(*at).slug;
        assert!(regions.of(slug).is_some(), "{slug} has no region");
    }
    let text = std::fs::read_to_string("data/names/regions.csv").expect("the table");
    for row in csv::Reader::from_reader(text.as_bytes()).records().map(|row| row.expect("a row")) {
        assert!(gazetteer.entity(&row[0]).is_some(), "{} is no state or territory", &row[0]);
        assert!(["africa", "americas", "asia", "europe", "oceania"].contains(&&row[1]), "{row:?}");
    }
    let united_nations = family("UN-system").expect("a family");
    assert!(united_nations.len() > 90 && united_nations.contains("world-health-organization"));
    for slug in &united_nations {
        assert!(gazetteer.organisation(slug).is_some(), "{slug} is no organisation");
    }
    for organisation in gazetteer.organisations().filter(|organisation| organisation.kind == "un_organ") {
        assert!(united_nations.contains(organisation.slug.as_str()), "{}", organisation.slug);
    }
    assert_eq!(OrganisationSet::named("un system", &[], gazetteer), Ok(united_nations));
    let counted = |class: StatusClass| StatusRule::parse(class.name()).is_ok();
    assert!(StatusClass::ALL.into_iter().all(|class| counted(class) == (class != StatusClass::Former)));
    assert_eq!(check_statuses(), Ok(()));
}

/// Ministries are of states of the tables, one each, with an address that a browser opens.
#[test]
fn ministries_are_of_states_of_the_tables() {
    let text = std::fs::read_to_string("data/rules/ministries.csv").expect("the table");
    let mut states = BTreeSet::new();
    for row in csv::Reader::from_reader(text.as_bytes()).records().map(|row| row.expect("a row")) {
        let known = gazetteer().entity(&row[0]).is_some() || gazetteer().organisation(&row[0]).is_some();
        assert!(known && states.insert(row[0].to_owned()), "{row:?}");
        assert!(row[2].starts_with("http") && !row[2].contains(' '), "{row:?}");
    }
    assert!(states.len() > 170, "{}", states.len());
}

/// Of what was written for the project: every event is one of the words, on a day, and cites a page whole or none.
#[test]
fn written_events_cite_pages_or_none() {
    let text = std::fs::read_to_string("data/written/events.csv").expect("the table");
    let (mut rows, mut cited) = (0, 0);
    for row in csv::Reader::from_reader(text.as_bytes()).records().map(|row| row.expect("a row")) {
        rows += 1;
        let page = &row[8];
        cited += usize::from(!page.is_empty());
        assert!(!page.is_empty() || row[9].is_empty() && row[10].is_empty() && row[11].is_empty(), "{row:?}");
        assert!(row[11].is_empty() || row[11].starts_with("http"), "{row:?}");
        assert!(!row[0].is_empty() || !row[1].contains("closed"), "{row:?}");
    }
    assert!(rows > 2_800 && cited > 1_900, "{rows} events, {cited} with a page");
}
