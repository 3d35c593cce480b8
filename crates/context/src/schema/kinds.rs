//! The standard kinds and their fields.

use super::field::{FieldType as T, field};
use super::{Field, Kind, Title, choices};

pub(super) fn standard() -> Vec<Kind> {
    vec![account(), person(), opportunity(), activity(), campaign(), product(), member(), page(), view()]
}

/// The ids that other tools give their records; a row with a known one updates the record.
fn external_id(aliases: &'static [&'static str]) -> Field {
    field("external_id", T::Line).alias(aliases).identifies().internal()
}

fn owner(aliases: &'static [&'static str]) -> Field {
    field("owner", T::Link("member")).alias(aliases).listed().indexed()
}

fn description(aliases: &'static [&'static str]) -> Field {
    field("description", T::Prose).alias(aliases).searched()
}

fn tags() -> Field {
    field("tags", T::Tags).alias(&["tags", "labels", "schlagworte", "topics"]).searched()
}

const OWNERS: &[&str] = &["owner", "inhaber", "zustaendig", "verantwortlich", "ownername", "hubspotowner", "ownerid", "contactowner", "companyowner", "accountowner", "dealowner", "opportunityowner", "leadowner", "salesagent", "salesrep", "sales", "assignedto", "besitzer", "betreuer"];

fn account() -> Kind {
    Kind {
        name: "account",
        title: &[Title::Fields(&["name"]), Title::Fields(&["domain"])],
        aliases: &["account", "accounts", "company", "companies", "firma", "firmen", "unternehmen", "organization", "organizations", "kunden"],
        subtitle: &["domain", "city", "industry"],
        fields: vec![
            field("name", T::Line).required().listed().indexed().searched().alias(&["name", "account", "accountname", "company", "companyname", "firma", "firmenname", "unternehmen", "unternehmensname", "organization", "organisation"]),
            field("domain", T::Domain).listed().identifies().searched().alias(&["domain", "companydomainname", "companydomain", "emaildomain", "domaene"]),
            field("website", T::Url).alias(&["website", "websiteurl", "web", "homepage", "webseite", "internet", "url"]),
            field("industry", choices::industry()).listed().indexed().searched().alias(&["industry", "branche", "sector", "sektor", "vertical"]),
            field("type", choices::account_type()).listed().indexed().alias(&["type", "typ", "accounttype", "companytype", "lifecyclestage"]),
            owner(OWNERS),
            field("employees", T::Integer).listed().indexed().alias(&["employees", "numberofemployees", "noofemployees", "numemployees", "mitarbeiter", "mitarbeiterzahl", "anzahlmitarbeiter", "headcount", "companysize", "size"]),
            field("annual_revenue", T::Money).listed().indexed().alias(&["annualrevenue", "revenue", "umsatz", "jahresumsatz", "turnover"]),
            field("currency", T::Currency).alias(&["currency", "waehrung", "currencyisocode"]),
            field("founded", T::Integer).alias(&["founded", "yearfounded", "yearestablished", "yearstarted", "gruendungsjahr", "gegruendet", "foundedyear"]),
            field("phone", T::Phone).searched().alias(&["phone", "phonenumber", "telefon", "telefonnummer", "mainphone", "accountphone"]),
            field("street", T::Line).alias(&["street", "address", "streetaddress", "billingstreet", "strasse", "adresse", "address1"]),
            field("postal_code", T::Line).alias(&["postalcode", "zip", "zipcode", "billingpostalcode", "plz", "postleitzahl", "billingzippostalcode"]),
            field("city", T::Line).indexed().searched().alias(&["city", "billingcity", "ort", "stadt"]),
            field("region", T::Line).alias(&["region", "state", "stateregion", "billingstateprovince", "billingstate", "bundesland", "kanton"]),
            field("country", T::Country).listed().indexed().alias(&["country", "countryregion", "billingcountry", "land", "officelocation", "staat"]),
            field("parent", T::Link("account")).alias(&["parent", "parentaccount", "parentcompany", "subsidiaryof", "muttergesellschaft", "konzern"]),
            field("source", choices::source()).indexed().alias(&["source", "accountsource", "originalsource", "quelle", "herkunft"]),
            field("linkedin", T::Url).alias(&["linkedin", "linkedinurl", "linkedincompanypage"]),
            tags(),
            description(&["description", "beschreibung", "aboutus", "notes", "notizen"]),
            external_id(&["id", "accountid", "companyid", "recordid", "externalid", "kundennummer", "firmenid"]),
        ],
    }
}

fn person() -> Kind {
    Kind {
        name: "person",
        title: &[Title::Fields(&["first_name", "last_name"]), Title::Fields(&["email"])],
        aliases: &["person", "people", "contact", "contacts", "kontakt", "kontakte", "personen", "leads", "ansprechpartner"],
        subtitle: &["job_title", "account", "email"],
        fields: vec![
            field("first_name", T::Line).listed().searched().alias(&["firstname", "vorname", "givenname"]),
            field("last_name", T::Line).listed().indexed().searched().alias(&["lastname", "nachname", "surname", "familyname", "name", "fullname", "contactname", "contact", "kontakt", "kontaktname", "ansprechpartner"]),
            field("email", T::Email).listed().identifies().searched().alias(&["email", "emailaddress", "workemail", "emailwork", "mail", "emailadresse", "primaryemail", "businessemail"]),
            field("other_emails", T::Emails).searched().alias(&["otheremails", "additionalemailaddresses", "emailhome", "emailother", "personalemail", "email2", "secondaryemail", "weitereemails", "privateemail"]),
            field("phone", T::Phone).listed().searched().alias(&["phone", "phonenumber", "telefon", "telefonnummer", "businessphone", "workphone", "phonework"]),
            field("mobile", T::Phone).searched().alias(&["mobile", "mobilephone", "mobilephonenumber", "handy", "mobil", "mobiltelefon", "cell"]),
            field("other_phones", T::Phones).searched().alias(&["otherphones", "otherphone", "homephone", "phonehome", "phoneother", "assistantphone", "weiteretelefone"]),
            field("job_title", T::Line).listed().indexed().searched().alias(&["jobtitle", "title", "position", "funktion", "berufsbezeichnung", "stellenbezeichnung", "rolle"]),
            field("department", T::Line).alias(&["department", "abteilung", "bereich"]),
            field("seniority", choices::seniority()).indexed().alias(&["seniority", "level", "hierarchie"]),
            field("account", T::Link("account")).listed().indexed().alias(&["account", "accountname", "company", "companyname", "associatedcompany", "firma", "unternehmen", "organization", "organisation", "accountid"]),
            owner(OWNERS),
            field("salutation", T::Line).alias(&["salutation", "anrede", "namesuffix", "prefix"]),
            field("language", T::Language).alias(&["language", "preferredlanguage", "sprache", "hslanguage"]),
            field("city", T::Line).alias(&["city", "mailingcity", "ort", "stadt"]),
            field("country", T::Country).indexed().alias(&["country", "countryregion", "mailingcountry", "land"]),
            field("source", choices::source()).indexed().alias(&["source", "leadsource", "originalsource", "quelle", "herkunft", "leadquelle"]),
            field("campaign", T::Link("campaign")).indexed().alias(&["campaign", "kampagne", "campaignname", "firstconversion"]),
            field("newsletter", T::Boolean).alias(&["newsletter", "hasnewsletter", "optin", "marketingcontact", "emailoptin"]),
            field("do_not_contact", T::Boolean).alias(&["donotcontact", "donotcall", "optout", "emailoptout", "hasoptedoutofemail", "unsubscribed", "gesperrt"]),
            field("linkedin", T::Url).alias(&["linkedin", "linkedinurl", "linkedinprofile"]),
            tags(),
            description(&["description", "beschreibung", "background", "notes", "notizen", "bemerkung"]),
            external_id(&["id", "contactid", "personid", "leadid", "recordid", "externalid", "kontaktid"]),
        ],
    }
}

fn opportunity() -> Kind {
    Kind {
        name: "opportunity",
        title: &[Title::Fields(&["name"])],
        aliases: &["opportunity", "opportunities", "deal", "deals", "pipeline", "salespipeline", "verkaufschancen", "chancen", "opportunitaeten"],
        subtitle: &["account", "stage"],
        fields: vec![
            field("name", T::Line).required().listed().indexed().searched().alias(&["name", "dealname", "opportunityname", "opportunity", "deal", "titel", "verkaufschance", "title"]),
            field("account", T::Link("account")).listed().indexed().alias(&["account", "accountname", "company", "companyname", "associatedcompany", "firma", "unternehmen", "kunde", "accountid"]),
            field("stage", choices::stage()).required().listed().indexed().alias(&["stage", "dealstage", "stagename", "phase", "status", "pipelinestage", "verkaufsphase"]),
            field("value", T::Money).listed().indexed().alias(&["value", "amount", "closevalue", "dealvalue", "betrag", "wert", "volumen", "auftragswert"]),
            field("currency", T::Currency).listed().alias(&["currency", "waehrung", "currencyisocode", "dealcurrency"]),
            field("close_date", T::Date).listed().indexed().alias(&["closedate", "closingdate", "expectedclosedate", "abschlussdatum", "abschluss", "schlussdatum"]),
            owner(OWNERS),
            field("next_step", T::Line).listed().searched().alias(&["nextstep", "naechsterschritt"]),
            field("next_step_date", T::Date).listed().indexed().alias(&["nextstepdate", "nextactivitydate", "naechsterschrittam", "faellig", "wiedervorlage"]),
            field("type", choices::opportunity_type()).indexed().alias(&["type", "dealtype", "opportunitytype", "typ", "art"]),
            field("product", T::Link("product")).indexed().alias(&["product", "productname", "produkt", "produktname", "lineitem"]),
            field("people", T::Roles("person")).alias(&["people", "contacts", "associatedcontact", "contact", "contactname", "kontakt", "ansprechpartner", "primarycontact"]),
            field("source", choices::source()).listed().indexed().alias(&["source", "leadsource", "originalsource", "quelle", "herkunft", "leadquelle"]),
            field("campaign", T::Link("campaign")).indexed().alias(&["campaign", "primarycampaignsource", "kampagne", "campaignname"]),
            field("opened_on", T::Date).indexed().alias(&["openedon", "engagedate", "createdate", "createddate", "opendate", "eroeffnet", "erstellt", "erstelltam"]),
            field("exit_reason", choices::exit_reason()).indexed().alias(&["exitreason", "lostreason", "closedlostreason", "lossreason", "verlustgrund", "absagegrund"]),
            field("exit_note", T::Prose).alias(&["exitnote", "closedwonreason", "lossnote"]),
            field("return_on", T::Date).indexed().alias(&["returnon", "nurtureuntil", "wiederam"]),
            field("parent", T::Link("opportunity")).alias(&["parent", "parentopportunity", "parentdeal"]),
            tags(),
            description(&["description", "beschreibung", "dealdescription", "notes", "notizen"]),
            external_id(&["id", "opportunityid", "dealid", "recordid", "externalid"]),
        ],
    }
}

fn activity() -> Kind {
    Kind {
        name: "activity",
        title: &[Title::Fields(&["subject"]), Title::Fields(&["type"])],
        aliases: &["activity", "activities", "aktivitaet", "aktivitaeten", "calls", "meetings", "tasks", "engagements", "notes"],
        subtitle: &["type", "account", "at"],
        fields: vec![
            field("type", choices::activity_type()).required().listed().indexed().alias(&["type", "typ", "activitytype", "engagementtype", "tasksubtype", "art"]),
            field("subject", T::Line).listed().searched().alias(&["subject", "betreff", "title", "titel", "name", "calltitle", "meetingname"]),
            field("at", T::Instant).required().listed().indexed().alias(&["at", "date", "activitydate", "datum", "zeitpunkt", "startdatetime", "duedate", "timestamp", "createdate"]),
            field("direction", choices::direction()).listed().alias(&["direction", "richtung", "calldirection"]),
            field("account", T::Link("account")).listed().indexed().alias(&["account", "company", "accountname", "companyname", "firma", "relatedto"]),
            field("person", T::Link("person")).listed().indexed().alias(&["person", "contact", "kontakt", "contactname", "who", "email"]),
            field("opportunity", T::Link("opportunity")).indexed().alias(&["opportunity", "deal", "dealname", "opportunityname"]),
            field("campaign", T::Link("campaign")).indexed().alias(&["campaign", "kampagne"]),
            owner(OWNERS),
            field("duration_minutes", T::Integer).alias(&["durationminutes", "duration", "dauer", "dauerinminuten"]),
            field("outcome", T::Line).alias(&["outcome", "ergebnis", "calloutcome", "calldisposition", "result"]),
            field("body", T::Prose).searched().alias(&["body", "comments", "notes", "text", "inhalt", "notebody", "callnotes", "description", "beschreibung"]),
            external_id(&["id", "activityid", "taskid", "recordid", "externalid"]),
        ],
    }
}

fn campaign() -> Kind {
    Kind {
        name: "campaign",
        title: &[Title::Fields(&["name"])],
        aliases: &["campaign", "campaigns", "kampagne", "kampagnen"],
        subtitle: &["type", "status"],
        fields: vec![
            field("name", T::Line).required().listed().indexed().searched().alias(&["name", "campaignname", "campaign", "kampagne", "kampagnenname", "title"]),
            field("type", choices::campaign_type()).listed().indexed().alias(&["type", "campaigntype", "typ", "art", "channel", "kanal"]),
            field("status", choices::campaign_status()).listed().indexed().alias(&["status", "campaignstatus"]),
            field("start_date", T::Date).listed().indexed().alias(&["startdate", "start", "beginn", "startdatum", "von"]),
            field("end_date", T::Date).listed().indexed().alias(&["enddate", "end", "ende", "enddatum", "bis"]),
            field("budget", T::Money).listed().alias(&["budget", "budgetedcost", "budgetedcostincampaign"]),
            field("cost", T::Money).listed().alias(&["cost", "actualcost", "kosten", "spend", "ausgaben"]),
            field("currency", T::Currency).alias(&["currency", "waehrung", "currencyisocode"]),
            owner(OWNERS),
            tags(),
            description(&["description", "beschreibung", "notes"]),
            external_id(&["id", "campaignid", "recordid", "externalid", "utmcampaign"]),
        ],
    }
}

fn product() -> Kind {
    Kind {
        name: "product",
        title: &[Title::Fields(&["name"])],
        aliases: &["product", "products", "produkt", "produkte", "artikel"],
        subtitle: &["family", "code"],
        fields: vec![
            field("name", T::Line).required().listed().indexed().searched().alias(&["name", "product", "productname", "produkt", "produktname", "artikel", "bezeichnung"]),
            field("code", T::Line).listed().identifies().searched().alias(&["code", "productcode", "sku", "artikelnummer", "hssku"]),
            field("family", T::Line).listed().indexed().searched().alias(&["family", "productfamily", "series", "serie", "produktfamilie", "category", "kategorie"]),
            field("price", T::Money).listed().indexed().alias(&["price", "salesprice", "unitprice", "listprice", "preis", "verkaufspreis", "stueckpreis"]),
            field("currency", T::Currency).alias(&["currency", "waehrung", "currencyisocode"]),
            field("active", T::Boolean).alias(&["active", "isactive", "aktiv"]),
            description(&["description", "beschreibung", "productdescription"]),
            external_id(&["id", "productid", "recordid", "externalid"]),
        ],
    }
}

fn member() -> Kind {
    Kind {
        name: "member",
        title: &[Title::Fields(&["name"]), Title::Fields(&["email"])],
        aliases: &["member", "members", "user", "users", "team", "teams", "salesteam", "salesteams", "owners", "mitglieder", "mitarbeiter", "benutzer"],
        subtitle: &["team", "email", "region"],
        fields: vec![
            field("name", T::Line).required().listed().indexed().searched().alias(&["name", "member", "user", "username", "fullname", "salesagent", "salesrep", "agent", "mitarbeiter", "benutzer", "ownername"]),
            field("email", T::Email).listed().identifies().searched().alias(&["email", "emailaddress", "mail", "emailadresse"]),
            field("type", choices::member_type()).listed().indexed().alias(&["type", "typ"]),
            field("team", choices::team()).listed().indexed().alias(&["team", "abteilung", "department", "teams"]),
            field("job_title", T::Line).listed().alias(&["jobtitle", "title", "position", "role", "rolle", "funktion"]),
            field("manager", T::Link("member")).listed().indexed().alias(&["manager", "managername", "vorgesetzter", "teamleiter", "reportsto"]),
            field("region", T::Line).listed().indexed().searched().alias(&["region", "regionaloffice", "territory", "gebiet", "office", "buero"]),
            field("languages", T::Tags).alias(&["languages", "sprachen"]),
            field("time_zone", T::TimeZone).alias(&["timezone", "zeitzone", "timezonesidkey"]),
            field("phone", T::Phone).alias(&["phone", "telefon", "phonenumber"]),
            field("active", T::Boolean).alias(&["active", "isactive", "aktiv"]),
            field("owner", T::Link("member")).alias(&["owner"]),
            field("devices", T::Tags).internal(),
            external_id(&["id", "userid", "ownerid", "recordid", "externalid"]),
        ],
    }
}

fn page() -> Kind {
    Kind {
        name: "page",
        title: &[Title::Fields(&["name"])],
        aliases: &["page", "pages", "seite", "seiten", "document", "documents", "dokumente"],
        subtitle: &["type"],
        fields: vec![
            field("name", T::Line).required().listed().indexed().searched().alias(&["title", "titel", "name"]),
            field("type", choices::page_type()).listed().indexed().alias(&["type", "typ", "art"]),
            owner(OWNERS),
            tags(),
            field("body", T::Text).searched().alias(&["body", "text", "content", "inhalt"]),
            external_id(&["id", "pageid", "externalid"]),
        ],
    }
}

/// A saved view of a list: `query` is the interface's own JSON.
fn view() -> Kind {
    Kind {
        name: "view",
        title: &[Title::Fields(&["name"])],
        aliases: &[],
        subtitle: &[],
        fields: vec![
            field("name", T::Line).required().listed(),
            field("kind", T::Line).required().indexed(),
            field("query", T::Prose).required(),
            field("rank", T::Line),
            owner(&[]),
        ],
    }
}
