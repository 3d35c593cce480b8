//! Which kind, which columns, which conventions.

use std::collections::BTreeMap;

use tandem_context::{DateOrder, Schema};

use crate::{ImportError, MappedColumn, Table, detect_conventions, guess_kind, new_fields, propose_mapping};

fn mapped(text: &str, kind: &str, asked: &[(&str, Option<&str>)]) -> Result<Vec<MappedColumn>, ImportError> {
    let asked: BTreeMap<String, Option<String>> =
        asked.iter().map(|(column, field)| ((*column).to_owned(), field.map(str::to_owned))).collect();
    propose_mapping(&Table::read(text.as_bytes()).unwrap(), kind, &Schema::standard(), &asked)
}

fn said(text: &str, kind: &str, asked: &[(&str, Option<&str>)]) -> String {
    let columns = mapped(text, kind, asked).unwrap();
    let said = |column: &MappedColumn| format!("{} {}", column.field.as_deref().unwrap_or("-"), column.because.name());
    columns.iter().map(said).collect::<Vec<_>>().join(", ")
}

#[test]
fn the_kind_follows_from_columns_and_file_name() {
    for (file, heading, kind) in [
        ("accounts.csv", "account,sector,year_established,revenue,employees,office_location,subsidiary_of", "account"),
        ("products.csv", "product,series,sales_price", "product"),
        ("sales_teams.csv", "sales_agent,manager,regional_office", "member"),
        (
            "x.csv",
            "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value",
            "opportunity",
        ),
        ("export.csv", "Vorname;Nachname;E-Mail-Adresse;Firma", "person"),
        (
            "hubspot-crm-exports-all-deals.csv",
            "Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount",
            "opportunity",
        ),
        (
            "all-companies.csv",
            "Record ID,Company name,Company owner,Phone Number,City,Country/Region,Industry",
            "account",
        ),
        (
            "report.csv",
            "Account Name,Billing Street,Billing City,Billing State/Province,Phone,Type,Account Owner",
            "account",
        ),
        ("leads.csv", "First Name,Last Name,Company,Email,Lead Source", "person"),
        ("Kampagnen.csv", "Name,Typ,Startdatum,Enddatum,Budget", "campaign"),
        ("calls.csv", "Subject,Date,Type,Contact,Comments", "activity"),
    ] {
        let table = Table::read(format!("{heading}\n1\n").as_bytes()).unwrap();
        assert_eq!(guess_kind(&table, Some(file), &Schema::standard()), Some(kind), "{file}: {heading}");
    }
    let table = Table::read(b"foo,bar\n1,2\n").unwrap();
    assert_eq!(guess_kind(&table, None, &Schema::standard()), None);
}

#[test]
fn headings_of_other_tools_name_our_fields() {
    assert_eq!(
        said(
            "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n",
            "opportunity",
            &[]
        ),
        "external_id alias, owner alias, product alias, account alias, stage alias, opened_on alias, close_date alias, value alias"
    );
    assert_eq!(
        said("Firmenname;Branche;Land;Webseite;Amount (EUR);Straße\n", "account", &[]),
        "name alias, industry alias, country alias, website alias, - none, street alias"
    );
    assert_eq!(
        said("Deal Name,Amount (EUR),Company: Name\n", "opportunity", &[]),
        "name alias, value alias, account alias"
    );
}

#[test]
fn a_field_is_taken_once_by_the_column_that_fits() {
    let text = "id,company_name,company,email_work,email_home,email_other\n7,Acme,Acme,a@b.example,c@d.example,\n";
    assert_eq!(
        said(text, "person", &[]),
        "external_id alias, - none, account alias, email alias, other_emails alias, other_emails alias"
    );
    assert_eq!(said("website,url\nnot yet,https://acme.com\n", "account", &[]), "- none, website alias");
}

#[test]
fn what_is_in_a_column_tells_where_the_heading_does_not() {
    let text = "who,c1,c2,c3\nAnn,ann@a.example,+49 30 901820,https://www.linkedin.com/in/ann\nBob,bob@a.example,+49 30 901821,https://www.linkedin.com/in/bob\n";
    assert_eq!(said(text, "person", &[]), "- none, email content, phone content, linkedin content");
}

#[test]
fn what_was_asked_goes_before_all_else() {
    let text = "name,Kundenstatus,Team size\nAcme,A,12\nBolt,B,7\n";
    let asked =
        [("Kundenstatus", Some("new:Customer class")), ("team size", Some("employees")), ("name", Some("Firma"))];
    assert_eq!(said(text, "account", &asked), "name asked, new:Customer class asked, employees asked");
    let columns = mapped(text, "account", &asked).unwrap();
    let fields = new_fields(&Table::read(text.as_bytes()).unwrap(), &columns, "account", &Schema::standard());
    assert_eq!((fields[0].name.as_str(), fields[0].type_name.as_str()), ("x_customerclass", "line"));
    assert_eq!(said(text, "account", &[("name", None)]), "- asked, - none, - none");
    let error = |asked: &[(&str, Option<&str>)]| mapped(text, "account", asked).unwrap_err().to_string();
    assert_eq!(error(&[("nam", None)]), "the file has no column called “nam”; it has name, Kundenstatus, Team size");
    assert_eq!(error(&[("name", Some("nickname"))]), "account has no field called “nickname”");
    assert_eq!(
        error(&[("Kundenstatus", Some("name")), ("name", Some("name"))]),
        "two columns are meant for name, “Kundenstatus” and “name”; it holds one value"
    );
    assert_eq!(mapped(text, "animal", &[]).unwrap_err(), ImportError::UnknownKind("animal".to_owned()));
}

#[test]
fn conventions_follow_from_the_values() {
    let detect = |text: &str| {
        let table = Table::read(text.as_bytes()).unwrap();
        let mapping = mapped(text, "opportunity", &[]).unwrap();
        let found = detect_conventions(&table, &mapping, "opportunity", &Schema::standard());
        (found.date_order, found.decimal, found.ambiguous_date.is_some())
    };
    use DateOrder::{DayMonthYear, MonthDayYear, YearMonthDay};
    for (text, expected) in [
        ("name,close_date,amount\na,3/1/2017,5\nb,10/20/2016,7\n", (Some(MonthDayYear), '.', false)),
        ("name,close_date,amount\na,3/1/2017,5\nb,20/10/2016,7\n", (Some(DayMonthYear), '.', false)),
        ("name,close_date,amount\na,3/1/2017,5\n", (Some(MonthDayYear), '.', true)),
        ("name;close_date;amount\na;3/1/2017;5\n", (Some(DayMonthYear), ',', true)),
        ("name;close_date;amount\na;03.01.2017;1.234\n", (Some(DayMonthYear), ',', false)),
        ("name;close_date;amount\na;2017-01-03;1234.5\n", (Some(YearMonthDay), '.', false)),
        ("name,close_date,amount\na,,\"1.234,50\"\n", (None, ',', false)),
        ("name,close_date,amount\na,,\"1,234\"\nb,,\"1,234,567\"\n", (None, '.', false)),
        ("name,next step,amount\n\"a 1,5\",20/10/2016,3\n", (None, '.', false)),
    ] {
        assert_eq!(detect(text), expected, "{text}");
    }
}
