//! The options of the standard choices, with what other tools call them.

use super::{Choice, FieldType, Opt};

type Options = &'static [(&'static str, &'static [&'static str])];

fn choice(options: Options, open: bool) -> FieldType {
    let options = options.iter().map(|(name, aliases)| Opt::new(*name, aliases)).collect();
    FieldType::Choice(Choice { options, open })
}

pub(super) fn stage() -> FieldType {
    FieldType::Choice(super::stages::choice(&super::stages::standard()))
}

pub(super) fn industry() -> FieldType {
    choice(
        &[
            ("agriculture", &["landwirtschaft"]),
            ("automotive", &["automobil", "auto"]),
            ("construction", &["bau", "bauwesen"]),
            ("consulting", &["beratung", "managementconsulting"]),
            ("education", &["bildung", "elearning"]),
            ("employment", &["recruiting", "staffing", "personal", "humanresources"]),
            ("energy", &["energie", "oilenergy", "utilities"]),
            ("entertainment", &["unterhaltung"]),
            ("finance", &["finanzen", "banking", "bank", "financialservices", "finanzdienstleistungen"]),
            ("government", &["verwaltung", "governmentadministration", "publicsector"]),
            ("healthcare", &["gesundheit", "medical", "medizin", "hospitalhealthcare"]),
            ("hospitality", &["gastgewerbe", "hotel"]),
            ("insurance", &["versicherung"]),
            ("legal", &["recht", "lawpractice", "legalservices"]),
            ("logistics", &["logistik", "transportation", "transport", "shipping"]),
            ("manufacturing", &["fertigung", "industrie", "machinery", "maschinenbau", "produktion"]),
            ("marketing", &["marketingandadvertising", "advertising", "werbung"]),
            ("media", &["medien", "publishing"]),
            ("nonprofit", &["gemeinnuetzig", "notforprofit"]),
            ("pharmaceuticals", &["pharma", "biotechnology"]),
            ("real_estate", &["realestate", "immobilien"]),
            ("retail", &["handel", "einzelhandel", "ecommerce"]),
            ("services", &["dienstleistungen", "dienstleistung", "professionalservices"]),
            ("software", &["computersoftware", "saas", "internet"]),
            (
                "technology",
                &[
                    "technologie",
                    "informationtechnologyandservices",
                    "it",
                    "hardware",
                    "computerhardware",
                    "electronics",
                ],
            ),
            ("telecommunications", &["telekommunikation", "telecom", "telco"]),
            ("other", &["andere", "sonstige"]),
        ],
        true,
    )
}

pub(super) fn account_type() -> FieldType {
    choice(
        &[
            ("prospect", &["interessent", "target", "zielkunde"]),
            ("customer", &["kunde", "customerdirect", "customerchannel"]),
            ("former_customer", &["formercustomer", "ehemaligerkunde", "churned"]),
            ("partner", &["channelpartnerreseller", "technologypartner", "reseller", "installationpartner"]),
            ("vendor", &["lieferant", "supplier"]),
            ("competitor", &["wettbewerber", "konkurrent"]),
            ("other", &["andere", "sonstige"]),
        ],
        false,
    )
}

pub(super) fn seniority() -> FieldType {
    choice(
        &[
            ("owner", &["founder", "inhaber", "gruender"]),
            ("executive", &["clevel", "cxo", "geschaeftsfuehrung"]),
            ("vice_president", &["vp", "vicepresident"]),
            ("director", &["direktor", "bereichsleitung"]),
            ("manager", &["teamleitung", "leitung"]),
            ("senior", &[]),
            ("employee", &["entry", "mitarbeiter", "staff"]),
        ],
        false,
    )
}

pub(super) fn source() -> FieldType {
    choice(
        &[
            ("website", &["web", "webform", "organicsearch", "directtraffic", "organic"]),
            ("event", &["tradeshow", "messe", "veranstaltung", "conference", "seminar"]),
            ("webinar", &[]),
            ("content", &["download", "whitepaper", "blog"]),
            ("email", &["emailmarketing", "newsletter"]),
            ("paid_search", &["paidsearch", "adwords", "googleads", "sea"]),
            ("social", &["organicsocial", "socialmedia", "linkedin"]),
            ("paid_social", &["paidsocial"]),
            ("referral", &["empfehlung", "referrals", "employeereferral", "externalreferral", "wordofmouth"]),
            ("partner", &["partnerempfehlung"]),
            ("outbound", &["coldcall", "phoneinquiry", "purchasedlist", "kaltakquise"]),
            ("customer", &["bestandskunde", "existingcustomer"]),
            ("import", &["offlinesources", "offline"]),
            ("other", &["andere", "sonstige", "othercampaigns"]),
        ],
        true,
    )
}

pub(super) fn opportunity_type() -> FieldType {
    choice(
        &[
            ("new", &["newbusiness", "newcustomer", "neukunde", "neugeschaeft"]),
            ("upsell", &["existingbusiness", "existingcustomerupgrade", "expansion", "crosssell", "erweiterung"]),
            ("renewal", &["existingcustomerreplacement", "existingcustomerdowngrade", "verlaengerung"]),
        ],
        false,
    )
}

pub(super) fn exit_reason() -> FieldType {
    choice(
        &[
            ("no_budget", &["budget", "keinbudget", "nobudgetlostfunding"]),
            ("no_need", &["keinbedarf", "notinterested", "keininteresse"]),
            ("no_decision", &["nodecisionnonresponsive", "keineentscheidung", "stalled"]),
            ("timing", &["badtiming", "spaeter", "zeitpunkt"]),
            ("competitor", &["losttocompetitor", "wettbewerb", "konkurrenz"]),
            ("price", &["preis", "tooexpensive", "zuteuer"]),
            ("product_gap", &["missingfeature", "funktionfehlt"]),
            ("wrong_contact", &["wrongperson", "falscherkontakt", "baddata"]),
            ("unreachable", &["nichterreichbar", "noresponse", "keineantwort"]),
            ("duplicate", &["doppelt", "dublette"]),
            ("other", &["andere", "sonstige"]),
        ],
        true,
    )
}

/// The roles that are offered for the people of an opportunity; others may be written.
pub const CONTACT_ROLES: &[&str] =
    &["decision_maker", "champion", "economic_buyer", "influencer", "user", "blocker", "procurement"];

pub(super) fn activity_type() -> FieldType {
    choice(
        &[
            ("note", &["notiz", "comment", "kommentar"]),
            ("call", &["anruf", "telefonat", "phonecall"]),
            ("email", &["mail"]),
            ("meeting", &["termin", "besprechung", "event", "appointment", "demo"]),
            ("form", &["formular", "formsubmission", "inquiry", "anfrage"]),
            ("visit", &["besuch", "pageview", "websitevisit"]),
            ("message", &["nachricht", "sms", "whatsapp", "linkedinmessage", "chat"]),
            ("task", &["aufgabe", "todo"]),
        ],
        true,
    )
}

pub(super) fn direction() -> FieldType {
    choice(&[("inbound", &["in", "incoming", "eingehend"]), ("outbound", &["out", "outgoing", "ausgehend"])], false)
}

pub(super) fn campaign_type() -> FieldType {
    choice(
        &[
            ("event", &["tradeshow", "messe", "conference", "konferenz", "seminar"]),
            ("webinar", &[]),
            ("content", &["whitepaper", "inhalt"]),
            ("email", &["emailmarketing", "newsletter", "directmail"]),
            ("paid_search", &["search", "sea", "adwords"]),
            ("paid_social", &["socialads"]),
            ("social", &["socialmedia"]),
            ("referral", &["referralprogram", "empfehlung"]),
            ("partner", &["partners"]),
            ("outbound", &["telemarketing", "kaltakquise"]),
            ("other", &["andere", "sonstige"]),
        ],
        true,
    )
}

pub(super) fn campaign_status() -> FieldType {
    choice(
        &[
            ("planned", &["geplant", "draft", "entwurf"]),
            ("active", &["aktiv", "inprogress", "laufend"]),
            ("paused", &["pausiert"]),
            ("completed", &["abgeschlossen", "done", "complete"]),
            ("cancelled", &["aborted", "abgebrochen", "canceled"]),
        ],
        false,
    )
}

pub(super) fn member_type() -> FieldType {
    choice(&[("person", &["mensch", "user", "human"]), ("agent", &["ai", "bot", "ki"])], false)
}

pub(super) fn team() -> FieldType {
    choice(
        &[
            ("marketing", &[]),
            ("sales", &["vertrieb"]),
            ("service", &["support", "customersuccess", "kundendienst"]),
            ("revenue", &["revops", "leadership", "management", "fuehrung"]),
        ],
        false,
    )
}

pub(super) fn page_type() -> FieldType {
    choice(
        &[
            ("ideal_customer", &["icp", "idealcustomerprofile", "idealkunde"]),
            ("persona", &["buyerpersona"]),
            ("messaging", &["botschaften", "positioning", "positionierung"]),
            ("playbook", &["leitfaden"]),
            ("definition", &["glossary", "glossar"]),
            ("note", &["notiz"]),
        ],
        true,
    )
}

fn plain(options: &'static [&'static str]) -> FieldType {
    let options = options.iter().map(|name| Opt::new(*name, &[])).collect();
    FieldType::Choice(Choice { options, open: false })
}

pub(super) fn phase() -> FieldType {
    plain(&["marketing", "sales", "service", "exit"])
}

/// What a criterion of the gate asks about.
pub(super) fn family() -> FieldType {
    plain(&["fit", "interest", "need", "budget", "authority", "timing"])
}

pub(super) fn verdict() -> FieldType {
    plain(&["yes", "no", "unknown"])
}

pub(super) fn reason_type() -> FieldType {
    plain(&["return", "exit"])
}

pub(super) fn routing_mode() -> FieldType {
    plain(&["propose", "assign"])
}

pub(super) fn attribution() -> FieldType {
    plain(&["first", "last", "linear", "position"])
}

pub(super) fn decision_type() -> FieldType {
    plain(&["offer", "accept", "return", "claim", "override", "withdraw"])
}

pub(super) fn task_type() -> FieldType {
    choice(
        &[
            ("task", &["aufgabe", "todo"]),
            ("promise", &["zusage", "versprechen"]),
            ("risk", &["risiko"]),
            ("onboarding", &["einfuehrung"]),
        ],
        true,
    )
}
