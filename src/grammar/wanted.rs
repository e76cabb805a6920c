//! A cheap look at a text: which readers can find anything in it. O(bytes).

/// Which forms can find anything in a text at all: a cheap look before tokens are made.
#[derive(Default)]
pub(super) struct Wanted {
    pub missions: bool,
    pub protections: bool,
    pub relations: bool,
    pub memberships: bool,
    pub counts: bool,
}

impl Wanted {
    pub(super) fn of(text: &str) -> Wanted {
        let mut wanted = Wanted::default();
        let bytes = text.as_bytes();
        for at in 0..bytes.len() {
            // Words only are looked for, and no word begins within another.
            if at > 0 && bytes[at - 1].is_ascii_alphabetic() {
                continue;
            }
            let rest = &bytes[at..];
            let starts =
                |word: &str| rest.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word.as_bytes()));
            match bytes[at].to_ascii_lowercase() {
                b'e' if starts("embass") || starts("envoy") => wanted.missions = true,
                b'c' if starts("consul") || starts("closed") => wanted.missions = true,
                b'r' if starts("relocated") => wanted.missions = true,
                b'h' if starts("high com") || starts("honorary") => wanted.missions = true,
                b'n' if starts("nunci") || starts("nonresident") || starts("non-resident") => wanted.missions = true,
                b'a' if starts("accredit") || starts("ambassador") => wanted.missions = true,
                b'o' if starts("office") => wanted.missions = true,
                b'd' if starts("delegation") => wanted.missions = true,
                b'l' if starts("legation") => wanted.missions = true,
                b'i' if starts("interests sect") || starts("interest sect") => wanted.missions = true,
                b'i' if starts("interests") => wanted.protections = true,
                b'p' if starts("protecting power") => wanted.protections = true,
                b'r' if starts("represented") => wanted.missions = true,
                b'r' if starts("relations") => {
                    wanted.relations = true;
                    wanted.counts = true;
                }
                b'r' if starts("republics of") => wanted.memberships = true,
                b'f' if starts("framework of") => wanted.memberships = true,
                b'r' if starts("recogni") => wanted.relations = true,
                b'm' | b'c' if starts("mission") || starts("commission") => {
                    wanted.missions = true;
                    wanted.counts = true;
                }
                b'm' if starts("member") => wanted.memberships = true,
                b'c' if starts("chair") || starts("candidate") => wanted.memberships = true,
                b'o' if starts("observer") => wanted.memberships = true,
                b'p' if starts("part of") || starts("partner") || starts("president of") || starts("participa") => {
                    wanted.memberships = true;
                }
                b's' if starts("serve") => wanted.memberships = true,
                b'j' if starts("joined") => wanted.memberships = true,
                b'a' if starts("acceded") => wanted.memberships = true,
                b'l' if starts("leader") => wanted.memberships = true,
                b'e' if starts("entry into") => wanted.memberships = true,
                0xd0 if starts("дипломатическ") || starts("дипотношен") => {
                    wanted.relations = true
                }
                _ => {}
            }
        }
        wanted
    }

    pub(super) fn any(&self) -> bool {
        self.missions || self.protections || self.relations || self.memberships || self.counts
    }
}
